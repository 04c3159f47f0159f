"""One declaration per number: the check, the documentation, a sweep's bounds and a slider all read it here."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

GRADES = ("measured", "published", "derived", "assumption")


def quantity(default: float, *, unit: str, low: float, high: float, source: str, doc: str,
             grade: str = "assumption") -> Any:
    """Declare one number of a settings class: default, unit, allowed range, meaning, source and grade."""
    if grade not in GRADES:
        raise ValueError(f"grade {grade!r}: expected one of {', '.join(GRADES)}")
    return field(default=default, metadata={"unit": unit, "low": low, "high": high, "source": source, "doc": doc,
                                            "grade": grade})


@lru_cache(maxsize=None)
def _tuple_type(cls: type) -> Any:
    return namedtuple(cls.__name__, [f.name for f in fields(cls) if "unit" in f.metadata])  # type: ignore[misc]


@dataclass
class Group:
    """A group of quantities. `numbers` is the same group as a named tuple of floats that compiled code can read."""

    @property
    def numbers(self) -> Any:
        """Named tuple of float64, one per declared quantity."""
        kind = _tuple_type(type(self))
        return kind(*(float(getattr(self, name)) for name in kind._fields))

    def check(self, where: str = "") -> None:
        """ValueError naming the first quantity outside its range, with range and source."""
        for item in fields(self):
            meta, value = item.metadata, getattr(self, item.name)
            if "unit" not in meta:
                continue
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not meta["low"] <= value <= meta["high"]:
                raise ValueError(f"{where}{item.name} = {value} {meta['unit']}: expected {meta['low']:g} to "
                                 f"{meta['high']:g} ({meta['grade']}, source: {meta['source']})")
