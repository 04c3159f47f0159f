"""From choices to a job: what would be played is checked first, then a folder is made, or the open one goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...i18n.page_texts import say
from ..backend import door
from ..steps.choices import completed
from ..steps.state import MINE, State
from . import jobs
from .workspace import keep_page


def begin(here: State) -> str:
    """Start what was chosen; empty if it started, else one line that says why not."""
    choices, lang = here.choices, here.lang
    for letter, one in zip("ABCDEF", choices.portfolios):
        if not one.doses:
            return say("empty", lang, letter=letter)
    if not choices.crises:
        return say("no_crisis", lang)
    words = [*choices.words(), f"lang={lang}"]
    plan = door().plan(words, lang)
    if plan.refusal:
        return plan.refusal
    page = {"choices": choices.plain(), "runs": {arm: list(runs) for arm, runs in plan.arms.items()}, "words": words}
    folder = _goes_on(here)
    try:
        if folder is None:
            folder = here.workspace.make(choices.territory, page)
            here.workspace.reuse(plan.runs, folder, _others(here, folder))
        else:
            keep_page(folder, page)
        started = jobs.start(folder, door().job([*words, f"results={folder}"]), plan.runs)
    except OSError as problem:
        return say("broken", lang, why=problem.strerror or type(problem).__name__)
    if not started:
        return say("busy", lang)
    here.open = (MINE, folder.name)
    return ""


def _goes_on(here: State) -> Path | None:
    """The open folder, if it is this session's and was asked for with the same choices but for more seeds."""
    folder = here.folder()
    if folder is None or here.open[:1] != (MINE,):
        return None
    before, now = here.page().get("choices"), here.choices.plain()
    if not isinstance(before, dict) or any(completed(before).get(key) != now[key] for key in now if key != "seeds"):
        return None
    return folder if before.get("seeds", 0) <= now["seeds"] else None


def changed(here: State) -> bool:
    """True if what is open is not what is chosen now."""
    before: Any = here.page().get("choices")
    return isinstance(before, dict) and completed(before) != here.choices.plain()


def _others(here: State, folder: Path) -> list[Path]:
    """Folders that may hold runs of the same key: this session's, and the open one."""
    found = [here.workspace.own / name for name in here.workspace.mine_names() if name != folder.name]
    opened = here.folder()
    return [*found, opened] if opened is not None and opened not in found else found
