"""An answer in a language model's words, claim by claim, each proven or struck out. Off unless it is asked for.

Takes an extractive `Answer` and `ModelSettings`; gives it with `Written` beside its quotes. `settings` says whom to
ask, `prompts` what is sent, `injections` what is withheld, `client` how it is sent (the only importer of httpx),
`claims` what came back, `facts` and `checking` whether it stands in the passages. Papers and questions are data:
never part of the instruction. Never: replaces the quotes, shows an unproven claim as an answer, or fails a
question because the model failed.
"""

from __future__ import annotations

from kb.generation.settings import ModelSettings, load_settings
from kb.generation.writing import write

__all__ = ["ModelSettings", "load_settings", "write"]
