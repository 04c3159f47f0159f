"""Channels that can be switched off (`ablate`), to see what each is worth. The phase that a channel cuts reads it."""

from __future__ import annotations

from ..i18n.translation import mark

CHANNELS = {
    "ties": mark("ties on the map neither help nor are asked"),
    "strangers": mark("acquaintances and strangers next door neither help nor find anybody in need"),
    "household": mark("adults of one home do nothing for one another's needs"),
    "far_ties": mark("ties who live off the map do not help"),
    "trust": mark("trust in ties stays as it is: time together, help and refusals change nothing"),
    "learning": mark("nobody learns: know-how stays as it is"),
    "power_to_act": mark("power to act stays as it is"),
    "institution_trust": mark("trust in institutions stays as it is"),
    "bridging": mark("no tie between people of different milieux forms, and none is asked"),
    "sites": mark("sites give nothing in a crisis and lend nothing"),
    "site_goods": mark("sites have no goods, kits or rooms to give"),
    "volunteers": mark("no volunteers of sites and reserves"),
    "groups": mark("no groups are born of a crisis"),
    "institutions": mark("institutions give nothing"),
}
"""Channel -> what is so when it is cut."""
