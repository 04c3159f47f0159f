"""Where the runs of a study are played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

KINDS = ("local", "dask")


@dataclass
class Executor:
    """kind: local (processes here) or dask. What is left out is chosen from the machine's cores and memory."""

    kind: str = "local"
    workers: Optional[int] = None
    threads: Optional[int] = None
    address: Optional[str] = None
    """Of a Dask scheduler; without it a cluster is started on this machine."""
    shared: bool = True
    """Dask: its workers see the results folder. If not, finished runs travel through the scheduler."""

    def check(self) -> None:
        """ValueError naming the first entry that cannot be."""
        if self.kind not in KINDS:
            raise ValueError(f"executor.kind = {self.kind!r}: expected one of {', '.join(KINDS)}")
        for name in ("workers", "threads"):
            value = getattr(self, name)
            if value is not None and not 1 <= value <= 1024:
                raise ValueError(f"executor.{name} = {value}: expected a whole number, 1 to 1024")
        if self.kind == "local" and self.address:
            raise ValueError(f"executor.address = {self.address}: only for executor=dask; leave it out")
