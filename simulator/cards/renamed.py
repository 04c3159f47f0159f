"""Names that release 0.6.1 changed, fields and handles removed since: so that a message can say where they went."""

from __future__ import annotations

import re
from collections.abc import Mapping

RELEASE = "0.6.1"
DOMAIN_NAMES = {"kit": "equipment", "care": "assistance", "know": "know_how"}

FIELDS: dict[str, dict[str, str]] = {
    "Model": {"binding": "tie_formation", "living": "functioning"},
    "NeedingParameters": {"others": "other_person", "others_frail": "other_person_frail"},
    "AskingParameters": {"found": "tie_detection", "neighbour": "neighbour_detection",
                         "least_ask": "min_trust_to_ask"},
    "AidingParameters": {"let_down_days": "disappointment_days"},
    "FunctioningParameters": {"least_need_days": "min_need_days"},
    "PopulationParameters": {"houses_most": "max_houses", "helped": "past_help", "refused": "past_refusals",
                             "aided": "past_aid", "let_down": "past_disappointments"},
    "HearingParameters": {"mouth": "word_of_mouth", "echo": "nonmember_weight"},
    "JoiningParameters": {"bearable": "bearable_load"},
    "MeetingParameters": {
        "strand": "group_size", "crowd": "seats_per_member", "wear_agency": "decay_agency",
        "wear_institution": "decay_institution", "wear_general": "decay_general", "wear_host": "decay_host",
        "wear_skill": "decay_skill", "satisfaction": "satisfaction_rate", "content": "satisfaction_base",
        "content_met": "satisfaction_met", "content_learning": "satisfaction_learning",
        "content_turned": "satisfaction_turned_away", "content_distance": "satisfaction_distance",
        "enough": "enough_partners"},
    "ContactParameters": {
        "least_free": "min_free_share", "wear_kin": "decay_kin", "wear_friend": "decay_friend",
        "wear_neighbour": "decay_neighbour", "wear_other": "decay_other", "wear_project": "decay_project",
        "few": "few_contacts", "least_trust": "min_trust"},
    "TieFormationParameters": {
        "same_place": "same_neighbourhood", "same_place_other": "same_neighbourhood_other", "jump": "mean_distance",
        "strong": "strong_trust", "least_climate": "min_neighbourhood_support"},
    "Lever": {"turns": "modifiers", "projects": "new_sites"},
    "Crisis": {"hit": "exposed_services"},
    "NeedRates": DOMAIN_NAMES,
    "Services": {"site_open": "site_activity", "meet": "visits", "institution": "institution_capacity",
                 "shops": "restocking"},
    "ExposedServices": {"at_site": "site_access"},
    "SiteCard": {"strand": "group_size", "reserve": "cash_reserve"},
}
"""Class of settings or of a card -> its fields: settings (model.group.name) and entries of cards."""

FUNCTIONING_WEIGHTS = {name: f"model.functioning.weight_{DOMAIN_NAMES.get(name, name)}" for name in (
    "food", "equipment", "assistance", "know_how", *DOMAIN_NAMES)}
REMOVED: dict[str, dict[str, str]] = {
    "Crisis": {"mortality_slope": "heat: {dose: …, rise: …}",
               "damage_by": "damage: {homes: …, equipment: {median: …}} for what is destroyed, heat: {…} for deaths"},
    "FunctioningParameters": {
        **FUNCTIONING_WEIGHTS,
        "recovery": "model.functioning.climb, and for the work to do model.aftermath.pace_equipment and its like",
        "recovery_covered": "model.aftermath.pace_equipment and its like",
        "frail_base": "model.heat.frailty", "max_need": "model.functioning.need_scale",
        "most_need": "model.functioning.need_scale", "gompertz": "model.heat.man, model.heat.woman",
        "gompertz_age": "model.heat.man_age, model.heat.woman_age"},
    "CopingParameters": {"own": "model.aftermath.pace_food, model.aftermath.pace_equipment, "
                                "model.aftermath.pace_assistance, model.aftermath.pace_know_how"},
    "ProvidingParameters": {"reserve_matched": "model.collective_aid.reserve_matched"},
}
"""Class of settings or of a card -> its fields that are gone since, and what there is instead."""

REMOVED_HANDLES = {"resident.kit": "resident.kit_cooling, resident.kit_power, resident.kit_shelter, "
                                   "resident.kit_tools, resident.kit_digital"}
"""Handle that is gone since -> what there is instead."""

NUMBERS_BEFORE = {"Damage": "{homes: …, equipment: {median: …}}, what is destroyed on the first day; what an open need "
                            "costs is model.functioning.need_weight"}
"""Class of a card's entries that were one number once -> what they are now."""

CHOICES = {"climate": "neighbourhood_support"}
"""What neighbourhoods are ranked by on lever cards."""

HANDLES = {
    "site.mixing": "site.homophily", "site.threshold": "site.barrier_weight", "site.opening": "site.activity",
    "site.renewal": "site.grant_renewal", "site.inflow": "site.goods_inflow", "site.networked": "site.stock_pooling",
    "site.refuge": "site.refuge_places", "site.let_down": "site.disappointed",
    "resident.let_down": "resident.disappointed", "resident.no_time": "resident.time_penalty",
    "resident.mingling": "resident.neighbour_encounters", "resident.lessons": "resident.training_hours",
    "resident.load_felt": "resident.load_sensitivity", "resident.at_site": "resident.site_access",
    "institution.call": "institution.call_rate", "institution.delay_cut": "institution.delay_reduction",
    "institution.linked": "institution.accessibility", "territory.site_open": "territory.site_activity",
    "territory.meet": "territory.visits", "territory.institution": "territory.institution_capacity",
    "territory.shops": "territory.restocking", "territory.projects": "territory.new_sites",
}

OUTCOMES = {
    "robustness": "lowest_functioning", "persistent": "persistent_loss", "fifth_ratio": "quintile_ratio",
    "fifth_gap": "quintile_gap", "loss_tenth": "loss_p90", "delay": "contact_delay",
    "giving_tenth": "giving_top_decile",
}

GOODS = {"passed": "shared", "relieved": "distributed", "kits_in": "kits_added", "kits_out": "kits_lent",
         "kits_back": "kits_returned"}
MONEY = {"own": "own_income", "running": "running_costs"}
COUNTS = {"found": "detected", "aided": "aid_granted", "let_down": "disappointed", "born": "ties_created",
          "ended": "ties_ended", "evicted": "ties_displaced", "attended": "attendances", "met_pairs": "pairs_met",
          "opened": "sites_opened", "closed": "sites_closed"}
COLUMNS: dict[str, dict[str, str]] = {
    "runs": {"loss_tenth": "loss_p90", "delay": "contact_delay", "giving_tenth": "giving_top_decile"},
    "series": {**{f"goods_{old}": f"goods_{new}" for old, new in GOODS.items()},
               **{f"euros_{old}": f"euros_{new}" for old, new in MONEY.items()}, **COUNTS},
    "groups": {"delay": "contact_delay", "nobody": "nobody_to_ask"},
    "neighbourhoods": {"climate": "neighbourhood_support"},
    "links": {"first": "neighbourhood_1", "second": "neighbourhood_2"},
    "people": {"fifth": "income_quintile", "household": "household_type", "alone": "lives_alone",
               "nobody": "nobody_to_ask", "usual_hazard": "baseline_hazard"},
    "ties": {"begun": "panel_day"},
    "network": {"moment": "time_point", "of": "category"},
}
"""Table of records -> its columns. Those of a domain of need have its name: new_care is new_assistance."""

STATE_COLUMNS: dict[str, dict[str, str]] = {
    "people": {"voiced": "asked", "found": "detected", "hurt": "harmed", "let_down": "disappointed",
               "busy": "time_given", "loss": "loss_micro", "given": "given_milli", "received": "received_milli"},
    "neighbourhoods": {"climate": "support"},
    "ties": {"other": "alter", "mirror": "alter_trust"},
    "sites": {"strand": "group_size"},
}
"""Table of the world -> its columns."""


def find_renamed_column(name: str) -> str | None:
    """The new name of a column of any table of records, None for a name that was not changed."""
    for columns in COLUMNS.values():
        if name in columns:
            return columns[name]
    flow = re.fullmatch(r"(met_\w+|new|carried|faded|unmet)_(kit|care|know)", name)
    return f"{flow[1]}_{DOMAIN_NAMES[flow[2]]}" if flow else None


def list_renamed_names(table: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, str]]:
    """(class or table, old, new) of every entry of a table such as FIELDS or COLUMNS."""
    return [(owner, old, new) for owner, names in table.items() for old, new in names.items()]
