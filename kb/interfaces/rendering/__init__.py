"""Records as text: the one place that decides how papers, answers and citations look.

`words` knows what every form shares (display text, marked words, dates, card lines); `terminal`, `markdown` and `html`
give it their own marks. `html` alone escapes for browsers, and escapes everything.
"""
