"""Kinds of residents that stand for others, and who helped them."""

from __future__ import annotations

from ..translation import mark

CASE_TITLES: dict[str, str] = {
    "old_alone": mark("An old person who lives alone"), "lone_parent": mark("A lone parent in work, on a low income"),
    "family": mark("A parent in a couple, on a low income"), "isolated": mark("Somebody isolated, of working age"),
    "hindered": mark("Somebody held back by language or disability"), "well_off": mark("Somebody among the best off"),
}
CASE_HELPERS: dict[str, str] = {
    "person": mark("a person they know"), "site": mark("a project site"), "group": mark("a group of residents"),
    "reserve": mark("the crisis reserve"), "institution": mark("the town hall"),
}
"""Words of crisis marks, to who helped."""
