"""What a phase knows of the step it plays: when, which handles, whose luck, which hazards, and who plays by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from ...kernel.random import Key

WEEK = 7
"""Days from one weekly step to the next."""


class Handles(Protocol):
    """Mechanism quantities as levers and crises have turned them for this step (built on the levers' floor)."""

    def site(self, name: str) -> np.ndarray:
        """float64[sites]."""

    def resident(self, name: str) -> np.ndarray:
        """float32[residents], or float32[1] where all residents share one value."""

    def institution(self, name: str) -> np.ndarray:
        """float64[communes]."""

    def territory(self, name: str) -> float:
        """One number."""


class Hazard(Protocol):
    """A crisis that is on, as the need and live phases see it (built on the crises' floor)."""

    @property
    def card(self) -> Any:
        """What the crisis is."""

    @property
    def started(self) -> bool:
        """True in the step that holds its first day."""

    @property
    def days_since(self) -> int:
        """Days since it began."""

    @property
    def restock(self) -> float:
        """Share of usual restocking left to a household exposed in full."""

    @property
    def exposure(self) -> np.ndarray:
        """float32[residents], severity included."""


@dataclass(frozen=True)
class Moment:
    """One step of `span` days from `day`. `weekly` steps play the phases that have a weekly rhythm."""

    day: int
    span: int
    key: Key
    handles: Handles
    hazards: Sequence[Hazard] = ()
    by_hand: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    year_turns: Sequence[int] = ()
    """Calendar years whose 1 January falls in this step."""
    onset: int | None = None
    """Day the first crisis began, when it has; tallies run from then."""
    calm: bool = False
    """No crisis touches the week this step is in: needs and help keep their weekly rhythm, whatever the step."""
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What several phases ask of this very step, worked out once; a moment made from another begins with nothing."""

    @property
    def helping(self) -> Moment | None:
        """The step as needs and help play it: in a calm week the whole week on its first day, None on its other days.

        Everyday needs come in lumps of hours, a helper's act is counted by the day, and town halls are asked last: by
        days they would be asked before a tie's second act, by weeks after it.
        """
        if not self.calm or self.span == WEEK:
            return self
        return replace(self, span=WEEK) if self.weekly else None

    @property
    def weekly(self) -> bool:
        """True when the step begins on a weekly boundary: hearing, joining, visits and births play then, for 7 days."""
        return self.day % WEEK == 0

    def stage(self, name: str, kernel: Callable[..., Any]) -> Callable[..., Any]:
        """The kernel, or its resident-by-resident twin where one was asked for ("join.want" and the like)."""
        return self.by_hand.get(name, kernel)
