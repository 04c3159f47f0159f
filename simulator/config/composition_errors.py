"""What Hydra and OmegaConf refuse when they compose settings, said in one line of ours that names the setting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from omegaconf.errors import (
    InterpolationKeyError,
    InterpolationResolutionError,
    MissingMandatoryValue,
    UnsupportedInterpolationType,
)

from ..cards.reader import CARD_TYPE_NAMES
from ..i18n.translation import Message
from .errors import UsageError, flatten_text
from .overrides import Override

HYDRA_TYPE_NAMES = {"Float": CARD_TYPE_NAMES[float], "Integer": CARD_TYPE_NAMES[int], "Boolean": CARD_TYPE_NAMES[bool],
                    "String": CARD_TYPE_NAMES[str]}
EXPECTED_VALUES = {
    "is not Optional": Message("a value, not null"),
    "to string": CARD_TYPE_NAMES[str],
    "valid bool": CARD_TYPE_NAMES[bool],
    "with ListConfig|is not a ListConfig": Message("a list"),
    "with DictConfig|is not a DictConfig|not a dict": Message("named entries"),
    "missing mandatory value|mandatory value": Message("a value, not ???"),
}
"""Pattern of OmegaConf's words to what was expected of the setting."""
MAX_QUOTED = 80
"""Characters of a library's own words that a message quotes."""


def explain_composition_error(problem: BaseException, overrides: Sequence[Override] = ()) -> UsageError:
    """What Hydra or OmegaConf refused, as one line that names the setting, its value and what was expected."""
    if isinstance(problem, OverflowError):
        longest = max(overrides, key=lambda one: len(str(one.value)))
        return _make_error(longest, Message("a number below 1e308"), f"{str(longest.value)[:20]}…")
    chain = list(_list_causes(problem))
    text = flatten_text(" ".join(map(str, chain)))
    keys = [getattr(one, "full_key", None) for one in chain]
    override = _find_override(text, overrides, keys)
    name = override.key if override else next(filter(None, keys), None) or Message("settings")
    reference = _explain_reference(chain, text)
    if reference is not None:
        return UsageError("{name} = {value!r}: {why}; expected a value, or the name of a setting, such as {example}",
                          name=name, value=flatten_text(override.value) if override else "${…}", why=reference,
                          example="${seeds}")
    found = re.search(r"could not be converted to (\w+)", text)
    expected = HYDRA_TYPE_NAMES.get(found[1]) if found else None
    expected = expected or next((what for words, what in EXPECTED_VALUES.items() if re.search(words, text)), None)
    if override is not None and expected is not None:
        return _make_error(override, expected, flatten_text(override.value))
    if expected is not None:
        return UsageError("{name}: expected {expected}", name=name, expected=expected)
    return UsageError("{name}: this value cannot be used; expected one that the setting takes ({why})",
                      name=name, why=_quote(str(chain[-1])))


def _list_causes(problem: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = problem
    while one is not None:
        yield one
        one = one.__cause__


def _find_override(text: str, overrides: Sequence[Override], keys: Sequence[str | None]) -> Override | None:
    """The setting that an error is about: named by the error, else the first that refers to another."""
    for override in overrides:
        is_named = override.key in keys or f"full_key: {override.key} " in f"{text} "
        if is_named or override.text and override.text in text:
            return override
    return next((one for one in overrides if "${" in str(one.value)), None)


def _explain_reference(chain: Sequence[BaseException], text: str) -> Message | None:
    """Why a value with ${…} leads nowhere; None for another error."""
    last = chain[-1]
    if "${" not in text and not isinstance(last, (InterpolationKeyError, InterpolationResolutionError,
                                                  UnsupportedInterpolationType)):
        return None
    if any(isinstance(one, InterpolationKeyError) for one in chain):
        found = re.search(r"Interpolation key '(.*?)'", text)
        return Message("there is no setting {name!r}", name=found[1] if found else "?")
    if "Environment variable" in text:
        return Message("the environment has no such variable")
    if any(isinstance(one, UnsupportedInterpolationType) for one in chain):
        return Message("${{…:…}} knows no such source")
    if "Recursive" in text:
        return Message("it refers to itself")
    if any(isinstance(one, MissingMandatoryValue) for one in chain):
        return Message("the setting it names has no value")
    if re.search("no viable|recognition|mismatched|extraneous", text):
        return Message("its reference ${{…}} is not written as one")
    return Message("its reference leads to no value") if "nterpolation" in text else None


def _make_error(override: Override, expected: Message, value: str) -> UsageError:
    return UsageError("{name} = {value!r}: expected {expected}", name=override.key, value=value, expected=expected)


def _quote(text: str) -> str:
    """A library's own words on one line, without the technical lines that follow, cut."""
    plain = flatten_text(re.sub(r"\s+(full_key|object_type|reference_type)[:=].*", "", text, flags=re.DOTALL))
    return plain if len(plain) <= MAX_QUOTED else f"{plain[:MAX_QUOTED]}…"
