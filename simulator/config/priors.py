"""priors=FILE: a team's own ranges for the model's numbers, read from YAML and checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..analysis.uncertainty.priors import DEFAULT_SURENESS, PriorRange
from ..cards.reader import read_yaml_card
from ..i18n.translation import Message
from .cards.card_files import shorten_path
from .errors import UsageError, flatten_text, get_system_reason, suggest_names, to_usage_error
from .parameter_ranges import list_parameter_ranges

PRIOR_ENTRIES = ("low", "high", "sure", "who")


def resolve_priors(settings: Mapping[str, Any]) -> dict[str, PriorRange]:
    """What priors= names; empty without it. UsageError where it cannot be used, or redraw= without it."""
    word, redraw = settings.get("priors"), settings.get("redraw", False)
    if word is None:
        if redraw:
            raise UsageError("redraw=true draws numbers within the ranges of a file; name it: priors=my_priors.yaml")
        return {}
    if settings.get("uncertainty") == "seeds" and not settings.get("ensemble"):
        raise UsageError("priors= weighs plausible sets of numbers; leave uncertainty=seeds out")
    if redraw and settings.get("ensemble"):
        raise UsageError("redraw=true draws anew the numbers of each seed; leave ensemble= out")
    return read_priors(Path(str(word)))


def read_priors(file: Path) -> dict[str, PriorRange]:
    """Dotted name of each number to its range. UsageError, one line that names the entry, for anything else.

    The file: `who: TEXT` (optional, for all numbers), and `numbers:` with a line for each,
    `model.GROUP.NUMBER: {low: …, high: …, sure: …, who: TEXT}`. sure: probability that the number lies in the range,
    above 0.5 to 1, 0.9 by default.
    """
    path = shorten_path(file)
    try:
        mapping, _ = read_yaml_card(path)
    except OSError as problem:
        why = get_system_reason(problem)
        raise UsageError("{path}: cannot be read ({why}); mend the path or the rights", path=path, why=why) from None
    except ValueError as problem:
        raise to_usage_error(problem, str(path)) from None
    numbers, everybody = mapping.get("numbers"), mapping.get("who", "")
    for entry in mapping:
        if entry not in ("numbers", "who"):
            raise _refuse(path, entry, entry, Message("numbers and who alone"))
    if not isinstance(numbers, Mapping) or not numbers:
        raise _refuse(path, "numbers", numbers, Message("a line for each number, such as model.asking.ask: {{low: 0.5, "
                                                        "high: 0.7, who: our survey}}"))
    declared = {name: ends for name, ends in list_parameter_ranges().items() if name.startswith("model.")}
    return {str(name): _read_range(path, str(name), entry, everybody, declared) for name, entry in numbers.items()}


def _read_range(path: Path, name: str, entry: Any, everybody: Any,
                declared: Mapping[str, tuple[float, float]]) -> PriorRange:
    if name not in declared:
        raise _refuse(path, name, name, Message("a number of the model; nearest: {names}",
                                                names=suggest_names(name, declared)))
    if not isinstance(entry, Mapping) or not {"low", "high"} <= set(entry) <= set(PRIOR_ENTRIES):
        raise _refuse(path, name, entry, Message("low, high, and perhaps sure and who"))
    who, sure = entry.get("who", everybody), entry.get("sure", DEFAULT_SURENESS)
    if not isinstance(who, str) or not who.strip():
        raise _refuse(path, f"{name}.who", who, Message("who says so, in words, here or for the whole file"))
    least, most = declared[name]
    ends = [entry["low"], entry["high"]]
    if not all(map(_is_number, ends)) or not least <= ends[0] < ends[1] <= most:
        expected = Message("low below high, both within {least:g} to {most:g}, the range declared with the number",
                           least=least, most=most)
        raise _refuse(path, name, f"{ends[0]} to {ends[1]}", expected)
    if not _is_number(sure) or not 0.5 < sure <= 1:
        raise _refuse(path, f"{name}.sure", sure, Message("a probability, above 0.5 to 1"))
    return PriorRange(float(ends[0]), float(ends[1]), float(sure), who.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _refuse(path: Path, entry: Any, found: Any, expected: Message) -> UsageError:
    return UsageError("{path}: {name}: found {value}; expected {expected}", path=path, name=flatten_text(entry),
                      value=flatten_text(found), expected=expected)
