"""The schema of every output table: type, unit and meaning of each column. The data dictionary is printed from it."""

from __future__ import annotations

from ..rules.ledger_flows import COUNTS, GOODS, MONEY
from ..rules.need_domains import DOMAINS, SOURCES
from ..rules.tie_kinds import TIE_KINDS
from .column_spec import ColumnSpec, ShownColumn
from .observed.schema import OBSERVED_SCHEMAS

SCHEMA_VERSION = 7
"""Increased whenever a table or column is added, renamed, removed or changes its meaning."""

LAST_OLDER_RELEASE = "0.6.1"
"""The last release that wrote an older schema."""
QUINTILE_COUNT = 5
DOMAIN_UNITS = dict(zip(DOMAINS, ("milli person-days", "milli kit-days", "milli h", "milli h-equivalents"),
                        strict=True))
HELPER_KINDS = (*TIE_KINDS, "stranger")


RUNS_SCHEMA: dict[str, ColumnSpec] = {
    "run": ShownColumn("str", "key of the run: hash of all that its outcome depends on"),
    "territory": ShownColumn("str", "territory"),
    "crises": ShownColumn("str", "crises, joined by +, empty for none"),
    "levers": ShownColumn("str", "levers, joined by +, empty for the baseline"),
    "portfolio": ShownColumn("str", "hash of the levers with their doses, targets and dates"),
    "context": ShownColumn("str", "hash of all but levers and seed: runs are paired within it"),
    "behaviour": ShownColumn("str", "structural variant of the model"),
    "seed": ShownColumn("int64", "seed of population and luck"),
    "model_version": ShownColumn("str", "version of the model"),
    "schema_version": ShownColumn("int64", "version of these tables"),
    "residents": ShownColumn("int64", "residents at the start", "persons"),
    "n": ShownColumn("int64", "residents alive at onset (at the start without a crisis)", "persons"),
    "onset": ShownColumn("int64", "day the first crisis began, -1 without one", "day"),
    "horizon": ShownColumn("int64", "days after onset over which loss is summed", "days"),
    "clock": ShownColumn("int64", "days after onset over which the return is timed: the horizon; of several crises, "
                         "to the second one", "days"),
    "loss": ShownColumn("float64", "functioning lost since onset, all residents", "person-days"),
    "loss_p90": ShownColumn("float64", "loss of a resident at the 90th percentile", "person-days"),
    "loss_gini": ShownColumn("float64", "Gini index of individual loss", "0-1"),
    "loss_concentration": ShownColumn("float64", "concentration index of loss by income; below 0 the poor lose more",
                                      "-1-1"),
    "deaths_expected": ShownColumn("float64", "expected excess deaths: sum of excess hazards", "deaths"),
    "deaths_at_home": ShownColumn("float64", "of them, at home, where help can change them", "deaths"),
    "deaths_usual": ShownColumn("float64", "expected usual deaths over the days of heat", "deaths"),
    "deaths": ShownColumn("int64", "residents alive at onset who died, of any cause", "deaths"),
    "in_need": ShownColumn("int64", "residents with a need of a crisis", "persons"),
    "never_reached": ShownColumn("int64", "of those, whose means and those of the home did not suffice, and whom "
                                 "nobody helped", "persons"),
    "hit": ShownColumn("int64", "residents hit: with a need of a crisis, damage at home, or out of it", "persons"),
    "hit_adults": ShownColumn("int64", "of those, aged 15+", "persons"),
    "hit_key": ShownColumn("str", "hash of who was hit: the same in two runs if the same residents were"),
    "hit_died": ShownColumn("int64", "of the hit, died by the horizon, of any cause", "deaths"),
    "loss_per_hit": ShownColumn("float64", "functioning lost from onset to the horizon, mean of the hit",
                                "person-days"),
    "loss_per_hit_year": ShownColumn("float64", "the same to day 365", "person-days"),
    "days_not_back": ShownColumn("float64", "days from onset until one is back, mean of all hit; not back by the "
                                 "horizon, or died before, counts the horizon; of several crises, the sum, each timed "
                                 "until the next", "days"),
    "back_50": ShownColumn("float64", "days from onset until half of all hit are back, infinite if they are not by the "
                           "horizon; of several crises, of the first, timed until the next, as all that follows "
                           "(table recovery)", "days"),
    "back_80": ShownColumn("float64", "the same for 80 % of all hit", "days"),
    "back_95": ShownColumn("float64", "the same for 95 % of all hit", "days"),
    "back_by_182": ShownColumn("float64", "share of the hit who are back by day 182", "share"),
    "back_by_365": ShownColumn("float64", "by day 365, empty beyond the horizon", "share"),
    "back_by_730": ShownColumn("float64", "by day 730, empty beyond the horizon", "share"),
    "not_back": ShownColumn("float64", "share of the hit who are not back at the horizon, whichever crisis it was, or "
                            "died before", "share"),
    "permanent_loss": ShownColumn("float64", "functioning lost for good, mean of the hit", "0-1"),
    "displaced": ShownColumn("int64", "residents who had to leave their homes", "persons"),
    "still_displaced": ShownColumn("int64", "of those, still out at the end", "persons"),
    "beyond_own": ShownColumn("int64", "adults hit whose own means did not suffice", "persons"),
    "beyond_home": ShownColumn("int64", "adults hit for whom those of the household did not suffice either", "persons"),
    "asked": ShownColumn("int64", "adults hit who asked somebody for help", "persons"),
    "helped_by_persons": ShownColumn("int64", "adults hit whom a person helped", "persons"),
    "helped_by_sites": ShownColumn("int64", "adults hit whom a site helped", "persons"),
    "helped_by_institutions": ShownColumn("int64", "adults hit whom an institution helped", "persons"),
    "helped_by_groups": ShownColumn("int64", "adults hit whom a group born of the crisis helped", "persons"),
    "helped_by_reserves": ShownColumn("int64", "adults hit whom a crisis reserve helped", "persons"),
    "isolated": ShownColumn("int64", "aged 15+ at onset with too few contacts a year", "persons"),
    "isolated_in_need": ShownColumn("int64", "isolated, with a need of a crisis", "persons"),
    "isolated_never_reached": ShownColumn("int64", "isolated and never reached, as above", "persons"),
    "contact_delay": ShownColumn("float64", "median days from first crisis need to first help, of the helped", "days"),
    "reciprocity": ShownColumn("float64", "share of receivers of help who also gave some", "share"),
    "giving_gini": ShownColumn("float64", "Gini index of help given, among residents aged 15+", "0-1"),
    "giving_top_decile": ShownColumn("float64", "share of all help given by the tenth who give most", "share"),
    "cost_low": ShownColumn("float64", "cost of the levers, low end", "EUR"),
    "cost": ShownColumn("float64", "cost of the levers", "EUR"),
    "cost_high": ShownColumn("float64", "cost of the levers, high end", "EUR"),
}

STATE_SCHEMA = {
    "alive": ColumnSpec("int64", "residents alive", "persons"),
    "functioning": ColumnSpec("float64", "mean functioning of those alive, 1 is their own normal", "0-1"),
    **{f"functioning_{k + 1}": ColumnSpec("float64", f"mean functioning of income fifth {k + 1}, 1 is the poorest",
                                          "0-1") for k in range(QUINTILE_COUNT)},
    "functioning_isolated": ColumnSpec("float64", "mean functioning of those isolated at onset, empty before", "0-1"),
    "loss": ColumnSpec("float64", "functioning lost since onset, all residents", "person-days"),
    "deaths_expected": ColumnSpec("float64", "expected excess deaths since onset", "deaths"),
    "in_need": ColumnSpec("int64", "residents with a need of a crisis in this step", "persons"),
    "hit": ColumnSpec("int64", "residents hit since onset: by a need of a crisis, damage, or leaving home", "persons"),
    "hit_low": ColumnSpec("int64", "of those, alive with functioning below the level that counts as back", "persons"),
    "loss_hit": ColumnSpec("float64", "functioning lost since onset by those hit", "person-days"),
    "displaced": ColumnSpec("int64", "residents alive and out of their homes", "persons"),
    "members": ColumnSpec("int64", "members of sites", "persons"),
    "aware": ColumnSpec("int64", "residents who have heard of one of their candidate sites", "persons"),
    "waiting": ColumnSpec("int64", "residents on a waiting list", "persons"),
    "agency": ColumnSpec("float64", "mean power to act", "0-1"),
    "trust_institutions": ColumnSpec("float64", "mean trust in public institutions", "0-1"),
    "trust_general": ColumnSpec("float64", "mean generalised trust", "0-1"),
    "ties": ColumnSpec("float64", "ties, each counted once", "ties"),
    "trust": ColumnSpec("float64", "mean trust over ties", "0-1"),
    "strong": ColumnSpec("float64", "share of residents aged 15+ with a strong tie", "share"),
    "isolated": ColumnSpec("int64", "aged 15+ with too few contacts a year", "persons"),
}


def _columns_by_domain(name: str, doc: str) -> dict[str, ColumnSpec]:
    return {f"{name}_{d}": ColumnSpec("int64", f"{doc}: {d}", DOMAIN_UNITS[d]) for d in DOMAINS}


def _aftermath_columns(name: str, doc: str) -> dict[str, ColumnSpec]:
    return {f"{name}_{d}": ColumnSpec("int64", f"{doc}: {d}", "milli h") for d in DOMAINS}


FLOWS_SCHEMA = {
    **_columns_by_domain("new", "new need of the step"),
    **_columns_by_domain("carried", "unmet need carried into the step"),
    **_columns_by_domain("faded", "unmet need that passed without being met"),
    **_columns_by_domain("unmet", "need left unmet by the step"),
    **{f"met_{s}_{d}": ColumnSpec("int64", f"need met by {s}, counted once at its origin: {d}", DOMAIN_UNITS[d])
       for s in SOURCES for d in DOMAINS},
    **_columns_by_domain("crisis_new", "new need of a crisis"),
    **_columns_by_domain("crisis_carried", "unmet need of a crisis carried into the step"),
    **_columns_by_domain("crisis_faded", "unmet need of a crisis that passed without being met"),
    **_columns_by_domain("crisis_unmet", "need of a crisis left unmet by the step"),
    **{f"crisis_met_{s}_{d}": ColumnSpec("int64", f"need of a crisis met by {s}: {d}", DOMAIN_UNITS[d])
       for s in SOURCES for d in DOMAINS},
    **_aftermath_columns("aftermath_made", "aftermath made by damage"),
    **_aftermath_columns("aftermath_scars", "aftermath left behind by needs that passed unmet"),
    **_aftermath_columns("aftermath_given_up", "aftermath given up for good"),
    **_aftermath_columns("aftermath_open", "aftermath open at the end of the step"),
    **{f"aftermath_met_{s}_{d}": ColumnSpec("int64", f"aftermath served by {s}: {d}", "milli h")
       for s in SOURCES for d in DOMAINS},
    **{f"hours_given_{k}": ColumnSpec("int64", f"clock hours given, tie: {k}", "milli h") for k in HELPER_KINDS},
    **{f"hours_received_{k}": ColumnSpec("int64", f"clock hours received, tie: {k}", "milli h") for k in HELPER_KINDS},
    **{f"goods_{k}": ColumnSpec("int64", f"goods {k}", "kits" if k.startswith("kits") else "milli person-days")
       for k in GOODS},
    **{f"euros_{k}": ColumnSpec("int64", f"money of sites: {k}", "milli EUR") for k in MONEY},
    **{k: ColumnSpec("int64", f"events of the step: {k.replace('_', ' ')}", "count") for k in COUNTS},
}
"""Columns of the ledger, in the order of `Ledger.flatten`."""

SERIES_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "day": ColumnSpec("int64", "first day of the step, 0 is the run's first day", "day"),
    "span": ColumnSpec("int64", "length of the step", "days"),
    "date": ColumnSpec("date", "date of that day"),
    **STATE_SCHEMA, **FLOWS_SCHEMA,
    "sites_active": ColumnSpec("int64", "sites open, and with at least half of their activity", "sites"),
    "group_volunteers": ColumnSpec("float64", "volunteers of the groups born of a crisis", "persons"),
}

COUNTED_OUTCOMES = {
    "deaths_expected": ColumnSpec("float64", "expected excess deaths", "deaths"),
    "deaths_at_home": ColumnSpec("float64", "of them, at home, where help can change them", "deaths"),
    "deaths_usual": ColumnSpec("float64", "expected usual deaths over the days of heat", "deaths"),
    "deaths": ColumnSpec("int64", "residents alive at onset who died, of any cause", "deaths"),
    "in_need": ColumnSpec("int64", "residents with a need of a crisis", "persons"),
    "never_reached": ColumnSpec("int64", "of those, beyond the means of the home, and helped by nobody", "persons"),
}
"""What is counted over the residents of a group and of a neighbourhood alike."""

GROUPS_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "dimension": ColumnSpec("str", "what residents are grouped by"),
    "group": ColumnSpec("str", "the group"),
    "n": ColumnSpec("int64", "residents alive at onset", "persons"),
    "loss": ColumnSpec("float64", "functioning lost since onset, summed over the group", "person-days"),
    **COUNTED_OUTCOMES,
    "received": ColumnSpec("float64", "help with a crisis received from outside the household", "h or units"),
    "given": ColumnSpec("float64", "help with a crisis given outside the household", "h or units"),
    "contact_delay": ColumnSpec("float64", "median days from first crisis need to first help, of the helped", "days"),
    "isolated": ColumnSpec("int64", "aged 15+ at onset with too few contacts a year", "persons"),
    "nobody_to_ask": ColumnSpec("int64", "aged 15+ at onset, no other adult at home, no tie trusted enough to ask",
                                "persons"),
    "adults": ColumnSpec("int64", "aged 15+ and alive at onset", "persons"),
    "reached": ColumnSpec("int64", "to whom a lever offered something: acted on, served by an institution it acts on, "
                          "or aware of a site it acts on", "persons"),
    "aware": ColumnSpec("int64", "aged 15+ who at onset have heard of a site they could go to", "persons"),
    "members": ColumnSpec("int64", "aged 15+ who belong to a site at onset", "persons"),
    "ties": ColumnSpec("int64", "ties on the map at onset, of those aged 15+", "ties"),
    "ties_alike": ColumnSpec("int64", "of them, with somebody of the same milieu, age band and class", "ties"),
    "ties_milieu": ColumnSpec("int64", "of them, with somebody of another milieu", "ties"),
    "ties_age": ColumnSpec("int64", "of them, with somebody of another age band", "ties"),
    "ties_class": ColumnSpec("int64", "of them, with somebody of another social class", "ties"),
    "tie_trust": ColumnSpec("float64", "trust in them, summed", "sum of trust"),
    "host_trust": ColumnSpec("float64", "trust in the host one trusts most among the sites one could go to, at onset, "
                             "summed over those aged 15+", "sum of trust"),
    "trust_institutions": ColumnSpec("float64", "trust in public institutions at onset, summed over those aged 15+",
                                     "sum of trust"),
    "agency": ColumnSpec("float64", "power to act at onset, summed over those aged 15+", "sum of 0-1"),
    "know_how": ColumnSpec("float64", "know-how at onset, summed over those aged 15+", "sum of 0-1"),
    "hit": ColumnSpec("int64", "residents hit since onset", "persons"),
    "hit_adults": ColumnSpec("int64", "of those, aged 15+", "persons"),
    "not_back": ColumnSpec("int64", "residents hit who are not back at the horizon, or died before", "persons"),
    "permanent_loss": ColumnSpec("float64", "functioning lost for good, summed over the hit", "sum of 0-1"),
    **{name: ColumnSpec("int64", f"adults hit {what}", "persons") for name, what in (
        ("asked", "who asked somebody for help"), ("helped_by_persons", "whom a person helped"),
        ("helped_by_sites", "whom a site helped"), ("helped_by_institutions", "whom an institution helped"),
        ("helped_by_groups", "whom a group born of the crisis or a crisis reserve helped"))},
}

NEIGHBOURHOODS_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "uid": ColumnSpec("int64", "identity of the neighbourhood"),
    "commune": ColumnSpec("int64", "INSEE code of its commune"),
    "x": ColumnSpec("float64", "east of the département's centre", "km"),
    "y": ColumnSpec("float64", "north of the département's centre", "km"),
    "priority": ColumnSpec("int64", "1 in a priority district (QPV)"),
    "n": ColumnSpec("int64", "residents alive at onset", "persons"),
    "loss": ColumnSpec("float64", "functioning lost since onset, summed", "person-days"),
    **COUNTED_OUTCOMES,
    "efficacy": ColumnSpec("float64", "collective efficacy at onset: power to act x min(1, local trust / 3), means",
                           "0-1"),
    "neighbourhood_support": ColumnSpec("float64", "share of adults with a strong tie at onset, floored", "share"),
}

HIT_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "uid": ColumnSpec("int64", "identity of the resident, the same in every run of a territory and seed"),
    "hit": ColumnSpec("int64", "1 if hit: with a need of a crisis, damage at home, or out of it; 0 for others who lost "
                      "functioning"),
    "loss_year": ColumnSpec("float64", "functioning lost from onset to day 365", "person-days"),
    "loss": ColumnSpec("float64", "functioning lost from onset to the horizon", "person-days"),
    "back": ColumnSpec("int64", "days from onset to the first day from which functioning was back for 28 days; 0 if it "
                       "never fell below, -1 if not back by the horizon; of several crises, after the last that made "
                       "it fall", "days"),
    "days": ColumnSpec("int64", "days not back: the horizon if not back by then; of several crises, the sum, each "
                       "timed until the next", "days"),
    "died": ColumnSpec("int64", "days from onset to death, -1 for the living", "days"),
    "permanent": ColumnSpec("float64", "functioning lost for good when the run ends", "0-1"),
    "state": ColumnSpec("int64", "at the horizon: 0 back, 1 not yet, 2 never as too much is lost for good, 3 died"),
}

CRISIS_HIT_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "crisis": ColumnSpec("int64", "number of the crisis, in order of time; crises that overlap are one"),
    "uid": ColumnSpec("int64", "identity of a resident hit by it"),
    "back": ColumnSpec("int64", "days from its first day until functioning was back for 28 days; 0 if it never fell "
                       "below, -1 if not back when its clock ends", "days"),
    "died": ColumnSpec("int64", "days from its first day to death, -1 if alive when its clock ends", "days"),
}
"""Filled in runs of several crises alone."""

RECOVERY_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "crisis": ColumnSpec("int64", "number of the crisis, in order of time; crises that overlap are one"),
    "crises": ColumnSpec("str", "its cards, joined by +"),
    "date": ColumnSpec("date", "its first day"),
    "begins": ColumnSpec("int64", "days from the first day of the first crisis", "days"),
    "clock": ColumnSpec("int64", "days over which recovery is timed: to the next crisis, or to the horizon", "days"),
    "is_censored": ColumnSpec("int64", "1 where the next crisis ends the clock"),
    "hit": ColumnSpec("int64", "residents hit by it", "persons"),
    "hit_died": ColumnSpec("int64", "of those, died by the end of the clock, of any cause", "deaths"),
    "days_not_back": ColumnSpec("float64", "days from its first day until one is back, mean of the hit; not back by "
                                "the end of the clock, or died before, counts the whole clock", "days"),
    **{f"back_{level}": ColumnSpec("float64", f"days until {level} % of the hit are back, infinite if they are not by "
                                   "the end of the clock", "days") for level in (50, 80, 95)},
    **{f"back_by_{day}": ColumnSpec("float64", f"share of the hit who are back by day {day}, empty beyond the clock",
                                    "share") for day in (182, 365, 730)},
    "not_back": ColumnSpec("float64", "share of the hit who are not back when the clock ends, or died before", "share"),
}

SITES_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "uid": ColumnSpec("int64", "identity of the site; that of its card for a real one"),
    "neighbourhood": ColumnSpec("int64", "identity of its neighbourhood"),
    "x": ColumnSpec("float64", "east of the département's centre", "km"),
    "y": ColumnSpec("float64", "north of the département's centre", "km"),
    "real": ColumnSpec("int64", "1 for a site that exists and has a card, 0 for one laid out by rule"),
    "planned": ColumnSpec("int64", "1 for a site that a lever opens"),
    "open": ColumnSpec("int64", "1 if open when the run ended"),
    "members": ColumnSpec("int64", "members when the run ended", "persons"),
}

LINKS_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "neighbourhood_1": ColumnSpec("int64", "identity of a neighbourhood"),
    "neighbourhood_2": ColumnSpec("int64", "identity of another, not smaller, or of the same"),
    "ties": ColumnSpec("int64", "ties between their residents at onset (at the end without a crisis), from 5 on",
                       "ties"),
}

EFFECTS_SCHEMA: dict[str, ColumnSpec] = {
    "context": ShownColumn("str", "hash of all but levers and seed"),
    "portfolio": ShownColumn("str", "hash of the levers with their doses, targets and dates"),
    "levers": ShownColumn("str", "levers, joined by +"),
    "outcome": ShownColumn("str", "what was compared with the baseline"),
    "unit": ShownColumn("str", "unit of the outcome"),
    "n": ShownColumn("int64", "seeds played both with and without the levers", "pairs"),
    "baseline": ShownColumn("float64", "mean without levers", "outcome's unit"),
    "mean": ShownColumn("float64", "mean with the levers", "outcome's unit"),
    "difference": ShownColumn("float64", "mean of the paired differences", "outcome's unit"),
    "low": ShownColumn("float64", "low end of the 95 % interval (Student's t)", "outcome's unit"),
    "high": ShownColumn("float64", "high end of the 95 % interval (Student's t)", "outcome's unit"),
    "bootstrap_low": ShownColumn("float64", "low end of the 95 % BCa bootstrap interval, from 8 pairs",
                                 "outcome's unit"),
    "bootstrap_high": ShownColumn("float64", "high end of it", "outcome's unit"),
    "relative": ShownColumn("float64", "difference over the baseline's mean", "share"),
    "helps": ShownColumn("float64", "posterior probability that the mean effect is a benefit", "0-1"),
    "helps_next": ShownColumn("float64", "predictive probability that the next seed shows a benefit", "0-1"),
    "p": ShownColumn("float64", "two-sided p of the paired t test", "0-1"),
    "p_holm": ShownColumn("float64", "the same, corrected by Holm for the number of portfolios", "0-1"),
    "variance_ratio": ShownColumn("float64", "variance without pairing over variance with pairing", "-"),
    "more_seeds": ShownColumn("int64", "further seeds to settle the sign or rule out a difference that matters",
                              "seeds"),
    "among_best": ShownColumn("int64", "1 if not distinguishable from the best portfolio on this outcome", "-"),
    "euros_per_unit": ShownColumn("float64", "EUR per person-day saved, on the outcome loss only", "EUR/person-day"),
    "euros_low": ShownColumn("float64", "low end: Fieller with the low cost", "EUR/person-day"),
    "euros_high": ShownColumn("float64", "high end: Fieller with the high cost, inf when no effect cannot be excluded",
                              "EUR/person-day"),
    "price_status": ShownColumn("str", "bounded, unbounded, not_better, free or single"),
    "verdict": ShownColumn("str", "on the portfolio, by what the hit lose, the same in all its rows: acts, small, "
                           "open, harms, mixed or few"),
    "worth": ShownColumn("str", "the difference from which acting counts as worthwhile"),
}
"""Columns of the effects table, which a comparison writes beside its runs."""

TABLE_SCHEMAS = {
    "runs": RUNS_SCHEMA, "series": SERIES_SCHEMA, "groups": GROUPS_SCHEMA, "neighbourhoods": NEIGHBOURHOODS_SCHEMA,
    "sites": SITES_SCHEMA, "links": LINKS_SCHEMA, "hit_residents": HIT_SCHEMA,
    "hit_by_crisis": CRISIS_HIT_SCHEMA, "recovery": RECOVERY_SCHEMA, **OBSERVED_SCHEMAS,
}
"""Tables of a run, by name."""


def format_data_dictionary() -> str:
    """The data dictionary as a Markdown table: table, column, type, unit, meaning."""
    lines = ["| table | column | type | unit | meaning |", "|---|---|---|---|---|"]
    for table, fields in {**TABLE_SCHEMAS, "effects": EFFECTS_SCHEMA}.items():
        lines += [f"| {table} | {name} | {f.dtype} | {f.unit} | {f.doc} |" for name, f in fields.items()]
    return "\n".join(lines) + "\n"
