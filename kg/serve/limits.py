"""How much one request may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the server.

    seconds: that a query may run. megabytes: of an answer. memory: MiB of address space of a process that
    answers, 0 for no limit (kept where the system can: not on Windows). workers: processes that answer at
    the same time. waiting: seconds that a request waits for one of them. drawing: seconds that a graph page
    may take.
    """

    seconds: float = 30.0
    megabytes: float = 64.0
    memory: int = 4096
    workers: int = 2
    waiting: float = 10.0
    drawing: float = 120.0

    @property
    def size(self) -> int:
        """Largest answer in bytes."""
        return int(self.megabytes * 1_000_000)
