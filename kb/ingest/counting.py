"""How far a run's reading has come, told file by file, also when several are read at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.errors import SourceError
from kb.ingest.readers import Readers
from kb.ingest.reading import ReadJob
from kb.ingest.report import Progress
from kb.store.rows import DocumentRow


class ReadingCount:
    """Counts files.

    Args:
        total: How many there are to begin with.
        tell: Told of every step.
    """

    def __init__(self, total: int, tell: Callable[[Progress], None]) -> None:
        self._done = 0
        self._total = total
        self._tell = tell

    def expect(self, more: int) -> None:
        """There are more files to read than was thought."""
        self._total += more

    def pass_by(self, name: str) -> None:
        """One file is being looked at and needs no reading."""
        self.say(name)
        self._done += 1

    def say(self, name: str = "") -> None:
        """Tell how far it has come, and which file is at hand."""
        self._tell(Progress(stage="reading", done=self._done, total=self._total, name=name))

    def read(self, readers: Readers, jobs: Sequence[ReadJob]) -> list[DocumentRow | SourceError]:
        """Have several files read, and tell of each."""
        waiting = list(range(len(jobs)))
        running: dict[int, str] = {}

        def started(number: int) -> None:
            waiting.remove(number)
            running[number] = jobs[number].path.name
            self.say(running[number])

        def ended(number: int) -> None:
            del running[number]
            self._done += 1
            if not waiting:  # else the next one to begin will tell
                self.say(next(iter(running.values()), ""))

        return readers.read(jobs, started=started, ended=ended)
