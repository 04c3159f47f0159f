"""One resident's story: chosen by what happened to them or by number, with a portfolio and without."""

from __future__ import annotations

from ...i18n.page_texts import say
from ...records.story import CHOICES
from ..data.comparison import Reading
from ..jobs.story_process import Asked, ask
from ..steps.state import State

LOOK = 1.5
"""Seconds between two looks at a story that is being told."""
NUMBER = "number"


def show(here: State, reading: Reading) -> None:
    """Choose portfolio, seed and resident; have the story told; read it."""
    import streamlit as st

    lang, folder = here.lang, here.folder()
    st.header(say("story_head", lang))
    st.markdown(say("story_note", lang))
    asked = _asked(here, reading)
    if folder is None or asked is None:
        return
    text = asked.text()
    if text is None and st.button(say("tell", lang), type="primary", key="tell", icon=":material/auto_stories:",
                                  disabled=asked.telling()):
        try:
            if not ask(asked):
                st.error(say("busy", lang))
        except OSError as problem:
            st.error(say("broken", lang, why=problem.strerror or type(problem).__name__))
    if text is not None:
        st.code(text, language=None, wrap_lines=True)
        st.download_button(say("download_story", lang), text, "story.txt", "text/plain", key="story_file",
                           icon=":material/download:", on_click="ignore")
    elif asked.telling():
        _wait(asked, lang)
    elif asked.failed():
        st.error(say("not_told", lang, why=asked.failed()))


def _asked(here: State, reading: Reading) -> Asked | None:
    """The story that the controls describe."""
    import streamlit as st

    lang, folder = here.lang, here.folder()
    arm, seed, who = st.columns([3, 1, 3], vertical_alignment="bottom")
    letter = arm.selectbox(say("arm", lang), [one.letter for one in reading.best], key="story_arm",
                           format_func=lambda key: reading.of(key).name[lang])
    runs = reading.of(letter).arm.runs
    chosen = seed.selectbox(say("seed", lang), sorted(runs), key="story_seed")
    kind = who.selectbox(say("resident", lang), [*CHOICES, NUMBER], key="story_who",
                         format_func=lambda key: say(f"who_{key}", lang))
    if kind == NUMBER:
        most = int(runs[chosen].run["n"]) - 1
        kind = str(who.number_input(say("who_number", lang), 0, max(0, most), 0, key="story_number"))
    if folder is None:
        return None
    return Asked(here.workspace.own, folder, str(runs[chosen].run["run"]), kind, lang)


def _wait(asked: Asked, lang: str) -> None:
    import streamlit as st

    @st.fragment(run_every=LOOK)
    def look() -> None:
        if asked.telling():
            st.info(say("telling", lang), icon=":material/hourglass:")
        else:
            st.rerun(scope="app")

    look()
