"""Words of the chain from a lever to recovery: its links, its groups, the sets of residents it reaches."""

from __future__ import annotations

from ..translation import mark, translate

LINK_LABELS: dict[str, str] = {
    "reached": mark("people offered something"), "aware": mark("people who know a site"),
    "members": mark("members of sites"), "ties": mark("ties per adult"),
    "ties_alike": mark("ties with people alike"), "ties_milieu": mark("ties across milieux"),
    "ties_age": mark("ties across ages"), "ties_class": mark("ties across classes"),
    "tie_trust": mark("trust in persons, summed"), "host_trust": mark("trust in hosts"),
    "trust_institutions": mark("trust in institutions"), "know_how": mark("know-how held"),
    "know_how_shared": mark("know-how shared, hours per resident"), "agency": mark("power to act, 0 to 1"),
    "asked": mark("people who asked for help"), "given": mark("help given per resident"),
    "received": mark("help received per resident"), "hours_given": mark("hours given per resident"),
    "goods_given": mark("goods given, person-days per resident"),
    "need_home": mark("needs met at home, %"), "need_ties": mark("needs met by persons, %"),
    "need_groups": mark("needs met by groups, %"), "need_sites": mark("needs met by sites, %"),
    "need_institutions": mark("needs met by institutions, %"), "need_unmet": mark("needs met by nobody, %"),
    "helped_by_persons": mark("people helped by persons"), "helped_by_groups": mark("people helped by groups"),
    "helped_by_sites": mark("people helped by sites"),
    "helped_by_institutions": mark("people helped by institutions"),
    "never_reached": mark("people never reached"), "loss": mark("person-days lost per resident"),
    "back_50": mark("days until 50% are back"), "back_80": mark("days until 80% are back"),
    "back_95": mark("days until 95% are back"), "days_not_back": mark("days not back, per person hit"),
    "not_back": mark("people not back at the end"), "permanent_loss": mark("lost for good, whole persons"),
}
SHORT_LABELS: dict[str, str] = {
    "lever": mark("lever"), "reached": mark("reached"), "members": mark("joined"), "ties_alike": mark("ties alike"),
    "ties_milieu": mark("bridges"), "tie_trust": mark("trust"), "host_trust": mark("hosts"),
    "trust_institutions": mark("instit."), "know_how": mark("know-how"), "agency": mark("to act"),
    "asked": mark("ask help"), "given": mark("given"), "helped_by_persons": mark("persons"),
    "helped_by_sites": mark("sites"), "helped_by_institutions": mark("institut."),
    "never_reached": mark("unhelped"), "loss": mark("loss"), "days_not_back": mark("days not back"),
    "permanent_loss": mark("for good"),
}
"""Heads of narrow columns."""
CHAIN_GROUP_LABELS: dict[str, str] = {
    "all": mark("everybody"), "participants": mark("members at onset"), "members_before": mark("members before"),
    "reached": mark("reached"), "poorest": mark("poorest fifth"), "isolated": mark("isolated before"),
    "75+": mark("75 and over"),
    "lone_parents": mark("lone parents"),
}
SET_LABELS: dict[str, str] = {
    "offered": mark("offered something"), "served": mark("served"), "joined": mark("joined because of it"),
    "helped": mark("helped by one of these"), "none": mark("hit, in none of these"), "hit": mark("all hit"),
    "members": mark("members of sites"), "helped_by_members": mark("helped by a member"),
    "other_hit": mark("other people hit"),
}
TABLE_HEADS: dict[str, str] = {
    "link": mark("link"), "without": mark("without it"), "with": mark("with it"), "change": mark("change [95%]"),
    "percent": mark("in %"), "set": mark("who"), "people": mark("people in all"), "hit": mark("of them hit"),
    "days_lost": mark("person-days a hit person"), "days_not_back": mark("days not back"),
    "better": mark("better off"), "worse": mark("worse off"),
}


def format_chain_label(labels: dict[str, str], name: str, lang: str) -> str:
    """A label of one of these tables; the name itself where it has none."""
    return translate(labels[name], lang) if name in labels else name
