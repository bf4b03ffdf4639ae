"""Questions one after another, each in the light of those before it; no language model has a part in it.

What a question takes over from the one before is said in its answer's ``understood`` (kind "carried") and switched off
by ``ignore``, like everything else that is understood. A question that says all it needs begins a new thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kb.errors import KbError, UsageError
from kb.generation import ModelSettings
from kb.library import Library
from kb.questions import Question
from kb.records import Answer, Filters

_NO_FILTERS: Final = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question of a conversation as asked; ``ignore`` names what was not to be understood or carried over."""

    text: str
    ignore: tuple[str, ...] = ()


class Conversation:
    """A conversation with a library.

    Args:
        library: Open.
        filters: What may be returned or quoted at all, in the whole conversation.
        turns: Questions asked before, oldest first: a caller without memory hands them in anew. They are understood
            again and not answered again.

    Raises:
        QuestionError: If a turn is empty or too long.
    """

    def __init__(
        self, library: Library, *, filters: Filters = _NO_FILTERS, turns: Sequence[Turn] = ()
    ) -> None:
        self._library = library
        self._filters = filters
        self._turns: tuple[Turn, ...] = ()
        self._asked: tuple[Question, ...] = ()
        for turn in turns:
            self._remember(turn)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The questions asked, oldest first."""
        return self._turns

    @property
    def previous(self) -> Question | None:
        """The last question as understood, ``None`` before the first."""
        return self._asked[-1] if self._asked else None

    def ask(
        self, text: str, *, k: int = 10, ignore: Sequence[str] = (), model: ModelSettings | None = None
    ) -> Answer:
        """Answer the next question; one that cannot be answered leaves the conversation as it was.

        Args:
            text: As typed.
            k: How many passages to return with the answer, at most.
            ignore: Ids or kinds of what is not to be understood, or not to be carried over ("carried-date", "carried").
            model: The language model to ask as well; by default none is.

        Raises:
            QuestionError: If the question is empty or too long.
            ModelError: If the embedding model cannot be loaded.
        """
        answer = self._library.ask(
            text, k=k, filters=self._filters, ignore=ignore, previous=self.previous, model=model
        )
        self._remember(Turn(text=text, ignore=tuple(ignore)))
        return answer

    def start_anew(self) -> None:
        """Forget what was asked."""
        self._turns = ()
        self._asked = ()

    def ask_again(
        self, *, k: int = 10, ignore: Sequence[str] = (), model: ModelSettings | None = None
    ) -> Answer:
        """Answer the last question again, without more of what was understood or carried over.

        Raises:
            UsageError: If none was asked.
            ModelError: If the embedding model cannot be loaded.
        """
        if not self._turns:
            raise UsageError("No question was asked yet.", next_step="Ask one first.")
        kept = self._turns, self._asked
        last = self._turns[-1]
        self._turns, self._asked = self._turns[:-1], self._asked[:-1]
        try:
            return self.ask(last.text, k=k, ignore=(*last.ignore, *ignore), model=model)
        except KbError:
            self._turns, self._asked = kept
            raise

    def _remember(self, turn: Turn) -> None:
        asked = self._library.understand(
            turn.text, filters=self._filters, ignore=turn.ignore, previous=self.previous
        )
        self._turns = (*self._turns, turn)
        self._asked = (*self._asked, asked)
