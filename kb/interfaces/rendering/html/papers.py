"""The papers of a library: their list with what is doubtful in each, and how files of an upload end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.interfaces.rendering import words
from kb.interfaces.rendering.html import addresses, files
from kb.interfaces.rendering.html.markup import NOTHING, Html, join, tag
from kb.interfaces.rendering.html.tables import Column, table
from kb.records import Doubt

if TYPE_CHECKING:
    from kb.ingest import FileResult
    from kb.store import RefusedFile
    from kb.store.summaries import DocumentSummary

_COLUMNS: Final = (
    Column(heading="Paper"),
    Column(heading="Meeting"),
    Column(heading="Pages", is_number=True),
    Column(heading="Passages", is_number=True),
    Column(heading="To look at again"),
    Column(heading="What can be done"),
)
_STATUSES: Final = {
    "added": "Added",
    "updated": "Replaced the earlier one",
    "unchanged": "Already here, unchanged",
    "duplicate": "Already here under another name",
    "failed": "Could not be read",
    "removed": "Removed",
}


class Step(NamedTuple):
    """Where a file of an upload stands: its name and a word, later how it ended."""

    name: str
    word: str
    result: FileResult | None = None


def adding(suffixes: Iterable[str]) -> Html:
    """What can be added, and what happens to a paper of the same name."""
    kinds = ", ".join(suffix.removeprefix(".").upper() for suffix in suffixes)
    return join(
        tag("h2", "Add papers"),
        tag("p", f"Files of these kinds: {kinds}. A file with the name of a paper takes that paper's place."),
    )


def papers(
    summaries: Sequence[DocumentSummary], doubts: Mapping[str, Sequence[Doubt]], *, may_edit: bool
) -> Html:
    """The list, by name."""
    count = len(summaries)
    rows = (
        (
            _named(summary),
            _meetings(summary),
            str(summary.pages or "–"),
            str(summary.passages),
            _doubts(doubts.get(summary.document, ()), summary.issues),
            _doings(summary.document, number, may_edit=may_edit),
        )
        for number, summary in enumerate(summaries, 1)
    )
    return join(
        tag("h2", f"In the library ({count})"),
        table(f"The {count} papers of this library, by name", _COLUMNS, rows),
    )


def refused(found: Iterable[RefusedFile]) -> Html:
    """Files that were offered and could not be read, with what can be done."""
    entries = [
        tag("li", tag("strong", file.name), f": {file.reason} {file.next_step}".rstrip()) for file in found
    ]
    return join(tag("h2", "Not read"), tag("ul", entries, class_="kb-entries")) if entries else NOTHING


def progress(steps: Sequence[Step], said: str) -> Html:
    """How far an upload is, file by file."""
    done = sum(step.result is not None for step in steps)
    return tag(
        "section",
        tag("h2", "This upload"),
        tag("p", said, class_="kb-working"),
        tag("progress", value=done, max=len(steps), aria_label="Files done")
        if done < len(steps)
        else NOTHING,
        tag("ul", (_step(step) for step in steps), class_="kb-entries kb-upload"),
        data_announce=said,
    )


def _step(step: Step) -> Html:
    if step.result is None:
        return tag("li", tag("strong", step.name), f": {step.word}")
    result = step.result
    told = [_STATUSES[result.status.value]]
    if result.duplicate_of:
        told.append(f"as {result.duplicate_of}")
    if result.passages:
        told.append(f"{result.passages} passages")
    if result.doubts:
        told.append(f"{result.doubts} place{'' if result.doubts == 1 else 's'} to look at again")
    reason = " ".join(filter(None, (result.reason, result.next_step)))
    return tag(
        "li",
        tag("strong", step.name),
        f": {', '.join(told)}.",
        tag("p", reason) if reason else NOTHING,
        tag("ul", (tag("li", issue) for issue in result.issues)) if result.issues else NOTHING,
        class_=f"kb-{result.status.value}",
    )


def _named(summary: DocumentSummary) -> Html:
    kinds = dict.fromkeys(words.kind(part.kind) for part in summary.parts)
    return join(
        tag("a", summary.document, href=files.original(summary.id)),
        tag("p", ", ".join(kinds), class_="kb-quiet"),
    )


def _meetings(summary: DocumentSummary) -> str:
    days = sorted({part.meeting_date for part in summary.parts if part.meeting_date})
    return ", ".join(words.day(day) for day in days[-2:]) or "No date"


def _doubts(found: Sequence[Doubt], issues: Sequence[str]) -> Html:
    if not found and not issues:
        return tag("span", "Nothing")
    count = len(found) + len(issues)
    entries = [
        *(f"{doubt.place}{f', p. {doubt.page}' if doubt.page else ''}: {doubt.message}" for doubt in found),
        *issues,
    ]
    return tag(
        "details",
        tag("summary", f"{count} place{'' if count == 1 else 's'}"),
        tag("ul", (tag("li", entry) for entry in entries), class_="kb-links"),
        class_="kb-details",
    )


def _doings(document: str, number: int, *, may_edit: bool) -> Html:
    ask = tag("a", "Ask in it", href=addresses.within(document), aria_label=f"Ask in {document} only")
    if not may_edit:
        return ask
    removal = tag(
        "details",
        tag("summary", "Remove", aria_label=f"Remove {document}"),
        tag(
            "p", "Links to its places will say that it was removed. The file it came from stays where it is."
        ),
        tag(
            "button",
            "Remove this paper",
            type="button",
            data_remove=document,
            id=f"kb-remove-{number}",
            class_="kb-button kb-button-quiet",
            aria_label=f"Remove {document} from the library",
        ),
        class_="kb-details",
    )
    return join(ask, removal)
