"""One resident's story, written by a process of its own, because it replays two runs.

`python -m simulator.dashboard.jobs.story_process FILE FOLDER RUN RESIDENT LANG` writes the story to FILE.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from ...i18n.translation import localise, translate
from ...records.files.parquet import write_text_atomically
from ...records.results import open as open_results
from . import background_tasks
from .job_control import build_module_command

STORIES_FOLDER = ".stories"
STORY_LINE_WIDTH = 76
"""Characters of a line, so that it fits a tablet."""
CASES_CHOICE = "cases"
"""Instead of one resident: six recognisable ones, in every arm."""
MAX_STORIES = 2
"""Stories written at a time, over all sessions."""


@dataclass(frozen=True)
class StoryRequest:
    """A story that is requested.

    session_folder: where it is stored. folder: the comparison's. run: id of the run. resident: a number, one of
    RESIDENT_CHOICES, or CASES_CHOICE.
    """

    session_folder: Path
    folder: Path
    run: str
    resident: str
    lang: str

    @property
    def file(self) -> Path:
        """Where the story is stored: in the session's folder, whichever comparison it is from."""
        key = hashlib.sha256("\n".join((self.run, self.resident, self.lang)).encode()).hexdigest()[:20]
        return self.session_folder / STORIES_FOLDER / f"{key}.txt"

    def read_text(self) -> str | None:
        """The story; None if it has not been written."""
        try:
            return self.file.read_text(encoding="utf-8")
        except OSError:
            return None

    def is_running(self) -> bool:
        """True while it is being written."""
        return background_tasks.is_task_running(self.file)

    def read_error(self) -> str:
        """The line that says why it could not be written; empty if it did not fail."""
        code = background_tasks.get_task_exit_code(self.file)
        if not code:
            return ""
        try:
            lines = self.file.with_suffix(".log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        except OSError:
            lines = []
        return lines[-1] if lines else translate("exit code {code}", self.lang, code=code)


def start_story(request: StoryRequest) -> bool:
    """Start writing a story. False if too many are being written. OSError if it cannot start."""
    if request.is_running():
        return True
    if background_tasks.count_running_tasks(STORIES_FOLDER) >= MAX_STORIES:
        return False
    arguments = [str(request.file), str(request.folder), request.run, request.resident, request.lang]
    command = build_module_command("simulator.dashboard.jobs.story_process", arguments)
    background_tasks.start_task(request.file, command, request.file.with_suffix(".log"))
    return True


def main(arguments: list[str]) -> int:
    """Replay the resident with and without levers and write the story, whole or not at all. Returns the exit code."""
    file, folder, run, resident, lang = arguments
    if resident == CASES_CHOICE:
        return write_cases_text(Path(file), Path(folder), lang)
    from ...report.stories.text import format_story
    from ...studies.story_replay import replay_story, select_stored_run

    try:
        chosen = int(resident) if resident.isdigit() else resident
        story = replay_story(select_stored_run(open_results(folder), run=run), chosen)
    except ValueError as problem:
        print(localise(problem, lang).split("\n")[0])
        return 2
    write_text_atomically(Path(file), format_story(story, lang, STORY_LINE_WIDTH))
    return 0


def write_cases_text(file: Path, folder: Path, lang: str) -> int:
    """Write the six cases of a comparison, kept beside its runs or else played. Returns the exit code."""
    from ...report.stories.cases import format_cases
    from ...studies.stored_cases import load_cases

    try:
        sheet = load_cases(open_results(folder))
    except ValueError as problem:
        print(localise(problem, lang).split("\n")[0])
        return 2
    write_text_atomically(file, format_cases(sheet, lang, STORY_LINE_WIDTH))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
