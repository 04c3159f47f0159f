"""A tracer of one resident: it wraps the stages of a crisis and of help, and records what concerns the resident.

It replaces stages by name, as the reference loops do; each replacement calls the original stage and reads its results.
A traced run therefore has the same outcome bit for bit, and a run without a tracer pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...phases.help import answers
from ...phases.help.requests import HELPED, NOT_ASKED, Requests
from ...phases.step.context import StepContext
from ...world.world import World
from .help_tracer import HelpTracer


class ResidentTracer(HelpTracer):
    """Traces the resident of a log, which it fills. `list_traced_stages()` is to be set as `Engine.by_hand`."""

    def copy(self) -> ResidentTracer:
        """A tracer with a copy of the log, for a fork."""
        return ResidentTracer(self.log.copy())

    def list_traced_stages(self) -> dict[str, Callable[..., Any]]:
        """Stage name -> function that plays the stage and records what concerns the resident."""
        stages = {**self.list_home_stages(), **self.list_help_stages(), "answer_requests": self.trace_everyday_help}
        return {name: self._wrap(name, stage) for name, stage in stages.items()}

    def _wrap(self, name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def play(world: World, context: StepContext, *arguments: Any) -> Any:
            self.catch_up(world, context, name, arguments)
            out = stage(world, context, *arguments)
            self.note_needs(world)
            return out

        return play

    def trace_everyday_help(self, world: World, context: StepContext, requests: Requests) -> Any:
        """Everyday requests are only counted, week by week."""
        outcomes, hours = answers.answer_requests(world, context, requests)
        is_asked = outcomes.status != NOT_ASKED
        asks = ((requests.row == self.row) | (requests.speaker == self.row))[:, None]
        for concerned, asked, helped in ((asks, "asked", "got"), (requests.target == self.row, "was_asked", "gave")):
            for status in outcomes.status[np.broadcast_to(concerned, is_asked.shape) & is_asked]:
                self.log.count_everyday(context.day, asked)
                if status == HELPED:
                    self.log.count_everyday(context.day, helped)
        return outcomes, hours
