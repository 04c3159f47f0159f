"""One resident's story, told by a process of its own: `python -m simulator.dashboard.jobs.story_process FILE FOLDER RUN WHO LANG`.

Two lives are played again for it, which takes as long as two runs; the page stays free meanwhile.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from ...records.parquet import write_text
from ...records.results import open as open_results
from . import background
from .jobs import python

FOLDER = ".stories"
WIDTH = 76
"""Characters of a line: fits a tablet."""
TOGETHER = 2
"""Stories told at a time, of all sessions."""


@dataclass(frozen=True)
class Asked:
    """A story that somebody asks for. own: the session's folder; folder: the comparison; who: a number or a choice."""

    own: Path
    folder: Path
    run: str
    who: str
    lang: str

    @property
    def file(self) -> Path:
        """Where the story is kept once it is told: with the session, whatever folder it comes from."""
        key = hashlib.sha256("\n".join((self.run, self.who, self.lang)).encode()).hexdigest()[:20]
        return self.own / FOLDER / f"{key}.txt"

    def text(self) -> str | None:
        """The story; None if it has not been told."""
        try:
            return self.file.read_text(encoding="utf-8")
        except OSError:
            return None

    def telling(self) -> bool:
        """True while it is being told."""
        return background.away(self.file)

    def failed(self) -> str:
        """The line that says why it could not be told; empty if that is not so."""
        code = background.how_ended(self.file)
        if not code:
            return ""
        try:
            lines = self.file.with_suffix(".log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        except OSError:
            lines = []
        return lines[-1] if lines else f"exit code {code}"


def ask(asked: Asked) -> bool:
    """Have a story told. False if too many are being told. OSError if it cannot start."""
    if asked.telling():
        return True
    if background.count(FOLDER) >= TOGETHER:
        return False
    words = [str(asked.file), str(asked.folder), asked.run, asked.who, asked.lang]
    background.send(asked.file, python("simulator.dashboard.jobs.story_process", words), asked.file.with_suffix(".log"))
    return True


def main(words: list[str]) -> int:
    """Play the two lives and write the story, whole or not at all."""
    file, folder, run, who, lang = words
    from ...report.stories.story_text import story_text
    from ...studies.replay_story import retell, stored

    try:
        story = retell(stored(open_results(folder), run=run), int(who) if who.isdigit() else who)
    except ValueError as problem:
        print(str(problem).split("\n")[0])
        return 2
    write_text(Path(file), story_text(story, lang, WIDTH))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
