"""Step 3: run, watch, look. What is there so far is shown while the rest is being played."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ...i18n.number import number
from ...i18n.page_texts import say
from ...report.terminal.summary import place
from ..data.comparison import Reading, read
from ..jobs import jobs
from ..jobs.running import begin, changed
from ..views import answer_view, day_view, folder_view, group_view, map_view, story_view
from .choices import MOST_SEEDS
from .state import SHARED, State

MORE = 6
"""Seeds that one click adds."""
EVERY = 1.0
"""Seconds between two looks at the progress of a job."""
VIEWS: dict[str, Callable[[State, Reading], None]] = {
    "view_answer": answer_view.show, "view_recovery": answer_view.show_recovery, "view_groups": group_view.show,
    "view_map": map_view.show, "view_days": day_view.show, "view_story": story_view.show,
    "view_folder": folder_view.show}


def show(here: State) -> None:
    """Controls, progress, and the view that was chosen."""
    import streamlit as st

    folder = here.folder()
    if here.open and folder is None:
        here.open = ()
        st.error(say("no_folder", here.lang))
    if folder is None:
        st.info(say("nothing_yet", here.lang))
        _run(here, say("run", here.lang), "run_here")
        folder_view.opening(here)
        return
    if changed(here):
        st.info(say("changed", here.lang))
        _run(here, say("run", here.lang), "run_here")
    if here.open[0] == SHARED:
        st.caption(say("read_only", here.lang, name=here.open[1]))
    _progress(here, folder)
    reading = reading_of(folder, here)
    if reading is not None:
        _views(here, reading)
    else:
        folder_view.opening(here)


def _run(here: State, label: str, key: str, seeds: int | None = None) -> None:
    """A button that starts what is chosen, with so many seeds."""
    import streamlit as st

    if not st.button(label, type="primary" if key == "run_here" else "secondary", key=key):
        return
    before = here.choices.seeds
    here.choices.seeds = seeds or before
    refusal = begin(here)
    if refusal:
        here.choices.seeds = before
        st.error(refusal)
    else:
        st.session_state.pop("seeds", None)
        st.rerun()


def _progress(here: State, folder: Path) -> None:
    """The state of the job, looked at again every second while it runs."""
    import streamlit as st

    runs = here.runs()
    found = jobs.progress(folder, runs)
    if found.state == "running":
        seen = [found.done]

        @st.fragment(run_every=EVERY)
        def watch() -> None:
            now = jobs.progress(folder, runs)
            _bar(here, now, folder)
            if now.state != "running" or now.done != seen[0]:
                seen[0] = now.done
                st.rerun(scope="app")

        watch()
        return
    if found.state == "failed":
        st.error(say("failed_job", here.lang, why=found.said))
    elif found.state == "stopped":
        st.warning(say("stopped", here.lang, done=found.done, all=found.all))
    elif found.done < found.all:
        st.warning(say("unfinished", here.lang, done=found.done, all=found.all))
    if changed(here):
        return
    if found.all and found.done < found.all:
        _run(here, say("resume", here.lang), "resume")
    elif here.page() and here.choices.seeds < MOST_SEEDS:
        more = min(MORE, MOST_SEEDS - here.choices.seeds)
        _run(here, say("more_seeds", here.lang, n=more), "more", here.choices.seeds + more)


def _bar(here: State, now: jobs.Progress, folder: Path) -> None:
    import streamlit as st

    text = say("playing", here.lang, done=now.done, all=now.all)
    if now.done == 0:
        text = f"{text} · {say('preparing', here.lang)}"
    elif now.left is not None:
        text = f"{text} · {say('left', here.lang, time=time_text(now.left, here.lang))}"
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.progress(min(1.0, now.done / max(1, now.all)), text)
    if right.button(say("cancel", here.lang), key="cancel", icon=":material/stop_circle:"):
        jobs.stop(folder)
        st.rerun(scope="app")


def time_text(seconds: float, lang: str) -> str:
    """A time to wait, rounded as one may promise it."""
    if seconds < 90:
        return say("seconds", lang, n=number(max(5.0, seconds), lang, -1 if seconds >= 15 else 0))
    return say("minutes", lang, n=number(seconds / 60, lang))


def reading_of(folder: Path, here: State) -> Reading | None:
    """What the folder holds so far, read anew only when it has changed; None, and a line, if it cannot be read."""
    import streamlit as st

    store = folder / "runs"
    stamp = (str(folder), store.stat().st_mtime_ns if store.is_dir() else 0, str(here.page().get("choices")))
    if st.session_state.get("stamp") != stamp:
        try:
            st.session_state.reading = read(folder)
        except (ValueError, FileNotFoundError, KeyError) as problem:
            st.session_state.reading = None
            running = jobs.progress(folder, here.runs()).state == "running"
            text = str(problem).split("\n")[0]
            st.info(say("waiting", here.lang)) if running else st.warning(say("not_read", here.lang, why=text))
            return None
        st.session_state.stamp = stamp
    found: Reading | None = st.session_state.reading
    return found


def _views(here: State, reading: Reading) -> None:
    import streamlit as st

    told = place(dict(reading.content), here.lang)
    many = "so_far" if reading.draws > 1 else "so_far_one"
    st.caption(say(many, here.lang, scene=f"{told['territory']} · {told['crises']}", seeds=reading.draws))
    chosen = st.segmented_control(say("views", here.lang), list(VIEWS), default="view_answer", key="view",
                                  format_func=lambda key: say(key, here.lang), label_visibility="collapsed")
    VIEWS[chosen or "view_answer"](here, reading)
