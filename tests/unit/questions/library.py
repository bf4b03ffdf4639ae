"""What an invented library knows, for questions about it."""

from __future__ import annotations

import datetime as dt

from kb.questions import Knowledge, Office

TODAY = dt.date(2024, 10, 1)
PANEL = "Fenwold Police and Crime Panel"
BOARD = "Fenwold Business Coordination Board"
COUNCIL = "Thornby City Council"
CARE = "Thornby and Marsh Integrated Care Board"
FIRE = "Brackwater Fire and Rescue Authority"
ADULTS = "Northmere County Council Adults and Health Committee"

_MEETINGS = {
    PANEL: (
        "2022-09-07 2022-11-30 2023-02-08 2023-03-22 2023-07-19 2023-09-20 2024-02-07 2024-06-26 2024-09-11"
        " 2024-11-20"
    ),
    BOARD: "2023-05-11 2024-06-12 2024-07-24",
    COUNCIL: "2024-05-16 2024-09-26",
    CARE: "2023-09-14 2024-03-14",
    FIRE: "2023-12-13 2024-04-17",
    ADULTS: "2024-01-18",
}
_HOLDERS = (
    (
        "Commissioner",
        "Imogen Frayne",
        "2022-09-07 2022-11-30 2023-02-08 2023-03-22 2023-07-19 2023-09-20 2024-02-07",
    ),
    ("Commissioner", "Dana Osei", "2024-06-26 2024-09-11"),
    ("Chief Constable", "Noor Haddad", "2023-03-22 2023-07-19"),
)
KNOWLEDGE = Knowledge(
    bodies=tuple(_MEETINGS),
    meetings=tuple(
        sorted((dt.date.fromisoformat(day), body) for body, days in _MEETINGS.items() for day in days.split())
    ),
    people=("Imogen Frayne", "Dana Osei", "Noor Haddad", "Edwin Sharp", "Tom Hale", "Rita Hale"),
    offices=tuple(
        Office(role=role, holder=holder, date=dt.date.fromisoformat(day), body=PANEL)
        for role, holder, days in _HOLDERS
        for day in days.split()
    ),
)
