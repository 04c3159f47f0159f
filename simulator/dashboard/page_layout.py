"""Layout of the page: header, choice of language, and three steps of which one is drawn at a time."""

from __future__ import annotations

from pathlib import Path
from traceback import print_exception
from typing import Any

import numpy as np

from ..i18n.system_reason import get_system_reason
from ..i18n.texts.page_texts import get_page_text
from ..i18n.translation import list_languages
from .navigation import LEVER_STEP, RESULT_STEP, SCENARIO_STEP, STEPS
from .plain_streamlit import st
from .session import PageSession, get_session

STYLE_FILE = Path(__file__).with_name("page.css")


def show() -> None:
    """Draw the page for this session. An exception inside shows as one line on it; its trace goes to the server."""
    st.set_page_config(page_title="Résilience", page_icon=draw_icon(), layout="wide",
                       initial_sidebar_state="collapsed")
    session = get_session()
    st.html(f"<style>{STYLE_FILE.read_text(encoding='utf-8')}</style>")
    show_header(session)
    try:
        show_step(session)
        session.save_draft()
    except Exception as problem:
        print_exception(problem)
        reason = get_system_reason(problem) if isinstance(problem, OSError) else type(problem).__name__
        st.error(get_page_text("The page could not do this ({why}). Load it again; your choices are kept.",
                               session.lang, why=reason))


def draw_icon() -> Any:
    """A ring in the page's colour, as an image. Drawn here because Streamlit fetches named icons from the internet."""
    from PIL import Image

    offset = np.arange(32) - 15.5
    radius = np.hypot(offset[:, None], offset[None, :])[..., None]
    return Image.fromarray(np.where((radius < 15) & (radius > 7), np.array([0, 80, 125]), 255).astype(np.uint8))


def show_header(session: PageSession) -> None:
    """Draw the title, a line on what this is, and the choice of language."""
    left, right = st.columns([3, 1.2], vertical_alignment="bottom")
    with right:
        chosen = st.segmented_control(get_page_text("Language", session.lang), list_languages(),
                                      format_func=format_language_name, key="lang", default=session.lang,
                                      label_visibility="collapsed")
        if chosen and chosen != session.lang:
            session.lang = chosen
            st.query_params["lang"] = chosen
            st.rerun()
    with left:
        st.title(get_page_text("Compare levers in a crisis", session.lang))
    st.markdown(get_page_text("Choose a crisis, put levers together, look at what they change. This is an "
                              "exploration under assumptions, not a forecast; the residents are fictional.",
                              session.lang))
    st.html(f"<script>document.documentElement.lang = '{session.lang}'</script>", unsafe_allow_javascript=True)


def format_language_name(lang: str) -> str:
    """The name of a language in itself."""
    from babel import Locale

    return str(Locale.parse(lang).get_language_name()).capitalize()


def show_step(session: PageSession) -> None:
    """Draw the choice of step and the step chosen."""
    if "step" not in st.session_state:
        st.session_state.step = RESULT_STEP if session.folder() else SCENARIO_STEP
    if "turn_to" in st.session_state:
        st.session_state.step = st.session_state.pop("turn_to")
    chosen = st.segmented_control(get_page_text("Steps", session.lang), list(STEPS), key="step",
                                  format_func=lambda key: get_page_text(STEPS[key], session.lang),
                                  label_visibility="collapsed", width="stretch")
    if session.notice:
        st.success(session.notice)
        session.notice = ""
    if chosen == LEVER_STEP:
        from .steps.lever_step import show as show_levers

        show_levers(session)
    elif chosen == RESULT_STEP:
        from .steps.result_step import show as show_results

        show_results(session)
    else:
        from .steps.scenario_step import show as show_scenario

        show_scenario(session)
