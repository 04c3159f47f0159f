"""One declaration per number: the check, the documentation, a sweep's bounds and a slider all read it here."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

GRADES = ("measured", "published", "derived", "assumption")


def quantity(default: float, *, unit: str, low: float, high: float, source: str, doc: str,
             grade: str = "assumption") -> Any:
    """Declare one number of a settings class: default, unit, allowed range, meaning, source and grade."""
    if grade not in GRADES:
        raise ValueError(f"grade {grade!r}: expected one of {', '.join(GRADES)}")
    return field(default=default, metadata={"unit": unit, "low": low, "high": high, "source": source, "doc": doc,
                                            "grade": grade})


@cache
def _tuple_type(cls: type) -> Any:
    """The named tuple of a group, as an attribute of this module: compiled code is cached by it across processes."""
    kind = namedtuple(f"{cls.__name__}Numbers", [f.name for f in fields(cls) if "unit" in f.metadata])  # type: ignore[misc]
    kind.__module__ = __name__
    globals()[kind.__name__] = kind
    return kind


def __getattr__(name: str) -> Any:
    """A group's named tuple, made when cached code asks for it before anybody has read the group's numbers."""
    for cls in Group.__subclasses__():
        if name == f"{cls.__name__}Numbers":
            return _tuple_type(cls)  # type: ignore[arg-type]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass
class Group:
    """A group of quantities. `numbers` is the same group as a named tuple of floats that compiled code can read."""

    @property
    def numbers(self) -> Any:
        """Named tuple of float64, one per declared quantity."""
        known = self.__dict__.get("_numbers")
        if known is None:
            kind = _tuple_type(type(self))  # type: ignore[arg-type]
            known = self.__dict__["_numbers"] = kind(*(float(getattr(self, name)) for name in kind._fields))
        return known

    def __setattr__(self, name: str, value: Any) -> None:
        """A changed number is seen by the next who reads `numbers`."""
        self.__dict__.pop("_numbers", None)
        super().__setattr__(name, value)

    def check(self, where: str = "") -> None:
        """ValueError naming the first quantity outside its range, with range and source."""
        for item in fields(self):
            meta, value = item.metadata, getattr(self, item.name)
            if "unit" not in meta:
                continue
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not number or not meta["low"] <= value <= meta["high"]:
                raise ValueError(f"{where}{item.name} = {value} {meta['unit']}: expected {meta['low']:g} to "
                                 f"{meta['high']:g} ({meta['grade']}, source: {meta['source']})")
