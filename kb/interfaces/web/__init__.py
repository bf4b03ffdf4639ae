"""The page, served by Gradio.

`serving.serve` takes a library folder and an address, and returns when the server is stopped. `page` and `theme` are
the only importers of Gradio; what the page does stands in `asking`, `opening` and `examples`, which know nothing of it.
Nothing here calls out: system fonts, no analytics, no run history; all paper text is escaped by
`kb.interfaces.rendering.html`.
"""
