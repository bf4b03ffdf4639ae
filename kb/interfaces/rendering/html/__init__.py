"""What the page shows, as HTML: one module for each kind of thing, all made by `markup`, which escapes.

Class names start with ``kb-`` and are styled in ``web/css``; ``data-`` attributes are read by ``web/scripts``.
"""
