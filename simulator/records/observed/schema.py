"""The schema of tables that a run writes only on request: residents, who helped whom, ties, sites, the network."""

from __future__ import annotations

from ...rules.need_domains import KIT_KINDS
from ..column_spec import ColumnSpec

PEOPLE_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "uid": ColumnSpec("int64", "identity of the resident, the same in every run with this seed"),
    "neighbourhood": ColumnSpec("int64", "identity of the neighbourhood"),
    "commune": ColumnSpec("int64", "INSEE code of the commune"),
    "age": ColumnSpec("int64", "age", "yr"),
    "sex": ColumnSpec("int64", "0 man, 1 woman"),
    "group": ColumnSpec("int64", "abstract milieu for homophily"),
    "ses": ColumnSpec("int64", "social class: 0 low, 1 middle, 2 high"),
    "diploma": ColumnSpec("int64", "0 none, 1 secondary, 2 higher education"),
    "job": ColumnSpec("int64", "0 inactive, 1 unemployed, 2 employed"),
    "income_quintile": ColumnSpec("int64", "fifth of income, 1 is the poorest"),
    "income": ColumnSpec("float64", "household income per consumption unit over the territory's median"),
    "household_type": ColumnSpec("int64", "0 one person, 1 couple, 2 couple with children, 3 lone parent, 4 other"),
    "lives_alone": ColumnSpec("int64", "1 for who lives alone"),
    "frailty": ColumnSpec("float64", "health fragility", "0-1"),
    "social_hours": ColumnSpec("float64", "social time outside the household", "h/week"),
    "alive_onset": ColumnSpec("int64", "1 if alive at onset (at the end without a crisis)"),
    "ties": ColumnSpec("int64", "ties on the map at onset", "ties"),
    "strong": ColumnSpec("int64", "of them, strong ones", "ties"),
    "local": ColumnSpec("float64", "trust summed over ties in the same neighbourhood at onset", "sum of trust"),
    "far_kin": ColumnSpec("int64", "kin ties beyond the map", "ties"),
    "far_other": ColumnSpec("int64", "friends and others beyond the map", "ties"),
    "far_friend": ColumnSpec("float64", "of them, friends, expected", "ties"),
    **{f"near_{kind}": ColumnSpec("int64", f"ties on the map within 1 km of home at onset: {kind}", "ties")
       for kind in ("kin", "friend", "neighbour", "other", "project")},
    "near_far": ColumnSpec("float64", "probability that a tie beyond the map is nevertheless within 1 km", "0-1"),
    "isolated": ColumnSpec("int64", "1 if aged 15+ with too few contacts a year at onset"),
    "nobody_to_ask": ColumnSpec("int64",
                                "1 if aged 15+, no other adult at home, no tie, near or far, trusted enough to ask"),
    "site": ColumnSpec("int64", "site one belongs to at onset, -1 for none"),
    "site_before": ColumnSpec("int64", "site one belonged to `site_days` days before, -1 for none"),
    "site_days": ColumnSpec("int64", "days between the two", "days"),
    "agency": ColumnSpec("float64", "power to act at onset", "0-1"),
    "trust_institutions": ColumnSpec("float64", "trust in public institutions at onset", "0-1"),
    "trust_general": ColumnSpec("float64", "generalised trust at onset", "0-1"),
    "calm_gave": ColumnSpec("int64", "acts of help to others in the 8 weeks before onset", "acts"),
    "calm_received": ColumnSpec("int64", "acts of help that one asked for and got from people then", "acts"),
    "calm_refused": ColumnSpec("int64", "refusals one met then", "acts"),
    "gave": ColumnSpec("int64", "acts of help to others since onset", "acts"),
    "got": ColumnSpec("int64", "acts of help that one asked for and got from people since onset", "acts"),
    "refused": ColumnSpec("int64", "refusals one met since onset", "acts"),
    "given": ColumnSpec("float64", "help with a crisis given outside the household since onset", "h or units"),
    "received": ColumnSpec("float64", "help with a crisis got from outside the household since onset", "h or units"),
    "first_need": ColumnSpec("int64", "day of the first need of a crisis, -1 for none", "day"),
    "first_contact": ColumnSpec("int64", "day first reached by a tie, a site or an institution, -1 for none", "day"),
    "exposure": ColumnSpec("float64", "largest exposure to a crisis, severity included", "0-1"),
    "loss": ColumnSpec("float64", "functioning lost since onset", "person-days"),
    "functioning": ColumnSpec("float64", "functioning at the end", "0-1"),
    **{name: ColumnSpec("int64", f"1 for who was marked since onset: {name.replace('_', ' ')}")
       for name in ("hit", "beyond_own", "beyond_home", "asked", "found", "helped_by_persons", "helped_by_sites",
                    "helped_by_institutions", "helped_by_groups", "helped_by_reserves")},
    "lost_for_good": ColumnSpec("float64", "functioning that the household has lost for good", "0-1"),
    "displaced": ColumnSpec("int64", "1 for who had to leave home since onset"),
    "first_lodging": ColumnSpec("int64", "who lodged them first: 1 kin or friends, 2 an institution, 0 nobody"),
    "lodging": ColumnSpec("int64", "0 at home at the end; out of it, lodged by 1 kin or friends, 2 an institution"),
    **{f"kit_{kind}": ColumnSpec("int64", f"1 if the household has equipment of its own: {kind}")
       for kind in KIT_KINDS},
    "excess_hazard": ColumnSpec("float64", "expected excess deaths of the resident since onset", "deaths"),
    "home_hazard": ColumnSpec("float64", "of them, at home, where help can change it", "deaths"),
    "baseline_hazard": ColumnSpec("float64", "expected usual deaths of the resident over the days of heat", "deaths"),
    "died": ColumnSpec("int64", "1 for who died since onset"),
    **{f"ties_{kind}": ColumnSpec("int64", f"ties on the map at onset, of those aged 15+, with somebody {what}", "ties")
       for kind, what in (("alike", "of the same milieu, age band and class"), ("milieu", "of another milieu"),
                          ("age", "of another age band"), ("class", "of another social class"))},
    "tie_trust": ColumnSpec("float64", "trust summed over the ties on the map at onset, of those aged 15+",
                            "sum of trust"),
    "host_trust": ColumnSpec("float64", "trust at onset in the host trusted most among the sites one could go to, 15+",
                             "0-1"),
    "know_how": ColumnSpec("float64", "know-how at onset, of those aged 15+", "0-1"),
    "aware": ColumnSpec("int64", "1 if aged 15+ and has heard of a site one could go to, at onset"),
    "member_before": ColumnSpec("int64", "1 if member of a site before any lever could act"),
    "isolated_before": ColumnSpec("int64", "1 if aged 15+ with too few contacts a year before any lever could act"),
}

REACHED_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "uid": ColumnSpec("int64", "identity of the resident"),
    "lever": ColumnSpec("str", "lever that reached them"),
    "what": ColumnSpec("str", "offered: acted on, served by an institution it acts on, or aware of a site it acts on, "
                       "as it began, at onset or at the end; served: and something came of it"),
    "through": ColumnSpec("str", "the handle by which they were first served, empty for offered"),
    "day": ColumnSpec("int64", "first day", "day"),
}

PAIRS_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "period": ColumnSpec("str", "calm: the 8 weeks before onset; crisis k; after k: until the next crisis or the end"),
    "giver": ColumnSpec("int64", "resident who was asked, -1 for a site, an institution or somebody beyond the map"),
    "receiver": ColumnSpec("int64", "resident whose need it was"),
    "asker": ColumnSpec("int64", "resident who asked: the receiver, or an adult of a child's household"),
    "source": ColumnSpec("str", "kind of tie (kin, friend, neighbour, other, project), stranger, far, institution, or "
                         "site, without the later days of a kit on loan"),
    "domain": ColumnSpec("str", "food, equipment, assistance, know_how; several when a site or an institution met "
                         "them at once"),
    "acts": ColumnSpec("int64", "acts of help", "acts"),
    "refusals": ColumnSpec("int64", "refusals", "acts"),
    "amount": ColumnSpec("float64", "help given", "h or units"),
}

TIES_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "panel": ColumnSpec("str", "ties held on the run's first week (start) or when levers begin (levers)"),
    "panel_day": ColumnSpec("int64", "day of the panel", "day"),
    "low": ColumnSpec("int64", "the resident with the smaller identity"),
    "high": ColumnSpec("int64", "the other"),
    "kind": ColumnSpec("str", "kin, friend, neighbour, other, project"),
    "trust_low": ColumnSpec("float64", "trust of the first in the second then", "0-1"),
    "trust_high": ColumnSpec("float64", "trust of the second in the first then", "0-1"),
    "distance": ColumnSpec("float64", "between their homes", "km"),
    "seen": ColumnSpec("int64", "last day on which the tie was seen to be there; looked for every 13 weeks and at the "
                       "end", "day"),
    "until": ColumnSpec("int64", "last day on which it was looked for", "day"),
    "trust_end": ColumnSpec("float64", "mean trust of both at the end, 0 when it is over", "0-1"),
}

SITE_HISTORIES_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "site": ColumnSpec("int64", "identity of the site; 2^31 and above for one that a lever opened"),
    "commune": ColumnSpec("int64", "INSEE code of its commune"),
    "neighbourhood": ColumnSpec("int64", "identity of its neighbourhood"),
    "real": ColumnSpec("int64", "1 for a site that exists and has a card"),
    "host": ColumnSpec("str", "association, institution or co-governed"),
    "opened": ColumnSpec("int64", "first day it was seen open, -1 if never", "day"),
    "closed": ColumnSpec("int64", "first day it was seen closed after that, -1 if it is open at the end", "day"),
    "members_start": ColumnSpec("int64", "members when it was first seen open", "persons"),
    "members_onset": ColumnSpec("int64", "members at onset", "persons"),
    "members_end": ColumnSpec("int64", "members at the end", "persons"),
    "stayed": ColumnSpec("int64", "members at onset who still belong to it at the end", "persons"),
}

NETWORK_SCHEMA = {
    "run": ColumnSpec("str", "key of the run"),
    "time_point": ColumnSpec("str", "start: the run's first week; levers: when they begin; onset; end"),
    "day": ColumnSpec("int64", "its day", "day"),
    "measure": ColumnSpec("str", "degree, giant_component_share, giant_area, ei_index, ei_index_random, kind, "
                          "clustering"),
    "category": ColumnSpec("str",
                           "trust both have at least (degree, giant_component_share), trait (ei_index: group, ses, "
                           "age, diploma, job), kind"),
    "value": ColumnSpec("float64",
                        "ties a resident 15+ (degree, kind), share of residents 15+ (giant_component_share), "
                        "index -1 to 1 (ei_index), share of pairs of one's ties that are tied (clustering)", "as said"),
}

OBSERVED_SCHEMAS = {
    "people": PEOPLE_SCHEMA, "pairs": PAIRS_SCHEMA, "ties": TIES_SCHEMA, "site_lives": SITE_HISTORIES_SCHEMA,
    "network": NETWORK_SCHEMA, "reached": REACHED_SCHEMA,
}
"""Tables by the name that requests them in the setting `observe`; tables that are not requested are empty."""
