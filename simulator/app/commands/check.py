"""`resilience check`: the same harness for a card of one's own as for the project's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ...cards.reader import CardError
from ...config.catalogue import every, one
from ...config.errors import UsageError, choices, one_line
from ...config.settings import MANY
from ...config.source import file_of, home, names, shown
from ...i18n.app_texts import LANGUAGES, say

if TYPE_CHECKING:
    from ...world.world import World
    from ..cli.main import Line

KINDS = ("lever", "crisis")
GROUNDS = ("village", "three_sites")
"""Where a card is tried: the small territory, then the default one if nobody in the first is concerned."""
BAD = 2
"""Exit code when a card has a fault."""


def command(line: Line) -> int:
    """Print what is wrong with each card, or that it is good. 0 if all are good, 2 if not."""
    words, where = _settings(line.words)
    if len(words) < 2 or words[0] not in KINDS:
        raise UsageError("check_what")
    kind = words[0]
    files = [_file(kind, word) for word in words[1:]]
    grounds = [where] if where else list(GROUNDS)
    wrong = 0
    for file in files:
        found = findings(kind, file, grounds)
        wrong += bool(found)
        for told in found or [say("card_good", line.labels, path=file)]:
            print(told if not found or str(file) in told else f"{file}: {told}")
    return BAD if wrong else 0


def _settings(words: list[str]) -> tuple[list[str], str]:
    """Plain words, and the territory asked for. UsageError for another setting."""
    plain, where = [], ""
    for word in words:
        name, _, value = word.partition("=")
        if word.startswith("territory="):
            where = value
        elif word.startswith("lang="):
            if value not in LANGUAGES:
                raise UsageError("lang", value=one_line(value))
        elif "=" in word and not Path(word).exists():
            raise UsageError("unknown_setting", name=one_line(name), command="check", choices="territory, lang")
        else:
            plain.append(word)
    return plain, where


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


def findings(kind: str, file: Path, grounds: Sequence[str]) -> list[str]:
    """What the harness says of a card, nothing if it is good. A card that reaches nobody in the first territory of
    `grounds` is tried in the next."""
    harness = import_module(f"...{MANY[kind]}.check", __package__)
    try:
        found = harness.check_file(file)
        for name in grounds if not found else ():
            found = harness.check_file(file, _world(name))
            if not any(finding.rule == "reaches" for finding in found):
                break
    except (CardError, UnicodeDecodeError) as problem:
        return [one_line(problem)]
    return [one_line(finding) for finding in found]


@lru_cache(maxsize=4)
def _world(name: str) -> World:
    """The territory as it is at the start, for cards to be tried in."""
    from ...parameters import Model
    from ...world.build import build

    folders = [home()]
    sites = {found.card.id: found.card for found in every("site", folders)}
    return build(one("territory", name, folders).card, Model(), 1, sites)
