"""The story view: one resident's story with and without a portfolio; residents are chosen by number or by outcome."""

from __future__ import annotations

from pathlib import Path

from ...i18n.system_reason import get_system_reason
from ...i18n.texts.page_texts import get_page_text
from ...i18n.translation import mark
from ...i18n.typography import insert_nbsp
from ...records.resident_cases import CaseSheet, read_cases
from ...report.stories.cases import format_case_person, format_case_title, list_case_facts, list_case_notes
from ..data.comparison import Comparison
from ..jobs.story_process import CASES_CHOICE, StoryRequest, start_story
from ..plain_streamlit import st
from ..session import PageSession

STORY_POLL_SECONDS = 1.5
"""Seconds between two checks of a story that is being written."""
BY_NUMBER = "number"
WHO_LABELS = {CASES_CHOICE: mark("Six recognisable residents, with each lever"),
              "typical": mark("A typical resident"), "isolated": mark("An isolated resident"),
              "most_gained": mark("The one who gains most"), "most_lost": mark("The one who loses most"),
              BY_NUMBER: mark("By number")}
"""Ways to choose a resident: those of the records, and by number."""


def show(session: PageSession, comparison: Comparison) -> None:
    """Draw the choice of portfolio, seed and resident, the button that starts the story, and the story."""
    lang, folder = session.lang, session.folder()
    st.header(get_page_text("One resident's story", lang))
    request = _read_story_request(session, comparison)
    if folder is None or request is None:
        return
    if request.resident == CASES_CHOICE and (sheet := find_kept_cases(folder, comparison)) is not None:
        show_cases(sheet, lang)
        return
    st.markdown(get_page_text("Two lives of the same fictional person, without levers and with, played again day "
                              "by day: who helped, who refused, why. It takes as long as two runs.", lang))
    text = request.read_text()
    if text is None and st.button(get_page_text("Tell", lang), type="primary", key="tell",
                                  icon=":material/auto_stories:", disabled=request.is_running()):
        try:
            if not start_story(request):
                st.error(get_page_text("Too many computations are running on this machine; try again once one of "
                                       "them has ended.", lang))
        except OSError as problem:
            st.error(get_page_text("The page could not do this ({why}). Load it again; your choices are kept.", lang,
                                   why=get_system_reason(problem)))
    if text is not None:
        st.code(text, language=None, wrap_lines=True)
        st.download_button(get_page_text("Download this story", lang), text, "story.txt", "text/plain",
                           key="story_file", icon=":material/download:", on_click="ignore")
    elif request.is_running():
        _wait(request, lang)
    elif request.read_error():
        st.error(get_page_text("This story could not be told: {why}", lang, why=request.read_error()))


def find_kept_cases(folder: Path, comparison: Comparison) -> CaseSheet | None:
    """The six residents kept beside the runs of this comparison; None where there are none of these runs."""
    sheet = read_cases(folder)
    known = {str(view.run["run"]) for shown in comparison.arms for view in shown.arm.runs.values()}
    return sheet if sheet is not None and sheet.cases and set(sheet.runs) <= known else None


def show_cases(sheet: CaseSheet, lang: str) -> None:
    """Draw each resident: who it is, and a row for each arm; then how to read it."""
    for case in sheet.cases:
        st.subheader(insert_nbsp(format_case_title(case, lang)))
        st.markdown(insert_nbsp(format_case_person(case, lang)))
        st.table(list_case_facts(sheet, case, lang))
    for note in list_case_notes(sheet, lang):
        st.caption(insert_nbsp(note))


def _read_story_request(session: PageSession, comparison: Comparison) -> StoryRequest | None:
    """Draw the controls and return the request they describe; None without an open folder."""
    lang, folder = session.lang, session.folder()
    left, middle, right = st.columns([3, 1, 3], vertical_alignment="bottom")
    letter = left.selectbox(get_page_text("Portfolio", lang), [shown.letter for shown in comparison.ranked],
                            key="story_arm", format_func=lambda key: comparison.get_arm(key).name[lang])
    runs = comparison.get_arm(letter).arm.runs
    seed = middle.selectbox(get_page_text("Seed", lang), sorted(runs), key="story_seed")
    resident = right.selectbox(get_page_text("Who", lang), list(WHO_LABELS), key="story_who",
                               format_func=lambda key: get_page_text(WHO_LABELS[key], lang))
    if resident == BY_NUMBER:
        last = int(runs[seed].run["n"]) - 1
        resident = str(right.number_input(get_page_text("By number", lang), 0, max(0, last), 0, key="story_number"))
    if folder is None:
        return None
    return StoryRequest(session.workspace.session_folder, folder, str(runs[seed].run["run"]), resident, lang)


def _wait(request: StoryRequest, lang: str) -> None:
    """Check from time to time whether the story is written, and draw the page again when it is."""
    @st.fragment(run_every=STORY_POLL_SECONDS)
    def look() -> None:
        if request.is_running():
            st.info(get_page_text("Both lives are being played again…", lang), icon=":material/hourglass:")
        else:
            st.rerun(scope="app")

    look()
