"""arms= of `compare`: named portfolios of levers with doses, instead of one arm for each lever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..i18n.translation import Message
from ..levers.card import Lever
from .cards.card_files import find_shipped_configs
from .cards.card_names import find_card_name
from .errors import UsageError, flatten_text, suggest_names

RESERVED_ARM_NAMES = ("baseline", "together")
MAX_ARM_NAME_LENGTH = 40
"""Longest name of an arm, characters."""


def check_comparison_levers(settings: Mapping[str, Any], levers: Sequence[Lever]) -> None:
    """UsageError where there is nothing to compare."""
    if not levers:
        raise UsageError("compare needs at least one lever: lever=coordinator, lever=[a,b] or lever=all "
                         "(resilience describe levers)")
    if settings["together"] and len(levers) < 2:
        raise UsageError("together=true needs two levers or more; chosen: {chosen}",
                         chosen=", ".join(lever.id for lever in levers))


def read_named_arms(settings: Mapping[str, Any], levers: Sequence[Lever]) -> dict[str, tuple[Lever, ...]]:
    """Name of each arm to its levers at their doses; empty without arms=.

    levers: the cards chosen by lever=, in order of name. UsageError for an invalid name, lever or dose.
    """
    arms = settings.get("arms")
    if arms is None:
        return {}
    if not isinstance(arms, Mapping) or not arms:
        raise UsageError("arms = {value}: expected names with levers, such as "
                         "arms={{A:[coordinator,fans],B:{{outreach:2}}}}", value=flatten_text(arms))
    if settings.get("together"):
        raise UsageError("arms= cannot be used with {name}=; leave one of them out", name="together")
    by_name = dict(zip(sorted(settings["lever"]), levers))
    return {_check_arm_name(name): _build_arm_levers(name, doses, by_name) for name, doses in arms.items()}


def _check_arm_name(name: Any) -> str:
    text = str(name)
    if not text.isprintable() or not 0 < len(text.strip()) <= MAX_ARM_NAME_LENGTH or text in RESERVED_ARM_NAMES:
        raise UsageError("arms: {name!r}: expected a name of 1 to 40 characters, other than baseline and together",
                         name=flatten_text(name))
    return text


def _build_arm_levers(name: Any, doses: Any, known: Mapping[str, Lever]) -> tuple[Lever, ...]:
    """The levers of one arm. doses: lever to dose (None for the card's own), or a list of levers."""
    if isinstance(doses, list):
        doses = dict.fromkeys(doses)
    if not isinstance(doses, Mapping) or not doses:
        raise UsageError("arms = {value}: expected names with levers, such as "
                         "arms={{A:[coordinator,fans],B:{{outreach:2}}}}", value=flatten_text({name: doses}))
    folders = [find_shipped_configs()]
    doses = {one if one in known else find_card_name("lever", str(one), folders) or one: dose
             for one, dose in doses.items()}
    for lever, dose in doses.items():
        if lever not in known:
            raise UsageError("setting {name!r}: {group} {card!r} is not chosen here; chosen: {chosen}; add "
                             "{group}=[…,{card}]", name=f"arms.{name}.{flatten_text(lever)}", group="lever",
                             card=flatten_text(lever),
                             chosen=suggest_names("", known) if known else Message("none", context="list"))
        is_number = isinstance(dose, (int, float)) and not isinstance(dose, bool)
        card = known[lever]
        if dose is not None and not (is_number and (dose == 0 or card.dose_low <= dose <= card.dose_high)):
            raise UsageError("{name} = {value!r}: expected {expected}", name=f"arms.{name}.{lever}",
                             value=flatten_text(dose),
                             expected=Message("a dose, 0 to {most:g}", most=card.dose_high) if not card.dose_low else
                             Message("dose 0, or {low:g} to {most:g}", low=card.dose_low, most=card.dose_high))
    return tuple(known[lever] if dose is None else replace(known[lever], dose=float(dose))
                 for lever, dose in sorted(doses.items()))
