"""Invented passages, as a model is shown them."""

from __future__ import annotations

import datetime as dt

from kb.generation.prompts import Evidence, gather
from kb.records import Answer, Citation, Hit, PartKind, Passage, Quote, Span

CAMERAS = (
    "Councillor A Sharp asked what the average speed cameras on the A1431 would cost. The Commissioner said that the"
    " system would cost £415,000 and would be installed by 3 May 2024. He did not support a second system at"
    " Pellbrook. The Panel agreed by nine votes to two, with one abstention, to note the report (FPCC 2023-007)."
)
PRECEPT = (
    "The Panel considered the proposed precept for 2024/25, an increase of 4.75% or £13 for a Band D property. Mrs Ruth"
    " Amberley, Chief Finance Officer, said that reserves stood at £1.2 million on 31 March."
    " RESOLVED not to veto the precept."
)


def passage(
    text: str,
    *,
    name: str = "one",
    label: str = "Fenwold Police and Crime Panel, 19 July 2023, minutes, item 7",
) -> Passage:
    """A passage with this text."""
    citation = Citation(
        id=f"fenwold-pcp/2023-07-19/{name}",
        document=f"{name}.txt",
        body="Fenwold Police and Crime Panel",
        meeting_date=dt.date(2023, 7, 19),
        kind=PartKind.MINUTES,
        agenda_item=None,
        item="7",
        section=None,
        item_title="Speed cameras",
        paragraph=None,
        page=None,
        page_label=None,
        status=None,
        label=label,
    )
    return Passage(
        citation=citation, document_id=name, text=text, spans=(Span(start=0, end=len(text)),), header=label
    )


def shown(*texts: str) -> tuple[Evidence, ...]:
    """Texts as evidence "p1", "p2" and so on."""
    passages = [passage(text, name=f"paper-{number}") for number, text in enumerate(texts, 1)]
    return gather(passages, max_passages=8, max_characters=9_000)


def answer_of(*texts: str, abstained: bool = False) -> Answer:
    """An extractive answer that quotes the first text."""
    passages = [passage(text, name=f"paper-{number}") for number, text in enumerate(texts, 1)]
    quotes = (Quote(text=passages[0].text, passage=passages[0], spans=passages[0].spans),)
    return Answer(
        question="What would the cameras cost?",
        text=passages[0].text,
        abstained=abstained,
        confidence=0.9,
        kind="money",
        quotes=() if abstained else quotes,
        hits=tuple(
            Hit(rank=rank, passage=each, score=1.0, bm25_score=1.0, cosine=1.0)
            for rank, each in enumerate(passages, 1)
        ),
        latency_ms=1.0,
    )
