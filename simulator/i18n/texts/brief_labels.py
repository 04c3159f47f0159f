"""Heads of tables, verdicts, groups, payers, exclusions and glossary of the brief."""

from __future__ import annotations

from ..translation import mark, translate

BRIEF_LABELS: dict[str, str] = {
    "lever": mark("Lever"), "days": mark("Days lost: change"), "share": mark("in %"),
    "chance": mark("Chance it helps"), "cost": mark("Total cost"), "range": mark("Range"), "payer": mark("Payer"),
    "price": mark("Per day gained"), "poorest": mark("Lowest-income 20%"), "isolated": mark("Isolated people"),
    "never": mark("Helped by nobody"), "group": mark("Group"), "without": mark("Loss without levers (per 1,000)"),
    "change": mark("Change (per 1,000)"), "gains": mark("gains"), "loses": mark("is worse off"),
    "open": mark("not settled"), "day": mark("Day"), "lowest": mark("Lowest"), "highest": mark("Highest"),
    "mean": mark("Mean"), "mix": mark("Mix"), "levers": mark("Levers"), "income": mark("Income"), "age": mark("Age"),
    "household_kind": mark("Household"), "isolation_before": mark("Isolation"), "priority": mark("Place"),
    "priority.priority": mark("priority district"), "priority.elsewhere": mark("elsewhere"),
    "members": mark("Members of a site"), "alone": mark("Isolated people"), "ties": mark("Ties"),
    "strong": mark("Adults with a strong tie"), "trust": mark("Trust in institutions (0 to 1)"),
    "interval": mark("95% interval"), "people": mark("Residents"), "verdict": mark("Reading"),
}
"""Heads of tables, verdicts, names of groups; in the catalogue under the context "brief"."""

PAYERS: dict[str, str] = {
    "departement": mark("Département"), "commune": mark("commune"), "state": mark("State"),
    "association": mark("association"), "foundation": mark("foundation"), "landlord": mark("landlord"),
    "region": mark("Region"), "household": mark("households"), "none": mark("no cost"),
}
"""Who pays for a lever, by the word of its card."""

EXCLUSIONS: tuple[str, ...] = (
    mark("The health system, the police, prices and jobs, migration, digital platforms and roads: help may "
         "come from there too, or be missing there."),
    mark("Real people: residents, households, buildings and ties are drawn to agree with published figures per "
         "commune; neighbourhoods are laid out by a rule."),
    mark("A forecast: this note compares situations under the same assumptions; it says neither what will "
         "happen, nor how many will die, nor who will suffer."),
    mark("Apur's own list of levers, which could not be read: those here are rebuilt from the public summary "
         "of its study (2023) and other sources, and so are their effects and most costs."),
)
"""What the model leaves out."""

GLOSSARY: dict[str, str] = {
    mark("Functioning"): mark(
        "share of usual life that a person can lead on a given day: 100% is their own normal."),
    mark("Day of normal life lost"): mark(
        "one person deprived of a day's functioning, or two people of half of it (“person-day” in tables)."),
    mark("Lever"): mark("what public or associative players decide to do or to fund."),
    mark("Project site"): mark(
        "garden, third place, community café, social centre or cultural venue open to residents."),
    mark("Draw"): mark(
        "one play with given luck (“seed” in files); the same draw is played with and without each lever."),
    mark("95% interval"): mark(
        "range in which the mean effect would lie 95 times in 100 if only the model's luck counted."),
    mark("Strong tie, weak tie"): mark("relation of trust between two residents, kept alive by time together."),
    mark("Isolated"): mark(
        "aged 15 or over, fewer than twenty contacts a year with kin, neighbours or members of a site."),
    mark("Hit"): mark("resident with a need of the crisis, with damage at home, or put out of it; the others stand at "
                      "100%."),
    mark("Back"): mark("somebody hit whose functioning is at 95% again and stays there; the return takes as long as "
                       "the work that the crisis left behind, part of which may be given up for good."),
    mark("Helped by nobody"): mark("with a need of the crisis beyond own means and those of the home, and helped by no "
                                   "tie, site, group or institution."),
    mark("Outreach"): mark("going to meet people who ask for nothing, where they are."),
    mark("Power to act"): mark("the sense and the means of weighing on what happens, alone and with others."),
    mark("Neighbourhood"): mark("here some 2,600 residents laid out by the model, not an official outline."),
}
"""Terms and their meanings; the terms stand in the catalogue under the context "glossary"."""

ENSEMBLE_GLOSSARY: dict[str, str] = {
    mark("95% interval"): mark(
        "range in which the mean effect would lie 95 times in 100 if only the model's luck and the doubt about "
        "its calibrated numbers counted."),
    mark("Set of numbers"): mark(
        "values of the model's calibrated numbers that, together, meet published figures; several sets do."),
}
"""Terms that the glossary replaces or adds for an ensemble."""


def get_brief_label(key: str, lang: str) -> str:
    """A head of a table, a verdict or the name of a group. KeyError for an unknown key."""
    return translate(BRIEF_LABELS[key], lang, context="brief")
