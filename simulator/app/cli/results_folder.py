"""The words of commands that read a results folder: the folder first, then settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...config.errors import UsageError, choices, one_line
from ...i18n.app_texts import LANGUAGES
from ...records.results import Results, open


def opened(command: str, words: list[str]) -> Results:
    """The results of the folder named by the first plain word. UsageError if there is none."""
    plain = [word for word in words if "=" not in word]
    if not plain:
        raise UsageError("which_folder", command=command)
    try:
        return open(plain[0])
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UsageError("no_results", path=one_line(plain[0])) from None


def numbers(command: str, words: list[str], defaults: Mapping[str, int]) -> dict[str, int]:
    """Whole numbers written name=value. UsageError for another name or value."""
    found = dict(defaults)
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            continue
        if name == "lang":
            if value not in LANGUAGES:
                raise UsageError("lang", value=one_line(value))
        elif name not in defaults:
            raise UsageError("unknown_setting", name=one_line(name), command=command,
                             choices=choices(name, [*defaults, "lang"]))
        elif not value.isdigit() or not 0 <= int(value) < 2**32:
            raise UsageError("whole", name=name, value=one_line(value), low=0, high=2**32 - 1)
        else:
            found[name] = int(value)
    return found


def given(command: str, words: list[str], names: Sequence[str]) -> dict[str, str]:
    """Settings written name=value, quotes and brackets left out. UsageError for another name, or a name twice."""
    found: dict[str, str] = {}
    for word in (word for word in words if "=" in word):
        name, _, value = word.partition("=")
        if name not in names:
            raise UsageError("unknown_setting", name=one_line(name), command=command, choices=choices(name, names))
        if name in found:
            raise UsageError("twice", name=name)
        found[name] = value.strip("'\"[] ")
    if found.get("lang", LANGUAGES[0]) not in LANGUAGES:
        raise UsageError("lang", value=one_line(found["lang"]))
    return found


def only(words: list[str], most: int, topic: str) -> None:
    """UsageError for more than `most` plain words."""
    plain = [word for word in words if "=" not in word]
    if len(plain) > most:
        raise UsageError("extra", word=one_line(plain[most]), topic=topic)
