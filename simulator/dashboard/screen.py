"""The page as a whole: its head, the language, three steps; one step is drawn at a time."""

from __future__ import annotations

from pathlib import Path
from traceback import print_exception
from typing import Any

import numpy as np

from ..i18n.figure_texts import LANGUAGES
from ..i18n.page_texts import say
from .steps.state import State, state

STEPS = ("step_1", "step_2", "step_3")
STYLE = Path(__file__).with_name("page.css")


def show() -> None:
    """Draw the page for this session. What goes wrong inside is one line on it, and its trace is on the server."""
    import streamlit as st

    st.set_page_config(page_title="Résilience", page_icon=icon(), layout="wide",
                       initial_sidebar_state="collapsed")
    here = state()
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")
    head(here)
    try:
        step(here)
        here.keep()
    except Exception as problem:
        print_exception(problem)
        told = getattr(problem, "strerror", "") or type(problem).__name__
        st.error(say("broken", here.lang, why=told))


def icon() -> Any:
    """A ring in the page's colour, as an image. Drawn here, because Streamlit fetches named icons from outside."""
    from PIL import Image

    side = np.arange(32) - 15.5
    far = np.hypot(side[:, None], side[None, :])[..., None]
    return Image.fromarray(np.where((far < 15) & (far > 7), np.array([0, 80, 125]), 255).astype(np.uint8))


def head(here: State) -> None:
    """Title, what this is, and the language."""
    import streamlit as st

    left, right = st.columns([3, 1.2], vertical_alignment="bottom")
    with right:
        names = {"fr": "Français", "en": "English"}
        chosen = st.segmented_control(say("language", here.lang), LANGUAGES, format_func=names.__getitem__, key="lang",
                                      default=here.lang, label_visibility="collapsed")
        if chosen and chosen != here.lang:
            here.lang = chosen
            st.query_params["lang"] = chosen
            st.rerun()
    with left:
        st.title(say("title", here.lang))
    st.markdown(say("lead", here.lang))
    st.html(f"<script>document.documentElement.lang = '{here.lang}'</script>", unsafe_allow_javascript=True)


def step(here: State) -> None:
    """The step that was chosen."""
    import streamlit as st

    if "step" not in st.session_state:
        st.session_state.step = STEPS[2] if here.folder() else STEPS[0]
    if "turn_to" in st.session_state:
        st.session_state.step = st.session_state.pop("turn_to")
    chosen = st.segmented_control(say("steps", here.lang), STEPS, key="step", label_visibility="collapsed",
                                  format_func=lambda key: say(key, here.lang), width="stretch")
    if here.told:
        st.success(here.told)
        here.told = ""
    if chosen == STEPS[1]:
        from .steps.lever_step import show as show_levers

        show_levers(here)
    elif chosen == STEPS[2]:
        from .steps.result_step import show as show_results

        show_results(here)
    else:
        from .steps.scene_step import show as show_scene

        show_scene(here)


def go(step: str) -> None:
    """Turn to a step at the next drawing."""
    import streamlit as st

    st.session_state.step = step
