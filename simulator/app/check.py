"""`resilience check`: the same harness for a card of one's own as for the project's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UsageError, choices, one_line
from .source import file_of, home, names, shown
from .words import LANGUAGES, say

if TYPE_CHECKING:
    from .main import Line

KINDS = ("lever", "crisis")


def command(line: Line) -> int:
    """Print what is wrong with each card, or that it is good. 0 if all are good, 2 if not."""
    words = [word for word in line.words if not word.startswith("lang=")]
    for word in line.words:
        if word.startswith("lang=") and word[5:] not in LANGUAGES:
            raise UsageError("lang", value=one_line(word[5:]))
    if len(words) < 2 or words[0] not in KINDS:
        raise UsageError("check_what")
    kind = words[0]
    files = [_file(kind, word) for word in words[1:]]
    wrong = 0
    for file in files:
        found = [one_line(finding) for finding in findings(kind, file)]
        wrong += bool(found)
        for finding in found or [say("card_good", line.labels, path=file)]:
            print(finding if str(file) in finding or not found else say("card_bad", line.labels, path=file, text=finding))
    return 2 if wrong else 0


def _file(kind: str, word: str) -> Path:
    """The file of a path, or of the name of one of the project's cards. UsageError if there is none."""
    path = Path(word)
    try:
        if path.is_file():
            return path
        if path.is_dir():
            raise UsageError("folder_not_file", path=word)
        return shown(file_of(kind, word, [home()]))
    except (OSError, ValueError, KeyError):
        known = names(kind, [home()])
        raise UsageError("no_file", path=one_line(word), choices=choices(path.stem, known)) from None


def findings(kind: str, file: Path) -> list[str]:
    """What the harness says of a card, nothing if it is good."""
    if kind == "lever":
        from ..levers.check import check as lever_check

        return [str(one) for one in lever_check(file)]
    from ..crises.check import check as crisis_check

    return [str(one) for one in crisis_check(file)]
