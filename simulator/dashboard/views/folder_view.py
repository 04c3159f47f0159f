"""Save, share, take away, open again: a comparison as a folder."""

from __future__ import annotations

import shlex
from html import escape
from io import BytesIO
from pathlib import Path
from traceback import print_exception

from ...i18n.page_texts import say
from ..data.bundle import packed, unpacked
from ..data.comparison import Reading
from ..jobs.workspace import slug
from ..steps.state import MINE, SHARED, State, choices_from, fitting


def show(here: State, reading: Reading) -> None:
    """Everything one may do with the open comparison, and how to open another."""
    import streamlit as st

    folder, lang = here.folder(), here.lang
    if folder is None:
        return
    st.header(say("save_head", lang))
    if here.open[:1] == (MINE,):
        _save(here, folder)
    st.download_button(say("download_brief", lang), lambda: _brief(folder, lang), f"{folder.name}-{lang}.html",
                       "text/html", key="brief", icon=":material/download:", on_click="ignore", type="primary")
    st.download_button(say("download_zip", lang), lambda: packed(folder), f"{folder.name}.zip", "application/zip",
                       key="zip", icon=":material/download:", on_click="ignore")
    st.download_button(say("download_tables", lang), lambda: packed(folder, ("csv", "txt", "md")),
                       f"{folder.name}-tables.zip", "application/zip", key="tables", icon=":material/download:",
                       on_click="ignore")
    words = here.page().get("words")
    if isinstance(words, list):
        with st.expander(say("again", lang)):
            st.code(shlex.join(["resilience", "compare", *map(str, words)]), language="sh", wrap_lines=True)
    opening(here)


def _brief(folder: Path, lang: str) -> str:
    """The brief of what the folder holds, made when somebody asks for it; or the one line that says why there is none.

    A download cannot show an error on the page.
    """
    from ...records.results import open as open_results
    from ...report.brief.page import brief_html

    try:
        return brief_html(open_results(folder), lang)
    except Exception as problem:
        print_exception(problem)
        told = str(problem) if isinstance(problem, ValueError) else type(problem).__name__
        return f"<!doctype html><meta charset='utf-8'><p>{escape(say('broken', lang, why=told))}</p>"


def _save(here: State, folder: Path) -> None:
    import streamlit as st

    with st.form("save", border=False):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        name = left.text_input(say("save_name", here.lang), max_chars=60, key="save_name")
        pressed = right.form_submit_button(say("save", here.lang))
    if pressed:
        try:
            made = here.workspace.save(folder, name)
        except ValueError:
            st.error(say("bad_name", here.lang))
        else:
            st.success(say("saved", here.lang, name=made.name))


def opening(here: State) -> None:
    """Open one of one's own, one that was saved for everybody, or one that came as a file."""
    import streamlit as st

    lang = here.lang
    st.header(say("open_head", lang))
    for where, names, key in ((MINE, here.workspace.mine_names(), "open_mine"),
                              (SHARED, here.workspace.shared_names(), "open_shared")):
        if names:
            left, right = st.columns([4, 1], vertical_alignment="bottom")
            name = left.selectbox(say(key, lang), names, index=None, placeholder=say("choose", lang), key=key)
            if right.button(say("open_it", lang), key=f"{key}_button", disabled=name is None) and name:
                turn_to(here, where, name)
    with st.form("upload", border=False, clear_on_submit=True):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        file = left.file_uploader(say("open_zip", lang), type="zip", key="zip_file")
        pressed = right.form_submit_button(say("open_it", lang))
    if pressed and file is not None:
        received(here, file.name, file.getvalue())


def received(here: State, name: str, content: bytes) -> None:
    """Unpack a file into the session's own folder and open it, or say in one line why not."""
    import streamlit as st

    base = slug(Path(name).stem) or "comparison"
    here.workspace.own.mkdir(parents=True, exist_ok=True)
    taken = set(here.workspace.mine_names())
    free = next(one for k in range(len(taken) + 2) if (one := base if k == 0 else f"{base}-{k + 1}") not in taken)
    try:
        unpacked(BytesIO(content), here.workspace.own / free)
    except (ValueError, OSError) as problem:
        st.error(say("bad_zip", here.lang, why=str(problem).split("\n")[0]))
    else:
        turn_to(here, MINE, free)


def turn_to(here: State, where: str, name: str) -> None:
    """Open a comparison; what was chosen for it becomes what is chosen."""
    import streamlit as st

    here.open = (where, name)
    try:
        here.choices = fitting(choices_from(here.page().get("choices")), here.cards)
    except ValueError:
        pass
    else:
        for key in [key for key in st.session_state if key not in ("state", "lang", "step", "view")]:
            del st.session_state[key]
    here.keep()
    st.session_state.turn_to = "step_3"
    st.rerun()
