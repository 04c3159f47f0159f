"""The folder view: save, share, download and open comparisons."""

from __future__ import annotations

import shlex
from html import escape
from io import BytesIO
from pathlib import Path
from traceback import print_exception

from ...i18n.texts.page_texts import get_page_text
from ...i18n.translation import localise
from ..data.comparison import Comparison
from ..data.workspace import slugify
from ..data.zip_archive import pack_comparison, unpack_comparison
from ..navigation import RESULT_STEP
from ..plain_streamlit import st
from ..session import OWN_COMPARISONS, SHARED_COMPARISONS, PageSession, drop_missing_cards, parse_choices

EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(session: PageSession, comparison: Comparison) -> None:
    """Draw what can be done with the open comparison, and the controls that open another."""
    folder, lang = session.folder(), session.lang
    if folder is None:
        return
    st.header(get_page_text("Save and share", lang))
    if session.open[:1] == (OWN_COMPARISONS,):
        _save(session, folder)
    st.download_button(get_page_text("Download the brief (HTML)", lang), lambda: _render_brief(folder, lang),
                       f"{folder.name}-{lang}.html", "text/html", key="brief", icon=":material/download:",
                       on_click="ignore", type="primary")
    st.download_button(get_page_text("Download the numbers (Excel)", lang), lambda: _render_workbook(folder, lang),
                       f"{folder.name}-{lang}.xlsx", EXCEL_TYPE, key="excel", icon=":material/download:",
                       on_click="ignore")
    st.download_button(get_page_text("Download the folder (ZIP)", lang), lambda: pack_comparison(folder),
                       f"{folder.name}.zip", "application/zip", key="zip", icon=":material/download:",
                       on_click="ignore")
    st.download_button(get_page_text("Download the tables (ZIP)", lang),
                       lambda: pack_comparison(folder, ("csv", "txt", "md")), f"{folder.name}-tables.zip",
                       "application/zip", key="tables", icon=":material/download:", on_click="ignore")
    overrides = session.read_page_request().get("words")
    if isinstance(overrides, list):
        with st.expander(get_page_text("Play this again in a terminal", lang)):
            st.code(shlex.join(["resilience", "compare", *map(str, overrides)]), language="sh", wrap_lines=True)
            st.caption(get_page_text("With the downloaded folder, all of it is played again and compared to the byte:",
                                     lang))
            st.code(shlex.join(["resilience", "reproduce", f"{folder.name}.zip"]), language="sh", wrap_lines=True)
    show_open_controls(session)


def _render_brief(folder: Path, lang: str) -> str:
    """The brief as HTML, rendered when it is downloaded; if that fails, a page of one line that says why.

    A download cannot show an error on the page itself.
    """
    from ...records.results import open as open_results
    from ...report.brief.page import render_brief

    try:
        return render_brief(open_results(folder), lang)
    except Exception as problem:
        print_exception(problem)
        why = localise(problem, lang) if isinstance(problem, ValueError) else type(problem).__name__
        line = get_page_text("The page could not do this ({why}). Load it again; your choices are kept.", lang, why=why)
        return f"<!doctype html><meta charset='utf-8'><p>{escape(line)}</p>"


def _render_workbook(folder: Path, lang: str) -> bytes:
    """The workbook, rendered when it is downloaded; if that fails, one sheet that says why."""
    from ...records.results import open as open_results
    from ...report.workbook.content import collect_sheets
    from ...report.workbook.files import render_workbook
    from ...report.workbook.sheet import WorkbookSheet

    try:
        return render_workbook(collect_sheets(open_results(folder), lang))
    except Exception as problem:
        print_exception(problem)
        why = localise(problem, lang) if isinstance(problem, ValueError) else type(problem).__name__
        return render_workbook([WorkbookSheet("!", (), [[why]])])


def _save(session: PageSession, folder: Path) -> None:
    """Draw the form that saves the comparison for everybody."""
    with st.form("save", border=False):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        name = left.text_input(get_page_text("Name under which everybody can open it", session.lang), max_chars=60,
                               key="save_name")
        pressed = right.form_submit_button(get_page_text("Save", session.lang))
    if pressed:
        try:
            made = session.workspace.save(folder, name)
        except ValueError:
            st.error(get_page_text("This name is empty, taken or not allowed: choose another.", session.lang))
        else:
            st.success(get_page_text("Saved as “{name}” in the results folder.", session.lang, name=made.name))


def show_open_controls(session: PageSession) -> None:
    """Draw the controls that open a comparison of this session, a shared one, or an uploaded file."""
    lang = session.lang
    st.header(get_page_text("Open a comparison", lang))
    mine, shared = get_page_text("Mine", lang), get_page_text("Saved in the results folder", lang)
    for where, names, label in ((OWN_COMPARISONS, session.workspace.list_own_names(), mine),
                                (SHARED_COMPARISONS, session.workspace.list_shared_names(), shared)):
        if names:
            left, right = st.columns([4, 1], vertical_alignment="bottom")
            name = left.selectbox(label, names, index=None, placeholder=get_page_text("Choose…", lang),
                                  key=f"open_{where}")
            if right.button(get_page_text("Open", lang), key=f"open_{where}_button", disabled=name is None) and name:
                open_stored_comparison(session, where, name)
    with st.form("upload", border=False, clear_on_submit=True):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        file = left.file_uploader(get_page_text("Open a ZIP file you were given", lang), type="zip", key="zip_file")
        pressed = right.form_submit_button(get_page_text("Open", lang))
    if pressed and file is not None:
        open_uploaded_file(session, file.name, file.getvalue())


def open_uploaded_file(session: PageSession, name: str, content: bytes) -> None:
    """Unpack a file into the session's folder and open it, or show in one line why not."""
    base, workspace = slugify(Path(name).stem) or "comparison", session.workspace
    workspace.session_folder.mkdir(parents=True, exist_ok=True)
    taken = set(workspace.list_own_names())
    candidates = [base, *(f"{base}-{k}" for k in range(2, len(taken) + 3))]
    free = next(candidate for candidate in candidates if candidate not in taken)
    try:
        unpack_comparison(BytesIO(content), workspace.session_folder / free)
    except (ValueError, OSError) as problem:
        why = localise(problem, session.lang).split("\n")[0]
        st.error(get_page_text("This file is no comparison: {why}", session.lang, why=why))
    else:
        open_stored_comparison(session, OWN_COMPARISONS, free)


def open_stored_comparison(session: PageSession, where: str, name: str) -> None:
    """Open a comparison; its choices become the session's choices."""
    session.open = (where, name)
    try:
        session.choices = drop_missing_cards(parse_choices(session.read_page_request().get("choices")), session.cards)
    except ValueError:
        pass
    else:
        for key in [key for key in st.session_state if key not in ("state", "lang", "step", "view")]:
            del st.session_state[key]
    session.save_draft()
    st.session_state.turn_to = RESULT_STEP
    st.rerun()
