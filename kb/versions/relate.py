"""All papers in, all relations out: the one function that a run of ingestion calls.

The result is the same in whatever order the papers come.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from kb.records import LinkKind, PartKind, Passage, PassageId
from kb.versions.agreements import Agreement, find_agreements
from kb.versions.amended import amended_passage, is_made
from kb.versions.amendments import Amendment, read_amendments
from kb.versions.families import Family, make_family
from kb.versions.matching import find_families
from kb.versions.papers import Paper, PaperKey
from kb.versions.relations import PaperRelation, PaperStanding, PassageRelation, Relations
from kb.versions.standing import own_status


def relate(papers: Sequence[Paper]) -> Relations:
    """Find out what papers are to each other.

    Args:
        papers: All of a library's, in any order; see `read_papers`.
    """
    return _Comparison(sorted(papers, key=lambda paper: paper.key)).relations()


class _Comparison:
    """Gathers the relations of passages and of papers.

    Args:
        papers: In a settled order.
    """

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._links: dict[tuple[LinkKind, PassageId, PassageId], PassageRelation] = {}
        self._of_papers: dict[PaperKey, list[PaperRelation]] = defaultdict(list)
        self._minutes: dict[tuple[str | None, dt.date | None], list[Paper]] = defaultdict(list)
        for paper in papers:
            if paper.kind is PartKind.MINUTES:
                self._minutes[paper.body, paper.date].append(paper)
        families = find_families(papers)
        self._kin = {paper.key: family for family in families for paper in family}
        agreements = [agreement for paper in papers for agreement in find_agreements(paper)]
        self._statuses: dict[PaperKey, str | None] = {paper.key: own_status(paper) for paper in papers}
        for agreement in agreements:
            self._settle(agreement)
        self._families = [make_family(family, self._statuses) for family in families]
        self._family_of = {paper.key: family for family in self._families for paper in family.papers}
        for family in self._families:
            self._link_family(family)
        for agreement in agreements:
            self._confirm(agreement)
            self._amend(agreement)

    def relations(self) -> Relations:
        """Everything found."""
        statuses = [(paper, self._statuses[paper.key]) for paper in self._papers]
        return Relations(
            same=tuple(group for family in self._families for group in family.same),
            passages=tuple(self._links.values()),
            statuses=tuple(
                (passage.id, status)
                for paper, status in statuses
                if status is not None
                for passage in paper.passages
            ),
            papers=tuple(
                _standing(paper, status, self._of_papers[paper.key])
                for paper, status in statuses
                if status is not None or self._of_papers[paper.key]
            ),
        )

    def _copies(self, agreement: Agreement) -> list[Paper]:
        """The minutes that an agreement speaks of, with copies that do not name their meeting."""
        named = self._minutes.get((agreement.minutes.body, agreement.date), ())
        found = {kin.key: kin for paper in named for kin in self._kin.get(paper.key, (paper,))}
        return [found[key] for key in sorted(found)]

    def _settle(self, agreement: Agreement) -> None:
        """Agreed as they were, minutes are confirmed; with amendments, only if they aren't the draft of before."""
        for paper in self._copies(agreement):
            known = self._statuses[paper.key]
            if known is None or (known == "draft" and not agreement.amendments):
                self._statuses[paper.key] = "confirmed"

    def _is_best(self, paper: Paper) -> bool:
        family = self._family_of.get(paper.key)
        return family is None or family.best.key == paper.key

    def _link_family(self, family: Family) -> None:
        best = family.best
        for paper in family.papers[1:]:
            is_replaced = paper.key in family.replaced
            same, changed = len(family.shared[paper.key]), len(family.states[paper.key])
            there = LinkKind.SUPERSEDED_BY if is_replaced else LinkKind.ALSO_IN
            here = LinkKind.SUPERSEDES if is_replaced else LinkKind.ALSO_IN
            self._of_papers[paper.key].append(_relation(there, best, same=same, changed=changed))
            self._of_papers[best.key].append(_relation(here, paper, same=same, changed=changed))
            if is_replaced:
                self._statuses[paper.key] = "superseded"
                for passage in paper.passages:
                    self._supersede(passage, paper, family)

    def _supersede(self, passage: Passage, paper: Paper, family: Family) -> None:
        state = family.states[paper.key].get(passage.id)
        if state is not None:
            self._link(LinkKind.SUPERSEDED_BY, passage, state)
            self._link(LinkKind.SUPERSEDES, state, passage)
        elif passage.id not in family.shared[paper.key]:
            self._link(LinkKind.SUPERSEDED_BY, passage, _nearest(passage, family.best))

    def _confirm(self, agreement: Agreement) -> None:
        """Link minutes to the place that agrees them; of copies of that place the best one speaks."""
        if not self._is_best(agreement.minutes):
            return
        note = "with amendments" if agreement.amendments else None
        for paper in self._copies(agreement):
            self._of_papers[paper.key].append(
                _relation(LinkKind.CONFIRMED_BY, agreement.minutes, passage=agreement.passage.id, note=note)
            )
            for passage in paper.passages:
                self._link(LinkKind.CONFIRMED_BY, passage, agreement.passage, note)

    def _amend(self, agreement: Agreement) -> None:
        """Link amendments to every copy of the minutes they amend."""
        copies = self._copies(agreement)
        for passage, text in agreement.amendments:
            for amendment in read_amendments(text):
                for paper in copies:
                    self._amend_copy(paper, amendment, agreement.minutes, passage)
                if not copies and self._is_best(agreement.minutes):
                    self._of_papers[agreement.minutes.key].append(_unknown(agreement, amendment, passage))

    def _amend_copy(self, paper: Paper, amendment: Amendment, minutes: Paper, recorded: Passage) -> None:
        """What can't be found in the minutes amends them as a whole: it is linked to their beginning."""
        target = amended_passage(amendment, paper) or self._earlier_state(paper, amendment)
        place = target or paper.passages[0]
        made = target is not None and is_made(amendment, target)
        note = f"{amendment.text} (made here)" if made else amendment.text
        if self._is_best(minutes):
            self._link(LinkKind.AMENDED_BY, place, recorded, note)
            self._of_papers[paper.key].append(
                _relation(LinkKind.AMENDED_BY, minutes, passage=recorded.id, note=note)
            )
        if self._is_best(paper):
            self._link(LinkKind.AMENDS, recorded, place, amendment.text)
            if self._is_best(minutes):
                self._of_papers[minutes.key].append(
                    _relation(LinkKind.AMENDS, paper, passage=place.id, note=amendment.text)
                )

    def _earlier_state(self, paper: Paper, amendment: Amendment) -> Passage | None:
        """What stands in a draft where the confirmed minutes have the amended words."""
        family = self._family_of.get(paper.key)
        target = amended_passage(amendment, family.best) if family is not None else None
        if family is None or target is None:
            return None
        states = family.states[paper.key]
        found = (each for each in paper.passages if each.id in states and states[each.id].id == target.id)
        return next(found, None)

    def _link(self, kind: LinkKind, passage: Passage, other: Passage, note: str | None = None) -> None:
        """Keep a link; several notes of one are joined."""
        known = self._links.get((kind, passage.id, other.id))
        if known is not None and known.note is not None:
            note = "; ".join(dict.fromkeys([*known.note.split("; "), *([note] if note else [])]))
        self._links[kind, passage.id, other.id] = PassageRelation(
            kind=kind, passage=passage.id, other=other.id, note=note
        )


def _nearest(passage: Passage, paper: Paper) -> Passage:
    """The beginning of the same item, else of the paper."""
    item = (passage.citation.item, passage.citation.section)
    same = (each for each in paper.passages if (each.citation.item, each.citation.section) == item)
    return next(same, paper.passages[0])


def _unknown(agreement: Agreement, amendment: Amendment, passage: Passage) -> PaperRelation:
    """An amendment of minutes that the library does not hold."""
    return PaperRelation(
        kind=LinkKind.AMENDS,
        document=None,
        part=None,
        page=None,
        title=None,
        meeting_date=agreement.date,
        passage=passage.id,
        note=amendment.text,
    )


def _relation(
    kind: LinkKind,
    other: Paper,
    *,
    same: int = 0,
    changed: int = 0,
    passage: PassageId | None = None,
    note: str | None = None,
) -> PaperRelation:
    return PaperRelation(
        kind=kind,
        document=other.document,
        part=other.number,
        page=other.part.page,
        title=other.part.title,
        meeting_date=other.date,
        same=same,
        changed=changed,
        passage=passage,
        note=note,
    )


def _standing(paper: Paper, status: str | None, relations: Sequence[PaperRelation]) -> PaperStanding:
    return PaperStanding(
        document=paper.document,
        part=paper.number,
        kind=paper.kind,
        body=paper.body,
        meeting_date=paper.date,
        title=paper.part.title,
        page=paper.part.page,
        status=status,
        relations=tuple(relations),
    )
