"""Work that may hang, crash or swell, done in processes of their own with limits on time and memory.

Knows nothing of papers: a task is a function named ``module:function`` that takes and gives JSON values. Every job ends
in an `Outcome`, whatever becomes of the process that did it, and none harms another. Why it is built so:
docs/decisions/0007-reading-in-worker-processes.md.
"""

from __future__ import annotations

from kb.workers.pool import Workers
from kb.workers.records import Arguments, Ending, Limits, Outcome

__all__ = ["Arguments", "Ending", "Limits", "Outcome", "Workers"]
