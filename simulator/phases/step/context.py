"""What a phase knows of the step it plays: when it is, the handles, the hazards, and which stages are replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from ...kernel.keyed_random import RandomKey

WEEK = 7
"""Days from one weekly step to the next."""


class Handles(Protocol):
    """Quantities of mechanisms, as levers and crises have modified them for this step. Built by simulator/levers."""

    def site(self, name: str) -> np.ndarray:
        """float64[sites]."""

    def resident(self, name: str) -> np.ndarray:
        """float32[residents], or float32[1] where all residents share one value."""

    def institution(self, name: str) -> np.ndarray:
        """float64[communes]."""

    def territory(self, name: str) -> float:
        """One number."""


class Hazard(Protocol):
    """A crisis that is active in this step. Built by simulator/crises."""

    @property
    def card(self) -> Any:
        """The crisis card."""

    @property
    def started(self) -> bool:
        """True in the step that holds its first day."""

    @property
    def days_since(self) -> int:
        """Days since it began."""

    @property
    def restock(self) -> float:
        """Share of usual restocking left to a household that is fully exposed."""

    @property
    def exposure(self) -> np.ndarray:
        """float32[residents], times severity."""

    @property
    def need_weights(self) -> np.ndarray:
        """float32[residents, domains]: factor on a resident's need in each domain."""


@dataclass(frozen=True)
class StepContext:
    """One step of `span` days from `day`."""

    day: int
    span: int
    key: RandomKey
    handles: Handles
    hazards: Sequence[Hazard] = ()
    by_hand: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """Stages that are replaced in this run: name of the stage's function to what is called instead (see run_stage)."""
    new_years: Sequence[int] = ()
    """Calendar years whose 1 January falls in this step."""
    onset: int | None = None
    """First day of the first crisis, None before it; tallies run from that day on."""
    crisis_day: int | None = None
    """First day of the crisis that began last, None before any; traits of who asks in it are keyed by this day."""
    crisis_delay: float = 0.0
    """Days from that day on before institutions give."""
    is_calm: bool = False
    """True when no crisis touches the week of this step: needs and help then keep their weekly rhythm."""
    cuts: frozenset[str] = frozenset()
    """Channels that are switched off in this step (`ablate`): names of CHANNELS in rules/channels.py."""
    cache: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Results that several phases of this step need, computed once. A context derived from another starts empty."""

    def is_cut(self, channel: str) -> bool:
        """True when a channel is switched off in this step."""
        return channel in self.cuts

    @property
    def help_context(self) -> StepContext | None:
        """The context for the phases of needs and help: in a calm week the whole week on its first day, then None.

        Everyday needs arise in lumps of hours, a helper acts at most once a day, and institutions are asked last. Daily
        steps would ask them before a tie's second act, weekly steps after it: calm weeks are therefore always weekly.
        """
        if not self.is_calm or self.span == WEEK:
            return self
        return replace(self, span=WEEK) if self.is_weekly else None

    @property
    def is_weekly(self) -> bool:
        """True when the step begins a week. Weekly phases then play for 7 days, and not in other steps."""
        return self.day % WEEK == 0

    @property
    def is_after_onset(self) -> bool:
        """True from the first day of the first crisis on: tallies of needs, help and loss are then kept."""
        return self.onset is not None and self.day >= self.onset

    def run_stage(self, stage: Callable[..., Any], world: Any, *arguments: Any) -> Any:
        """Run a stage of a phase, or what `by_hand` holds under its function's name; both take the same arguments.

        Stages are the functions that can be replaced: by their reference implementation (agents/by_hand), by a
        researcher's own decisions, or by a tracer.
        """
        return self.by_hand.get(stage.__name__, stage)(world, self, *arguments)
