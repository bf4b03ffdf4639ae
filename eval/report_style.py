"""The style of report pages: system fonts, light and dark, nothing from outside."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1a1d21; --paper: #ffffff; --quiet: #4a5158; --rule: #d5d9dd;
  --accent: #14506b; --good: #e2f2e6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #15181b; --quiet: #b4bac1; --rule: #3a4046;
  --accent: #8cc7e3; --good: #1d3325; } }
body { font: 17px/1.6 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0; }
main { max-width: 72rem; margin: 0 auto; padding: 16px; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.35rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin-bottom: 0; }
.scroll { overflow-x: auto; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding: 4px 0; }
th, td { padding: 4px 10px; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap; }
th[scope=row], .facts td, th:first-child { text-align: left; }
.facts td { white-space: normal; overflow-wrap: anywhere; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 8px 32px; }
figure { margin: 16px 0; } figcaption { color: var(--quiet); }
svg { max-width: 100%; height: auto; font-size: 13px; } svg text { fill: currentColor; }
.bar { fill: var(--accent); opacity: .75; } .whisker, .axis { stroke: currentColor; fill: none; stroke-width: 1.5; }
.line { stroke: var(--accent); fill: none; stroke-width: 2.5; }
details { border-bottom: 1px solid var(--rule); padding: 8px 0; } summary { cursor: pointer; min-height: 28px; }
summary small { color: var(--quiet); }
blockquote { margin: 4px 0 12px; padding-left: 12px; border-left: 3px solid var(--rule); white-space: pre-line;
  max-width: 68ch; overflow-wrap: anywhere; }
.grade-1, .grade-2, .grade-3 { background: var(--good); }
"""
