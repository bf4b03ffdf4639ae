"""How good is it? Question sets, judgments, measures, runs and reports; drives `kb` as a user would.

The package shares its name with a builtin: import from it (``from eval import runs``), never ``import eval``.
"""
