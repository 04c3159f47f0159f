"""Arguments of commands that read a results folder: the folder first, then name=value settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...config.errors import UsageError, check_language, suggest_names, to_usage_error
from ...i18n.translation import DEFAULT_LANGUAGE
from ...records.files.run_files import OlderVersionError
from ...records.results import Results, open


def list_plain_words(words: Sequence[str]) -> list[str]:
    """The words that set nothing: a folder, a table."""
    return [word for word in words if "=" not in word]


def open_named_results(command: str, words: list[str]) -> Results:
    """The results of the folder named by the first plain word. UsageError if there is none."""
    plain = list_plain_words(words)
    if not plain:
        raise UsageError("{command} which results? expected: resilience {command} FOLDER", command=command)
    try:
        return open(plain[0])
    except OlderVersionError as problem:
        raise to_usage_error(problem) from None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UsageError("{path}: no results here; give a folder that a run, a comparison or a study printed on "
                         "its last line", path=plain[0]) from None


def parse_whole_settings(command: str, words: list[str], defaults: Mapping[str, int]) -> dict[str, int]:
    """The settings name=value as whole numbers, over their defaults; lang= is checked and left out.

    UsageError for a name without a default, or a value that is no whole number below 2^32.
    """
    found = dict(defaults)
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            continue
        if name == "lang":
            check_language(value)
        elif name not in defaults:
            raise UsageError("unknown setting {name!r} for {command}; nearest: {choices} (resilience {command} "
                             "--help)", name=name, command=command,
                             choices=suggest_names(name, [*defaults, "lang"]))
        elif not value.isdigit() or not 0 <= int(value) < 2**32:
            raise UsageError("{name} = {value!r}: expected a whole number, {low} to {high}", name=name,
                             value=value, low=0, high=2**32 - 1)
        else:
            found[name] = int(value)
    return found


def parse_text_settings(command: str, words: list[str], names: Sequence[str]) -> dict[str, str]:
    """The settings name=value as text, without quotes and brackets around the value.

    UsageError for a name that is not in `names`, a name given twice, or an unknown language.
    """
    found: dict[str, str] = {}
    for word in (word for word in words if "=" in word):
        name, _, value = word.partition("=")
        if name not in names:
            raise UsageError("unknown setting {name!r} for {command}; nearest: {choices} (resilience {command} "
                             "--help)", name=name, command=command, choices=suggest_names(name, names))
        if name in found:
            raise UsageError("setting {name!r} is given twice; keep one", name=name)
        found[name] = value.strip("'\"[] ")
    check_language(found.get("lang", DEFAULT_LANGUAGE))
    return found


def check_argument_count(words: list[str], most: int, topic: str) -> None:
    """UsageError for more than `most` words without =."""
    plain = list_plain_words(words)
    if len(plain) > most:
        raise UsageError("unexpected word {word!r} after {topic}; leave it out", word=plain[most],
                         topic=topic)


def parse_whole_number(name: str, word: str, low: int, high: int) -> int:
    """The word as a whole number from low to high. UsageError for anything else."""
    if not (word.isascii() and word.isdigit() and low <= int(word) <= high):
        raise UsageError("{name} = {value!r}: expected a whole number, {low} to {high}", name=name,
                         value=word, low=low, high=high)
    return int(word)
