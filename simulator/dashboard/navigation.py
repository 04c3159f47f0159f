"""The steps of the page, and going from one to another."""

from __future__ import annotations

from ..i18n.translation import mark
from .plain_streamlit import st

STEPS = {"step_1": mark("1 · Scenario"), "step_2": mark("2 · Levers"), "step_3": mark("3 · Results")}
"""Step to its name."""
SCENARIO_STEP, LEVER_STEP, RESULT_STEP = STEPS


def go_to_step(step: str) -> None:
    """Show a step when the page is drawn next."""
    st.session_state.step = step
