"""How people and programs meet the library: command line, JSON, web page.

Everything here goes through `kb.library` and turns records into text in `kb.interfaces.rendering` alone.
"""
