"""Step 3: run the comparison, watch its progress, view the results there are so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from ...i18n.date_format import format_short_date
from ...i18n.number_format import format_number
from ...i18n.texts.page_texts import get_page_plural, get_page_text
from ...i18n.translation import localise, mark
from ...report.terminal.comparison_summary import list_scenario_labels
from ..data.choices import MAX_SEEDS
from ..data.comparison import Comparison, read_comparison
from ..data.first_results import read_first_results
from ..jobs import job_control
from ..jobs.comparison_start import SHIPPED_KEY, find_obstacle, have_choices_changed, start_comparison
from ..plain_streamlit import st
from ..session import SHARED_COMPARISONS, PageSession
from ..views import answer_view, day_view, folder_view, group_view, map_view, story_view, why_view

SEEDS_PER_CLICK = 6
"""Seeds that one click adds."""
POLL_SECONDS = 1.0
"""Seconds between two checks of a job's progress."""
VIEWS: dict[str, tuple[str, Callable[[PageSession, Comparison], None]]] = {
    "view_answer": (mark("Answer"), answer_view.show), "view_recovery": (mark("Recovery"), answer_view.show_recovery),
    "view_groups": (mark("Groups"), group_view.show), "view_map": (mark("Map"), map_view.show),
    "view_why": (mark("Why"), why_view.show),
    "view_days": (mark("Day by day"), day_view.show), "view_story": (mark("Stories"), story_view.show),
    "view_folder": (mark("Folder"), folder_view.show)}
"""View to its name and what draws it. The page's address names the view, so that a link opens it."""
FIRST_VIEW = "view_answer"


def show(session: PageSession) -> None:
    """Draw the step: controls, progress, and the chosen view."""
    folder = session.folder()
    if session.open and folder is None:
        session.open = ()
        st.error(get_page_text("There is no such folder among the results.", session.lang))
    if folder is None:
        st.info(_format_first_hint(session))
        _run(session, get_page_text("Run the comparison", session.lang), "run_here")
        folder_view.show_open_controls(session)
        return
    if have_choices_changed(session):
        st.info(get_page_text("Your choices have changed since this was played: run the comparison to see what "
                              "they do.", session.lang))
        _run(session, get_page_text("Run the comparison", session.lang), "run_here")
    if session.open[0] == SHARED_COMPARISONS:
        st.caption(get_page_text("Saved comparison “{name}”: running it again makes a copy in your session.",
                                 session.lang, name=session.open[1]))
    _show_shipped_note(session)
    _progress(session, folder)
    comparison = load_comparison(folder, session)
    if comparison is not None:
        _views(session, comparison)
    else:
        folder_view.show_open_controls(session)


def _show_shipped_note(session: PageSession) -> None:
    """Say which runs of the open comparison were not played on this machine."""
    written = session.read_page_request().get(SHIPPED_KEY)
    try:
        day = format_short_date(date.fromisoformat(str(written)), session.lang)
    except ValueError:
        return
    st.info(get_page_text("These runs were not played here: they were played beforehand, on {day}, and ship with the "
                          "package. Seeds that you add are played here.", session.lang, day=day))


def _format_first_hint(session: PageSession) -> str:
    """What to expect of a first start: within seconds where the runs ship with the package, else how long."""
    lang = session.lang
    try:
        is_shipped = read_first_results().choices == session.choices.to_dict()
    except ValueError as problem:
        reason = localise(problem, lang)
        return get_page_text("No result yet. The first choices take a few minutes to play ({why}).", lang, why=reason)
    if is_shipped:
        return get_page_text("No result yet. The answer to these choices ships with the package: it shows within "
                             "seconds.", lang)
    return get_page_text("No result yet. The page's first choices give an answer within seconds, others once they are "
                         "played.", lang)


def _run(session: PageSession, label: str, key: str, seeds: int | None = None) -> None:
    """Draw a button that starts the chosen comparison, with another number of seeds if one is given."""
    obstacle = "" if seeds else find_obstacle(session)
    pressed = st.button(label, type="primary" if key == "run_here" else "secondary", key=key, disabled=bool(obstacle))
    if obstacle:
        st.caption(obstacle)
    if not pressed or obstacle:
        return
    before = session.choices.seeds
    session.choices.seeds = seeds or before
    refusal = start_comparison(session)
    if refusal:
        session.choices.seeds = before
        st.error(refusal)
    else:
        st.session_state.pop("seeds", None)
        st.rerun()


def _progress(session: PageSession, folder: Path) -> None:
    """Draw the state of the job, updated every second while it runs, and the button that continues it."""
    runs = session.runs()
    progress = job_control.read_job_progress(folder, runs)
    if progress.state in ("running", "queued"):
        _watch_job(session, folder, runs, progress.done)
        return
    if progress.state == "failed":
        st.error(get_page_text("The computation stopped: {why}", session.lang, why=progress.last_line))
    elif progress.state == "stopped":
        st.warning(get_page_text("Stopped: {done} of {all} runs are kept. Resume plays only what is missing.",
                                 session.lang, done=progress.done, all=progress.total))
    elif progress.done < progress.total:
        st.warning(get_page_text("{done} of {all} runs: the rest was not played.", session.lang, done=progress.done,
                                 all=progress.total))
    if have_choices_changed(session):
        return
    if progress.total and progress.done < progress.total:
        _run(session, get_page_text("Resume", session.lang), "resume")
    elif session.read_page_request() and session.choices.seeds < MAX_SEEDS:
        more = min(SEEDS_PER_CLICK, MAX_SEEDS - session.choices.seeds)
        _run(session, get_page_text("Add {n} seeds", session.lang, n=more), "more", session.choices.seeds + more)


def _watch_job(session: PageSession, folder: Path, runs: list[str], done: int) -> None:
    """Draw the progress bar again and again; draw the whole page again when a run is stored or the job ends."""
    seen = [done]

    @st.fragment(run_every=POLL_SECONDS)
    def watch() -> None:
        progress = job_control.read_job_progress(folder, runs)
        _bar(session, progress, folder)
        if progress.state not in ("running", "queued") or progress.done != seen[0]:
            seen[0] = progress.done
            st.rerun(scope="app")

    watch()


def _bar(session: PageSession, progress: job_control.JobProgress, folder: Path) -> None:
    text = get_page_text("{done} of {all} runs", session.lang, done=progress.done, all=progress.total)
    if progress.state == "queued":
        text = get_page_plural("Waiting: {n} computation before this one", "Waiting: {n} computations before this one",
                               progress.ahead, session.lang)
    elif progress.done >= progress.total:
        note = get_page_text("writing tables and figures", session.lang)
        text = f"{text} · {note}"
    elif progress.done == 0:
        note = get_page_text("Preparing the territory and the model (a few minutes the very first time)", session.lang)
        text = f"{text} · {note}"
    elif progress.seconds_left is not None:
        waiting = format_waiting_time(progress.seconds_left, session.lang)
        note = get_page_text("about {time} left", session.lang, time=waiting)
        text = f"{text} · {note}"
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.progress(min(1.0, progress.done / max(1, progress.total)), text)
    if right.button(get_page_text("Cancel", session.lang), key="cancel", icon=":material/stop_circle:"):
        job_control.stop_job(folder)
        st.rerun(scope="app")


def format_waiting_time(seconds: float, lang: str) -> str:
    """A waiting time in words, coarsely rounded."""
    if seconds < 90:
        return get_page_text("{n} s", lang, n=format_number(max(5.0, seconds), lang, -1 if seconds >= 15 else 0))
    return get_page_text("{n} min", lang, n=format_number(seconds / 60, lang))


def load_comparison(folder: Path, session: PageSession) -> Comparison | None:
    """Read what the folder holds so far, again only if it has changed. None if it cannot be read: a line says why."""
    store = folder / "runs"
    fingerprint = (str(folder), store.stat().st_mtime_ns if store.is_dir() else 0,
                   str(session.read_page_request().get("choices")))
    if st.session_state.get("stamp") != fingerprint:
        try:
            st.session_state.reading = read_comparison(folder)
        except (ValueError, FileNotFoundError, KeyError) as problem:
            st.session_state.reading = None
            running = job_control.read_job_progress(folder, session.runs()).state in ("running", "queued")
            if running:
                st.info(get_page_text("First results appear as soon as one seed is played with and without levers.",
                                      session.lang))
            else:
                why = localise(problem, session.lang).split("\n")[0]
                st.warning(get_page_text("This folder cannot be read as a comparison: {why}", session.lang, why=why))
            return None
        st.session_state.stamp = fingerprint
    comparison: Comparison | None = st.session_state.reading
    return comparison


def _views(session: PageSession, comparison: Comparison) -> None:
    labels = list_scenario_labels(dict(comparison.content), session.lang)
    st.caption(get_page_plural("{scene} · {n} seed played", "{scene} · {n} seeds played", comparison.seed_count,
                               session.lang, scene=f"{labels['territory']} · {labels['crises']}"))
    if st.session_state.get("view") not in VIEWS:
        linked = st.query_params.get("view", "")
        st.session_state.view = linked if linked in VIEWS else FIRST_VIEW
    chosen = st.segmented_control(get_page_text("View", session.lang), list(VIEWS), key="view",
                                  format_func=lambda key: get_page_text(VIEWS[key][0], session.lang),
                                  label_visibility="collapsed") or FIRST_VIEW
    st.query_params["view"] = chosen
    VIEWS[chosen][1](session, comparison)
