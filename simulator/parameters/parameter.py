"""How a number of the model is declared: the check, the documentation, sweeps and sliders all read the declaration."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from ..i18n.translation import Message, mark

GRADES = (mark("measured"), mark("published"), mark("derived"), mark("assumption"))
"""How well founded a number is, from best to least."""


def parameter(default: float, *, unit: str, low: float, high: float, source: str, doc: str,
              grade: str = "assumption") -> Any:
    """Declare one number of a `ParameterGroup`: default, unit, allowed range, source, meaning (doc) and grade.

    Returns a dataclass field. ValueError for an unknown grade.
    """
    if grade not in GRADES:
        raise ValueError(f"grade {grade!r}: expected one of {', '.join(GRADES)}")
    return field(default=default, metadata={"unit": unit, "low": low, "high": high, "source": source, "doc": doc,
                                            "grade": grade})


def keep_plain(numbers: Any) -> Any:
    """The numbers as they are."""
    return numbers


PACKING: list[Callable[[Any], Any]] = [keep_plain]
"""What `ParameterGroup.numbers` makes of a named tuple. As Numba is not imported here, a world, whose columns compiled
loops take, puts `pack_tuple` in this place."""


@cache
def _namedtuple_of_group(cls: type) -> Any:
    """The named-tuple class of a group, also an attribute of this module, where cached compiled code looks for it."""
    kind = namedtuple(f"{cls.__name__}Numbers", [f.name for f in fields(cls) if "unit" in f.metadata])  # type: ignore[misc]
    kind.__module__ = __name__
    globals()[kind.__name__] = kind
    return kind


def __getattr__(name: str) -> Any:
    """A group's named-tuple class, created here if cached compiled code asks for it before `numbers` does."""
    for cls in ParameterGroup.__subclasses__():
        if name == f"{cls.__name__}Numbers":
            return _namedtuple_of_group(cls)  # type: ignore[arg-type]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass
class ParameterGroup:
    """Base class of groups of parameters. `numbers` is the group as a named tuple of floats for compiled code."""

    @property
    def numbers(self) -> Any:
        """Named tuple of floats, one per declared parameter, in order of declaration. Cached until a number changes."""
        packed_by, numbers = self.__dict__.get("_numbers", (None, None))
        if packed_by is not PACKING[0]:
            kind = _namedtuple_of_group(type(self))  # type: ignore[arg-type]
            numbers = PACKING[0](kind(*(float(getattr(self, name)) for name in kind._fields)))
            self.__dict__["_numbers"] = PACKING[0], numbers
        return numbers

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute, and discard the cached `numbers`. AttributeError for a name that is no parameter."""
        if name not in self.__dataclass_fields__ and name[0] != "_":
            raise AttributeError(Message("{group} has no number {name}: expected one of {known}",
                                         group=type(self).__name__, name=repr(name),
                                         known=tuple(self.__dataclass_fields__)))
        self.__dict__.pop("_numbers", None)
        super().__setattr__(name, value)

    def check(self, where: str = "") -> None:
        """ValueError naming the first parameter that is no number or out of range. where: prefix of its name."""
        for item in fields(self):
            meta, value = item.metadata, getattr(self, item.name)
            if "unit" not in meta:
                continue
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not number or not meta["low"] <= value <= meta["high"]:
                source = meta["source"].removeprefix("assumption: ")
                raise ValueError(Message("{name} = {value} {unit}: expected {low:g} to {high:g} ({grade}, source: "
                                         "{source})", name=f"{where}{item.name}", value=value,
                                         unit=Message(meta["unit"]), low=meta["low"], high=meta["high"],
                                         grade=Message(meta["grade"]), source=source))
