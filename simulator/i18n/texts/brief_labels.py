"""Heads of tables, verdicts, groups, payers, exclusions and glossary of the brief."""

from __future__ import annotations

from ..translation import mark, mark_all, translate

BRIEF_LABELS: dict[str, str] = mark_all({
    "lever": "Lever", "days": "Days lost: change", "share": "in %",
    "chance": "Chance it helps", "cost": "Total cost", "range": "Range", "payer": "Payer",
    "price": "Per day gained", "poorest": "Lowest-income 20%", "isolated": "Isolated people",
    "never": "Helped by nobody", "group": "Group", "without": "Loss without levers (per 1,000)",
    "change": "Change (per 1,000)", "gains": "gains", "loses": "is worse off",
    "open": "not settled", "day": "Day", "lowest": "Lowest", "highest": "Highest",
    "mean": "Mean", "mix": "Mix", "levers": "Levers", "income": "Income", "age": "Age",
    "household_kind": "Household", "isolation_before": "Isolation", "priority": "Place",
    "priority.priority": "priority district", "priority.elsewhere": "elsewhere",
    "members": "Members of a site", "alone": "Isolated people", "ties": "Ties",
    "strong": "Adults with a strong tie", "trust": "Trust in institutions (0 to 1)",
    "interval": "95% interval", "people": "Residents", "verdict": "Reading",
}, context="brief")
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
    mark("Functioning", context="glossary"): mark(
        "share of usual life that a person can lead on a given day: 100% is their own normal."),
    mark("Day of normal life lost", context="glossary"): mark(
        "one person deprived of a day's functioning, or two people of half of it (“person-day” in tables)."),
    mark("Lever", context="glossary"): mark("what public or associative players decide to do or to fund."),
    mark("Project site", context="glossary"): mark(
        "garden, third place, community café, social centre or cultural venue open to residents."),
    mark("Draw", context="glossary"): mark(
        "one play with given luck (“seed” in files); the same draw is played with and without each lever."),
    mark("95% interval", context="glossary"): mark(
        "range in which the mean effect would lie 95 times in 100 if only the model's luck counted."),
    mark("Strong tie, weak tie", context="glossary"): mark(
        "relation of trust between two residents, kept alive by time together."),
    mark("Isolated", context="glossary"): mark(
        "aged 15 or over, fewer than twenty contacts a year with kin, neighbours or members of a site."),
    mark("Hit", context="glossary"): mark(
        "resident with a need of the crisis, with damage at home, or put out of it; the others stand at 100%."),
    mark("Back", context="glossary"): mark(
        "somebody hit whose functioning is at 95% again and stays there; the return takes as long as the work that "
        "the crisis left behind, part of which may be given up for good."),
    mark("Helped by nobody", context="glossary"): mark(
        "with a need of the crisis beyond own means and those of the home, and helped by no tie, site, group or "
        "institution."),
    mark("Outreach", context="glossary"): mark("going to meet people who ask for nothing, where they are."),
    mark("Power to act", context="glossary"): mark(
        "the sense and the means of weighing on what happens, alone and with others."),
    mark("Neighbourhood", context="glossary"): mark(
        "here some 2,600 residents laid out by the model, not an official outline."),
}
"""Terms and their meanings; the terms have the context "glossary" in the catalogue."""

ENSEMBLE_GLOSSARY: dict[str, str] = {
    mark("95% interval", context="glossary"): mark(
        "range in which the mean effect would lie 95 times in 100 if only the model's luck and the doubt about "
        "its calibrated numbers counted."),
    mark("Set of numbers", context="glossary"): mark(
        "values of the model's calibrated numbers that, together, meet published figures; several sets do."),
}
"""Terms that the glossary replaces or adds for an ensemble."""


def get_brief_label(key: str, lang: str) -> str:
    """A head of a table, a verdict or the name of a group. KeyError for an unknown key."""
    return translate(BRIEF_LABELS[key], lang, context="brief")
