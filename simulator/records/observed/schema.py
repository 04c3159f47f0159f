"""Tables that a run keeps only when asked: residents, who helped whom, ties, sites, the network."""

from __future__ import annotations

from ..field import Field

PEOPLE = {
    "run": Field("str", "key of the run"),
    "uid": Field("int64", "identity of the resident, the same in every run with this seed"),
    "neighbourhood": Field("int64", "identity of the neighbourhood"),
    "commune": Field("int64", "INSEE code of the commune"),
    "age": Field("int64", "age", "yr"),
    "sex": Field("int64", "0 man, 1 woman"),
    "group": Field("int64", "abstract milieu for homophily"),
    "ses": Field("int64", "social class: 0 low, 1 middle, 2 high"),
    "diploma": Field("int64", "0 none, 1 secondary, 2 higher education"),
    "job": Field("int64", "0 inactive, 1 unemployed, 2 employed"),
    "fifth": Field("int64", "fifth of income, 1 is the poorest"),
    "income": Field("float64", "household income per consumption unit over the territory's median"),
    "household": Field("int64", "0 one person, 1 couple, 2 couple with children, 3 lone parent, 4 other"),
    "alone": Field("int64", "1 for who lives alone"),
    "frailty": Field("float64", "health fragility", "0-1"),
    "social_hours": Field("float64", "social time outside the household", "h/week"),
    "alive_onset": Field("int64", "1 if alive at onset (at the end without a crisis)"),
    "ties": Field("int64", "ties on the map at onset", "ties"),
    "strong": Field("int64", "of them, strong ones", "ties"),
    "local": Field("float64", "trust summed over ties in the same neighbourhood at onset", "sum of trust"),
    "far_kin": Field("int64", "kin ties beyond the map", "ties"),
    "far_other": Field("int64", "friends and others beyond the map", "ties"),
    "far_friend": Field("float64", "of them, friends, expected", "ties"),
    **{f"near_{kind}": Field("int64", f"ties on the map within 1 km of home at onset: {kind}", "ties")
       for kind in ("kin", "friend", "neighbour", "other", "project")},
    "near_far": Field("float64", "probability that a tie beyond the map is nevertheless within 1 km", "0-1"),
    "isolated": Field("int64", "1 if aged 15+ with too few contacts a year at onset"),
    "nobody": Field("int64", "1 if aged 15+, no other adult at home, no tie, near or far, trusted enough to ask"),
    "site": Field("int64", "site one belongs to at onset, -1 for none"),
    "site_before": Field("int64", "site one belonged to `site_days` days before, -1 for none"),
    "site_days": Field("int64", "days between the two", "days"),
    "agency": Field("float64", "power to act at onset", "0-1"),
    "trust_institutions": Field("float64", "trust in public institutions at onset", "0-1"),
    "trust_general": Field("float64", "generalised trust at onset", "0-1"),
    "calm_gave": Field("int64", "acts of help to others in the 8 weeks before onset", "acts"),
    "calm_received": Field("int64", "acts of help that one asked for and got from people then", "acts"),
    "calm_refused": Field("int64", "refusals one met then", "acts"),
    "gave": Field("int64", "acts of help to others since onset", "acts"),
    "got": Field("int64", "acts of help that one asked for and got from people since onset", "acts"),
    "refused": Field("int64", "refusals one met since onset", "acts"),
    "given": Field("float64", "help given outside the household since onset", "h or units"),
    "received": Field("float64", "help received from outside the household since onset", "h or units"),
    "first_need": Field("int64", "day of the first need beyond own means since onset, -1 for none", "day"),
    "first_contact": Field("int64", "day first reached by a tie, a site or an institution, -1 for none", "day"),
    "exposure": Field("float64", "largest exposure to a crisis, severity included", "0-1"),
    "loss": Field("float64", "functioning lost since onset", "person-days"),
    "excess_hazard": Field("float64", "expected excess deaths of the resident since onset", "deaths"),
    "usual_hazard": Field("float64", "expected deaths off crisis over the days of crises", "deaths"),
    "died": Field("int64", "1 for who died since onset"),
}

PAIRS = {
    "run": Field("str", "key of the run"),
    "period": Field("str", "calm: the 8 weeks before onset; crisis k; after k: until the next crisis or the end"),
    "giver": Field("int64", "resident who was asked, -1 for a site, an institution or somebody beyond the map"),
    "receiver": Field("int64", "resident whose need it was"),
    "asker": Field("int64", "resident who asked: the receiver, or an adult of a child's household"),
    "source": Field("str", "kind of tie (kin, friend, neighbour, other, project), stranger, far, institution, or site, "
                           "without the later days of a kit on loan"),
    "domain": Field("str", "food, kit, care, know; several when a site or an institution met them at once"),
    "acts": Field("int64", "acts of help", "acts"),
    "refusals": Field("int64", "refusals", "acts"),
    "amount": Field("float64", "help given", "h or units"),
}

TIES = {
    "run": Field("str", "key of the run"),
    "panel": Field("str", "ties held on the run's first week (start) or when levers begin (levers)"),
    "begun": Field("int64", "day of the panel", "day"),
    "low": Field("int64", "the resident with the smaller identity"),
    "high": Field("int64", "the other"),
    "kind": Field("str", "kin, friend, neighbour, other, project"),
    "trust_low": Field("float64", "trust of the first in the second then", "0-1"),
    "trust_high": Field("float64", "trust of the second in the first then", "0-1"),
    "distance": Field("float64", "between their homes", "km"),
    "seen": Field("int64", "last day on which the tie was seen to be there; looked for every 13 weeks and at the end",
                  "day"),
    "until": Field("int64", "last day on which it was looked for", "day"),
    "trust_end": Field("float64", "mean trust of both at the end, 0 when it is over", "0-1"),
}

SITE_LIVES = {
    "run": Field("str", "key of the run"),
    "site": Field("int64", "identity of the site; 2^31 and above for one that a lever opened"),
    "commune": Field("int64", "INSEE code of its commune"),
    "neighbourhood": Field("int64", "identity of its neighbourhood"),
    "real": Field("int64", "1 for a site that exists and has a card"),
    "host": Field("str", "association, institution or co-governed"),
    "opened": Field("int64", "first day it was seen open, -1 if never", "day"),
    "closed": Field("int64", "first day it was seen closed after that, -1 if it is open at the end", "day"),
    "members_start": Field("int64", "members when it was first seen open", "persons"),
    "members_onset": Field("int64", "members at onset", "persons"),
    "members_end": Field("int64", "members at the end", "persons"),
    "stayed": Field("int64", "members at onset who still belong to it at the end", "persons"),
}

NETWORK = {
    "run": Field("str", "key of the run"),
    "moment": Field("str", "start: the run's first week; levers: when they begin; onset; end"),
    "day": Field("int64", "its day", "day"),
    "measure": Field("str", "degree, giant, giant_area, ei, ei_random, kind, clustering"),
    "of": Field("str", "trust both have at least (degree, giant), trait (ei: group, ses, age, diploma, job), kind"),
    "value": Field("float64", "ties a resident 15+ (degree, kind), share of residents 15+ (giant), index -1 to 1 (ei), "
                                        "share of pairs of one's ties that are tied (clustering)", "as said"),
}

OBSERVED = {"people": PEOPLE, "pairs": PAIRS, "ties": TIES, "site_lives": SITE_LIVES, "network": NETWORK}
"""Names that the setting `observe` may hold, and the table that each fills; tables not asked for are empty."""
