"""Settings of the executor: where the runs of a study are played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ..i18n.translation import Message

EXECUTOR_KINDS = ("local", "dask")


@dataclass
class ExecutorSettings:
    """kind: local (processes on this machine) or dask. None: chosen by the machine's cores and memory."""

    kind: str = "local"
    workers: Optional[int] = None
    threads: Optional[int] = None
    address: Optional[str] = None
    """Address of a Dask scheduler; if None, a cluster is started on this machine."""
    shared: bool = True
    """Dask: True if its workers see the results folder. If not, finished runs are sent back through the scheduler."""

    def check(self) -> None:
        """ValueError naming the first invalid entry."""
        if self.kind not in EXECUTOR_KINDS:
            raise ValueError(Message("executor.kind = {kind!r}: expected one of {known}", kind=self.kind,
                                     known=EXECUTOR_KINDS))
        for name in ("workers", "threads"):
            value = getattr(self, name)
            if value is not None and not 1 <= value <= 1024:
                raise ValueError(Message("executor.{name} = {value}: expected a whole number, 1 to 1024", name=name,
                                         value=value))
        if self.kind == "local" and self.address:
            raise ValueError(Message("executor.address = {address}: only for executor=dask; leave it out",
                                     address=self.address))
