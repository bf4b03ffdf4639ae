"""The page, made with Gradio; `kb.interfaces.server` serves it.

`page.build_page` gives the page over an open library. `page` and `theme` are the only importers of Gradio here; what
the page does stands in `asking`, `opening` and `examples`, which know nothing of it. Nothing here calls out: system
fonts, no analytics, no run history; all paper text is escaped by `kb.interfaces.rendering.html`.
"""
