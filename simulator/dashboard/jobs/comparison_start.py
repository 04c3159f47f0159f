"""Start of a comparison: what stands in its way, then a folder of its own or the open one, and the job."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ...i18n.system_reason import get_system_reason
from ...i18n.texts.page_texts import get_page_text
from ..backend import get_backend
from ..data.choices import ARM_LETTERS, fill_missing_choices
from ..data.first_results import read_first_results
from ..data.workspace import write_page_request
from ..session import OWN_COMPARISONS, PageSession, StartError
from . import job_control

SHIPPED_KEY = "shipped"
"""Entry of a page request: the day on which the runs that came with the package were played."""


def find_obstacle(session: PageSession) -> str:
    """Why the chosen comparison cannot start, in one line; empty if nothing is known to stand in its way.

    Only what is known without resolving all settings, which takes seconds: what else is wrong is refused at the start.
    """
    choices, lang = session.choices, session.lang
    if not choices.crises:
        return get_page_text("Choose at least one crisis to compare.", lang)
    if not choices.portfolios:
        return get_page_text("Add at least one portfolio.", lang)
    for letter, portfolio in zip(ARM_LETTERS, choices.portfolios):
        if not portfolio.doses:
            return get_page_text("Portfolio {letter}: choose at least one lever, or remove it.", lang, letter=letter)
    error, folder = session.current_error(), session.folder()
    if error is not None and error.is_final:
        return error.line
    if folder is None or session.open[0] != OWN_COMPARISONS or have_choices_changed(session):
        return ""
    progress = job_control.read_job_progress(folder, session.runs())
    if progress.state in ("running", "queued"):
        return get_page_text("This comparison is being computed already.", lang)
    if progress.total and progress.done >= progress.total:
        return get_page_text("These choices are played: see the results, or ask for more seeds.", lang)
    return ""


def start_comparison(session: PageSession) -> str:
    """Start the chosen comparison. Returns an empty text if it started, else one line that says why not.

    That line is kept as the session's last error.
    """
    line, is_final = find_obstacle(session), False
    if not line:
        line, is_final = _start(session)
    session.last_error = StartError(line, session.lang, session.choices.to_dict(), is_final) if line else None
    return line


def _start(session: PageSession) -> tuple[str, bool]:
    """Why it did not start (empty if it did), and whether it would not with these choices another time either."""
    choices, lang = session.choices, session.lang
    overrides = [*choices.to_overrides(), f"lang={lang}"]
    plan = get_backend().plan_comparison(overrides, lang)
    if plan.error:
        return plan.error, True
    page = {"choices": choices.to_dict(), "runs": {arm: list(runs) for arm, runs in plan.arms.items()},
            "words": overrides}
    folder, made = _find_resumable_folder(session), None
    try:
        if folder is None:
            folder = made = session.workspace.create_comparison(choices.territory, page)
            session.workspace.copy_stored_runs(plan.runs, folder, _list_reusable_folders(session, folder))
            page |= _copy_shipped_runs(plan.runs, folder)
        else:
            before = session.read_page_request()
            page |= {SHIPPED_KEY: before[SHIPPED_KEY]} if SHIPPED_KEY in before else {}
        write_page_request(folder, page)
        command = get_backend().build_job_command([*overrides, f"results={folder}"])
        started = job_control.start_job(folder, command, plan.runs)
    except OSError as problem:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        return get_page_text("The page could not do this ({why}). Load it again; your choices are kept.", lang,
                             why=get_system_reason(problem)), False
    if not started:
        return get_page_text("This comparison is being computed already.", lang), False
    session.open = (OWN_COMPARISONS, folder.name)
    return "", False


def _copy_shipped_runs(runs: Iterable[str], folder: Path) -> dict[str, str]:
    """Copy the runs that ship with the package if this comparison has all of them; what its page request says of it."""
    try:
        shipped = read_first_results()
    except ValueError:
        return {}
    if not shipped.runs <= set(runs):
        return {}
    shipped.copy_runs(folder)
    return {SHIPPED_KEY: shipped.written}


def _find_resumable_folder(session: PageSession) -> Path | None:
    """The open folder, if it is this session's and its choices are the present ones, but perhaps with fewer seeds."""
    folder = session.folder()
    if folder is None or session.open[:1] != (OWN_COMPARISONS,):
        return None
    before, choices = session.read_page_request().get("choices"), session.choices.to_dict()
    if not isinstance(before, dict):
        return None
    if any(fill_missing_choices(before).get(key) != choices[key] for key in choices if key != "seeds"):
        return None
    return folder if before.get("seeds", 0) <= choices["seeds"] else None


def have_choices_changed(session: PageSession) -> bool:
    """True if the open comparison was started with other choices than the present ones."""
    before: Any = session.read_page_request().get("choices")
    return isinstance(before, dict) and fill_missing_choices(before) != session.choices.to_dict()


def _list_reusable_folders(session: PageSession, folder: Path) -> list[Path]:
    """Folders that may already hold some of the runs: the session's other comparisons, and the open one."""
    workspace, opened = session.workspace, session.folder()
    others = [workspace.session_folder / name for name in workspace.list_own_names() if name != folder.name]
    return [*others, opened] if opened is not None and opened not in others else others
