"""What a language model made of an answer's passages, claim by claim."""

from __future__ import annotations

from dataclasses import dataclass

from kb.records.passages import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence that a language model wrote, with the passages it names as proof.

    ``faults`` say, in plain English, what of it does not stand there; a claim with any is shown struck out.
    """

    text: str
    passages: tuple[Passage, ...]
    faults: tuple[str, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Whether it passed every check."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a language model made of an answer's passages; the quotes stay beside it as the proof.

    ``model`` is its name. ``note`` says why the papers' own words are all there is, if no claim is proven, and what was
    withheld from the model; it is empty if there is nothing to say.
    """

    model: str
    claims: tuple[Claim, ...] = ()
    note: str = ""

    @property
    def text(self) -> str:
        """The proven claims, as one paragraph; empty if there are none."""
        return " ".join(claim.text for claim in self.claims if claim.is_proven)
