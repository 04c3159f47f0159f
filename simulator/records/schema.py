"""Every column of every table that is written: type, unit, meaning. The data dictionary is printed from here."""

from __future__ import annotations

from ..rules.domain import DOMAINS, SOURCES
from ..rules.flow import COUNTS, GOODS, MONEY
from ..rules.kind import KINDS
from .field import Field
from .observed.schema import OBSERVED

SCHEMA_VERSION = 3
"""Changes whenever a table or column is added, renamed, removed or means something else."""

FIFTHS = 5
DOMAIN_UNITS = dict(zip(DOMAINS, ("milli person-days", "milli kit-days", "milli h", "milli h-equivalents"),
                        strict=True))
HELPERS = (*KINDS, "stranger")


RUNS = {
    "run": Field("str", "key of the run: hash of all that its outcome depends on"),
    "territory": Field("str", "territory"),
    "crises": Field("str", "crises, joined by +, empty for none"),
    "levers": Field("str", "levers, joined by +, empty for the baseline"),
    "portfolio": Field("str", "hash of the levers with their doses, targets and dates"),
    "context": Field("str", "hash of all but levers and seed: runs are paired within it"),
    "behaviour": Field("str", "structural variant of the model"),
    "seed": Field("int64", "seed of population and luck"),
    "model_version": Field("str", "version of the model"),
    "schema_version": Field("int64", "version of these tables"),
    "residents": Field("int64", "residents at the start", "persons"),
    "n": Field("int64", "residents alive at onset (at the start without a crisis)", "persons"),
    "onset": Field("int64", "day the first crisis began, -1 without one", "day"),
    "horizon": Field("int64", "days after onset over which loss is summed", "days"),
    "loss": Field("float64", "functioning lost since onset, all residents", "person-days"),
    "loss_tenth": Field("float64", "loss of a resident at the 90th percentile", "person-days"),
    "loss_gini": Field("float64", "Gini index of individual loss", "0-1"),
    "loss_concentration": Field("float64", "concentration index of loss by income; below 0 the poor lose more", "-1-1"),
    "deaths_expected": Field("float64", "expected excess deaths: sum of excess hazards", "deaths"),
    "deaths": Field("int64", "residents alive at onset who died, of any cause", "deaths"),
    "in_need": Field("int64", "residents who needed more than their own means", "persons"),
    "never_reached": Field("int64", "of those, never reached by a tie, a site or an institution", "persons"),
    "isolated": Field("int64", "aged 15+ at onset with too few contacts a year", "persons"),
    "isolated_in_need": Field("int64", "isolated and in need", "persons"),
    "isolated_never_reached": Field("int64", "isolated, in need and never reached", "persons"),
    "delay": Field("float64", "median time from first need to first contact, among those reached", "days"),
    "reciprocity": Field("float64", "share of receivers of help who also gave some", "share"),
    "giving_gini": Field("float64", "Gini index of help given, among residents aged 15+", "0-1"),
    "giving_tenth": Field("float64", "share of all help given by the tenth who give most", "share"),
    "cost_low": Field("float64", "cost of the levers, low end", "EUR"),
    "cost": Field("float64", "cost of the levers", "EUR"),
    "cost_high": Field("float64", "cost of the levers, high end", "EUR"),
}

STATE = {
    "alive": Field("int64", "residents alive", "persons"),
    "functioning": Field("float64", "mean functioning of those alive, 1 is their own normal", "0-1"),
    **{f"functioning_{k + 1}": Field("float64", f"mean functioning of income fifth {k + 1}, 1 is the poorest", "0-1")
       for k in range(FIFTHS)},
    "functioning_isolated": Field("float64", "mean functioning of those isolated at onset, empty before", "0-1"),
    "loss": Field("float64", "functioning lost since onset, all residents", "person-days"),
    "deaths_expected": Field("float64", "expected excess deaths since onset", "deaths"),
    "in_need": Field("int64", "residents with a need in this step", "persons"),
    "members": Field("int64", "members of sites", "persons"),
    "aware": Field("int64", "residents who have heard of one of their candidate sites", "persons"),
    "waiting": Field("int64", "residents on a waiting list", "persons"),
    "agency": Field("float64", "mean power to act", "0-1"),
    "trust_institutions": Field("float64", "mean trust in public institutions", "0-1"),
    "trust_general": Field("float64", "mean generalised trust", "0-1"),
    "ties": Field("float64", "ties, each counted once", "ties"),
    "trust": Field("float64", "mean trust over ties", "0-1"),
    "strong": Field("float64", "share of residents aged 15+ with a strong tie", "share"),
    "isolated": Field("int64", "aged 15+ with too few contacts a year", "persons"),
}


def _by_domain(name: str, doc: str) -> dict[str, Field]:
    return {f"{name}_{d}": Field("int64", f"{doc}: {d}", DOMAIN_UNITS[d]) for d in DOMAINS}


FLOWS = {
    **_by_domain("new", "new need of the step"),
    **_by_domain("carried", "unmet need carried into the step"),
    **_by_domain("faded", "unmet need that passed without being met"),
    **_by_domain("unmet", "need left unmet by the step"),
    **{f"met_{s}_{d}": Field("int64", f"need met by {s}, counted once at its origin: {d}", DOMAIN_UNITS[d])
       for s in SOURCES for d in DOMAINS},
    **{f"hours_given_{k}": Field("int64", f"clock hours given, tie: {k}", "milli h") for k in HELPERS},
    **{f"hours_received_{k}": Field("int64", f"clock hours received, tie: {k}", "milli h") for k in HELPERS},
    **{f"goods_{k}": Field("int64", f"goods {k}", "kits" if k.startswith("kits") else "milli person-days")
       for k in GOODS},
    **{f"euros_{k}": Field("int64", f"money of sites: {k}", "milli EUR") for k in MONEY},
    **{k: Field("int64", f"events of the step: {k.replace('_', ' ')}", "count") for k in COUNTS},
}
"""In the order in which record.flows lays the ledger out."""

SERIES = {
    "run": Field("str", "key of the run"),
    "day": Field("int64", "first day of the step, 0 is the run's first day", "day"),
    "span": Field("int64", "length of the step", "days"),
    "date": Field("date", "date of that day"),
    **STATE, **FLOWS,
}

GROUPS = {
    "run": Field("str", "key of the run"),
    "dimension": Field("str", "what residents are grouped by"),
    "group": Field("str", "the group"),
    "n": Field("int64", "residents alive at onset", "persons"),
    "loss": Field("float64", "functioning lost since onset, summed over the group", "person-days"),
    "deaths_expected": Field("float64", "expected excess deaths", "deaths"),
    "deaths": Field("int64", "residents alive at onset who died, of any cause", "deaths"),
    "in_need": Field("int64", "residents who needed more than their own means", "persons"),
    "never_reached": Field("int64", "of those, never reached", "persons"),
    "received": Field("float64", "help received from outside the household", "h or units"),
    "given": Field("float64", "help given outside the household", "h or units"),
    "delay": Field("float64", "median time from first need to first contact, among those reached", "days"),
    "isolated": Field("int64", "aged 15+ at onset with too few contacts a year", "persons"),
    "nobody": Field("int64", "aged 15+ at onset, no other adult at home, no tie trusted enough to ask", "persons"),
    "adults": Field("int64", "aged 15+ and alive at onset", "persons"),
}

NEIGHBOURHOODS = {
    "run": Field("str", "key of the run"),
    "uid": Field("int64", "identity of the neighbourhood"),
    "commune": Field("int64", "INSEE code of its commune"),
    "x": Field("float64", "east of the département's centre", "km"),
    "y": Field("float64", "north of the département's centre", "km"),
    "priority": Field("int64", "1 in a priority district (QPV)"),
    "n": Field("int64", "residents alive at onset", "persons"),
    "loss": Field("float64", "functioning lost since onset, summed", "person-days"),
    "deaths_expected": Field("float64", "expected excess deaths", "deaths"),
    "deaths": Field("int64", "residents alive at onset who died, of any cause", "deaths"),
    "in_need": Field("int64", "residents who needed more than their own means", "persons"),
    "never_reached": Field("int64", "of those, never reached", "persons"),
    "efficacy": Field("float64", "collective efficacy at onset: power to act x min(1, local trust / 3), means", "0-1"),
    "climate": Field("float64", "share of adults with a strong tie at onset, floored", "share"),
}

SITES = {
    "run": Field("str", "key of the run"),
    "uid": Field("int64", "identity of the site; that of its card for a real one"),
    "neighbourhood": Field("int64", "identity of its neighbourhood"),
    "x": Field("float64", "east of the département's centre", "km"),
    "y": Field("float64", "north of the département's centre", "km"),
    "real": Field("int64", "1 for a site that exists and has a card, 0 for one laid out by rule"),
    "planned": Field("int64", "1 for a site that a lever opens"),
    "open": Field("int64", "1 if open when the run ended"),
    "members": Field("int64", "members when the run ended", "persons"),
}

LINKS = {
    "run": Field("str", "key of the run"),
    "first": Field("int64", "identity of a neighbourhood"),
    "second": Field("int64", "identity of another, not smaller, or of the same"),
    "ties": Field("int64", "ties between their residents at onset (at the end without a crisis), from 5 on", "ties"),
}

EFFECTS = {
    "context": Field("str", "hash of all but levers and seed"),
    "portfolio": Field("str", "hash of the levers with their doses, targets and dates"),
    "levers": Field("str", "levers, joined by +"),
    "outcome": Field("str", "what was compared with the baseline"),
    "unit": Field("str", "unit of the outcome"),
    "n": Field("int64", "seeds played both with and without the levers", "pairs"),
    "baseline": Field("float64", "mean without levers", "outcome's unit"),
    "mean": Field("float64", "mean with the levers", "outcome's unit"),
    "difference": Field("float64", "mean of the paired differences", "outcome's unit"),
    "low": Field("float64", "low end of the 95 % interval (Student's t)", "outcome's unit"),
    "high": Field("float64", "high end of the 95 % interval (Student's t)", "outcome's unit"),
    "bootstrap_low": Field("float64", "low end of the 95 % BCa bootstrap interval, from 8 pairs", "outcome's unit"),
    "bootstrap_high": Field("float64", "high end of it", "outcome's unit"),
    "relative": Field("float64", "difference over the baseline's mean", "share"),
    "helps": Field("float64", "posterior probability that the mean effect is a benefit", "0-1"),
    "helps_next": Field("float64", "predictive probability that the next seed shows a benefit", "0-1"),
    "p": Field("float64", "two-sided p of the paired t test", "0-1"),
    "p_holm": Field("float64", "the same, corrected by Holm for the number of portfolios", "0-1"),
    "variance_ratio": Field("float64", "variance without pairing over variance with pairing", "-"),
    "more_seeds": Field("int64", "further seeds to settle the sign or rule out a difference that matters", "seeds"),
    "among_best": Field("int64", "1 if not distinguishable from the best portfolio on this outcome", "-"),
    "euros_per_unit": Field("float64", "EUR per person-day saved, on the outcome loss only", "EUR/person-day"),
    "euros_low": Field("float64", "low end: Fieller with the low cost", "EUR/person-day"),
    "euros_high": Field("float64", "high end: Fieller with the high cost, inf when no effect cannot be excluded",
                        "EUR/person-day"),
    "verdict": Field("str", "bounded, unbounded, not_better, free or single"),
}
"""Written by a comparison, beside its runs."""

TABLES = {"runs": RUNS, "series": SERIES, "groups": GROUPS, "neighbourhoods": NEIGHBOURHOODS, "sites": SITES,
          "links": LINKS, **OBSERVED}


def dictionary() -> str:
    """The data dictionary as a Markdown table: table, column, type, unit, meaning."""
    lines = ["| table | column | type | unit | meaning |", "|---|---|---|---|---|"]
    for table, fields in {**TABLES, "effects": EFFECTS}.items():
        lines += [f"| {table} | {name} | {f.dtype} | {f.unit} | {f.doc} |" for name, f in fields.items()]
    return "\n".join(lines) + "\n"
