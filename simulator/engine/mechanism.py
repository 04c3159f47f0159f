"""A mechanism of one's own: a phase between the model's phases, with columns it adds and keyed random numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..i18n.translation import Message
from ..kernel.name_hash import hash31
from ..phases.order import PHASES
from ..phases.step.context import StepContext
from ..world.world import TABLE_NAMES, World

FIRST_OWN_STREAM, OWN_STREAMS = 1024, 64_000
"""Numbers of the streams of mechanisms: beyond those of the model's decisions, within 16 bits."""

MechanismStep = Callable[[World, StepContext], None]


@dataclass(frozen=True)
class Mechanism:
    """A phase of one's own; `mechanism` makes it from a function.

    step: what it does, step(world, context). after: the phase that it follows. writes: columns that it may write, such
    as "people.trust_institutions". columns: those it adds to the world, name to (dtype, value at the start); they are
    arrays in `world.extra`. weekly: in the first step of a week only. reference: the same in plain Python. handle: if
    0, the mechanism must do nothing; `resilience check mechanism` tests both.
    """

    step: MechanismStep
    after: str
    writes: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    weekly: bool = True
    reference: MechanismStep | None = None
    handle: str = ""

    @property
    def name(self) -> str:
        """Name of its function."""
        return self.step.__name__

    @property
    def parts(self) -> tuple[Any, ...]:
        """The functions it is made of, for the hash of its source."""
        return (self.step,) if self.reference is None else (self.step, self.reference)

    def __call__(self, world: World, context: StepContext) -> None:
        """Do one step."""
        self.step(world, context)

    def add_columns(self, world: World) -> None:
        """Add its columns to the world, one value for each row of their table."""
        for name, (dtype, start) in self.columns.items():
            array = np.full(len(getattr(world, name.partition(".")[0])), start, dtype)
            array.flags.writeable = False
            world.extra[name] = array

    def play(self, world: World, context: StepContext) -> None:
        """Do one step with its columns, and no others, writable."""
        if self.weekly and not context.is_weekly:
            return
        own = [world.extra[name] for name in self.columns]
        for array in own:
            array.flags.writeable = True
        try:
            with world.writable(self.writes):
                self.step(world, context)
        finally:
            for array in own:
                array.flags.writeable = False


def mechanism(*, after: str, writes: Sequence[str] = (), columns: Mapping[str, tuple[str, float]] | None = None,
              weekly: bool = True, reference: MechanismStep | None = None,
              handle: str = "") -> Callable[[MechanismStep], Mechanism]:
    """Make a mechanism of a function step(world, context), played by NumPy, Numba or plain Python.

        @mechanism(after="visit", writes=["people.trust_institutions"])
        def gossip(world, context): ...

    Arguments as the fields of Mechanism. ValueError for an unknown phase or column.
    """
    own = dict(columns or {})
    if after not in PHASES:
        raise ValueError(Message("after = {name}: expected one of the phases {known}", name=repr(after),
                                 known=tuple(PHASES)))
    for name in (*writes, *own):
        table, _, column = name.partition(".")
        if table not in TABLE_NAMES or not column.isidentifier():
            raise ValueError(Message("column {name}: expected table.column with one of the tables {known}",
                                     name=repr(name), known=TABLE_NAMES))
    return lambda step: Mechanism(step, after, tuple(writes), own, weekly, reference, handle)


def draw_for_rows(context: StepContext, stream: str, uids: np.ndarray, others: np.ndarray | int = 0) -> np.ndarray:
    """float64[n], strictly between 0 and 1: a keyed random number for each agent, and pair with another, today.

    stream: a name of one's own, such as "my_package.gossip". uids: of who decides (column uid of a table); others: uids
    of whom with. The same in every arm, in any order of rows and calls.
    """
    from ..kernel.keyed_random import draw_two_words

    number = FIRST_OWN_STREAM + hash31(stream) % OWN_STREAMS
    first = np.asarray(uids).astype(np.uint32)
    draws = _make_buffer(first, np.broadcast_to(np.asarray(others).astype(np.uint32), first.shape), number << 16)
    draw_two_words(first.size, context.key, context.day, draws)
    return (draws.first.astype(np.float64) + 0.5) / 4294967296.0


def _make_buffer(a: np.ndarray, b: np.ndarray, decision: int) -> Any:
    from ..kernel.keyed_random import DrawBuffer

    return DrawBuffer(a.copy(), b.copy(), np.full(a.size, decision, np.uint32), np.empty(a.size, np.uint32),
                      np.empty(a.size, np.uint32))
