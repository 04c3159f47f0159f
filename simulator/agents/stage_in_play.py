"""The stage that a model plays in Python, as decisions see it: the step, the name, what all residents share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..phases.step.context import StepContext


class StageInPlay:
    """What a decision may ask of the model while it is taken; empty between steps."""

    _context: StepContext | None = None
    _stage_cache: dict[str, Any]
    stage_name = ""
    """The stage that runs in Python, empty outside of one."""

    @property
    def context(self) -> StepContext:
        """The step being played: day, span, handles, random key. RuntimeError between steps."""
        if self._context is None:
            raise RuntimeError("decisions are taken while a step is played: there is no step now")
        return self._context

    def enter_stage(self, context: StepContext, name: str = "") -> None:
        """Called when a stage begins that runs in Python: sets `context` and empties the cache of the stage before."""
        self._context, self.stage_name, self._stage_cache = context, name, {}

    def cache_per_stage(self, name: str, compute: Callable[[], Any]) -> Any:
        """What `compute` returns, computed once per stage: for what all residents share in a stage."""
        if name not in self._stage_cache:
            self._stage_cache[name] = compute()
        return self._stage_cache[name]

    def leave_stage(self) -> None:
        """Called when a step is over: there is no stage until the next one."""
        self._context, self.stage_name, self._stage_cache = None, "", {}
