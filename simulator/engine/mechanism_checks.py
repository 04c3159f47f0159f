"""Checks of a mechanism of one's own: the demands that the model's own phases meet, on a small run with a crisis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from ..i18n.translation import Message
from ..phases.step.context import StepContext
from ..scenario.run import Run
from ..world.world import World
from .loop import Engine
from .mechanism import Mechanism, MechanismStep

CHECKED_STEPS = 12
"""Steps that are played for each check."""


def check_mechanism(one: Mechanism, run: Run) -> list[Message]:
    """What is wrong with a mechanism, one line each; empty if it is good.

    It runs; it writes no column but those it names; values stay finite and in their columns' ranges; hours, goods and
    needs stay whole and balance; a repeat and a fork give the same bits; its reference in plain Python gives the same
    bits; with its handle at 0 it does nothing. run: small, with a crisis; its extensions are left out.
    """
    run = replace(run, extensions=None, levers=())
    try:
        return list(_list_faults(one, run))
    except Exception as problem:  # code of somebody else's may fail in any way
        return [Message("{name}: fails: {why}", name=one.name, why=f"{type(problem).__name__}: {problem}")]


def _list_faults(one: Mechanism, run: Run) -> Iterator[Message]:
    watch = _NeedWatch(one.step)
    played = _play(one, watch, run)
    try:
        played.check()
    except ValueError as problem:
        yield Message("{name}: {why}", name=one.name, why=problem)
    for name in one.columns:
        if played.extra[name].dtype.kind == "f" and not np.isfinite(played.extra[name]).all():
            yield Message("{name}: column {column} has a value that is no finite number", name=one.name, column=name)
    if watch.unbalanced:
        yield Message("{name}: an unmet need is negative, or above the need: what is met must come from somewhere",
                      name=one.name)
    if not _is_equal(played, _play(one, one.step, run)):
        yield Message("{name}: a repeat gives other bits; draw random numbers with draw_for_rows only", name=one.name)
    if not _is_equal(played, _play(one, one.step, run, fork=True)):
        yield Message("{name}: a fork gives other bits; keep what it remembers in columns of its own", name=one.name)
    if one.reference is not None and not _is_equal(played, _play(one, one.reference, run)):
        yield Message("{name}: its reference in plain Python gives other bits", name=one.name)
    if one.handle and not _is_equal(_play(None, None, run), _play(one, _silence_handle(one), run)):
        yield Message("{name}: with the handle {handle} at 0 it still changes something", name=one.name,
                      handle=one.handle)


def _play(one: Mechanism | None, step: MechanismStep | None, run: Run, fork: bool = False) -> World:
    """The world after some steps with the mechanism, its function replaced by `step`."""
    engine = Engine(run)
    if one is not None and step is not None:
        playing = replace(one, step=step)
        playing.add_columns(engine.world)
        engine.extensions.mechanisms = (playing,)
    for k in range(min(CHECKED_STEPS, len(engine.steps))):
        if fork and k == CHECKED_STEPS // 2:
            engine = engine.fork(run)
        engine.step()
    return engine.world


class _NeedWatch:
    """A step that notes whether it leaves an unmet need that cannot be."""

    def __init__(self, step: MechanismStep) -> None:
        self.step, self.unbalanced = step, False
        self.__name__ = step.__name__

    def __call__(self, world: World, context: StepContext) -> None:
        """Do the step, then look."""
        self.step(world, context)
        backlog, need = world.people.backlog, world.people.need
        self.unbalanced |= bool((backlog < 0).any() or (backlog > need).any())


class _Silent:
    """Handles of which one is 0."""

    def __init__(self, handles: Any, name: str) -> None:
        self.handles, self.name = handles, name

    def __getattr__(self, owner: str) -> Any:
        read = getattr(self.handles, owner)
        return lambda name: read(name) * 0 if f"{owner}.{name}" == self.name else read(name)


def _silence_handle(one: Mechanism) -> MechanismStep:
    return lambda world, context: one.step(world, replace(context, handles=_Silent(context.handles, one.handle)))


def _is_equal(first: World, second: World) -> bool:
    """True if every column that both worlds have holds the same bits."""
    pairs = [(array, second.tables()[table].arrays()[name]) for table, columns in first.tables().items()
             for name, array in columns.arrays().items()]
    pairs += [(array, second.extra[name]) for name, array in first.extra.items() if name in second.extra]
    return all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in pairs)
