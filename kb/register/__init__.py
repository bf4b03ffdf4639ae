"""What papers record, as rows: decisions, recommendations, actions, undertakings, attendance, meetings.

Takes a `Source` with its `Outline`; gives `Row` records in reading order, each with the words that say it. One module
reads each kind. What papers say of each other's rows (an action that is done, an undertaking kept) is found by
`linking`. Never: counts votes, guesses who is meant, or rewrites a word.
"""

from __future__ import annotations
