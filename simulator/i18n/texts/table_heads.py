"""Heads of tables for spreadsheets, by the name of their column in records and in CSV files."""

from __future__ import annotations

from ..translation import mark, translate

COLUMN_HEADS: dict[str, str] = {
    "run": mark("Run (key)"), "status": mark("Status"), "error": mark("Error"), "study": mark("Study"),
    "point": mark("Design point"), "arm": mark("Arm"), "territory": mark("Territory"), "crises": mark("Crises"),
    "levers": mark("Levers (ids)"), "lever": mark("Lever(s)"), "portfolio": mark("Portfolio (key)"),
    "context": mark("Scenario (key)"), "behaviour": mark("Model variant"), "seed": mark("Seed"),
    "model_version": mark("Model version"), "schema_version": mark("Version of the tables"),
    "residents": mark("Residents at the start"), "n": mark("Residents"), "onset": mark("Day of onset"),
    "horizon": mark("Days followed"), "runs.loss": mark("Total loss"), "loss": mark("Loss per resident"),
    "loss_total": mark("Total loss"), "loss_p90": mark("Loss, 90th percentile"),
    "loss_gini": mark("Gini index of loss"),
    "loss_concentration": mark("Concentration of loss by income"), "deaths_expected": mark("Expected excess deaths"),
    "deaths_at_home": mark("Of them, at home"), "deaths_usual": mark("Usual deaths expected"),
    "deaths": mark("Deaths"), "in_need": mark("Residents in need"), "never_reached": mark("Helped by nobody"),
    "hit": mark("Residents hit"), "hit_adults": mark("Adults hit"), "loss_per_hit": mark("Loss per person hit"),
    "back_50": mark("Days until half are back"), "back_80": mark("Days until 80% are back"),
    "back_95": mark("Days until 95% are back"), "not_back": mark("Share not back at the end"),
    "permanent_loss": mark("Lost for good"), "displaced": mark("Displaced"), "still_displaced": mark("Still displaced"),
    "beyond_own": mark("Own means insufficient"), "beyond_home": mark("Home's means insufficient"),
    "asked": mark("Asked for help"), "helped_by_persons": mark("Helped by a person"),
    "helped_by_sites": mark("Helped by a site"), "helped_by_institutions": mark("Helped by an institution"),
    "helped_by_groups": mark("Helped by a group"), "helped_by_reserves": mark("Helped by a reserve"),
    "hit_key": mark("Who was hit (key)"), "hit_died": mark("Deaths among the hit"),
    "loss_per_hit_year": mark("Loss per person hit, one year"), "days_not_back": mark("Days not back, mean of the hit"),
    "clock": mark("Days over which the return is timed"),
    "back_by_182": mark("Share back by day 182"), "back_by_365": mark("Share back by day 365"),
    "back_by_730": mark("Share back by day 730"), "worth": mark("Worthwhile from"),
    "isolated": mark("Isolated residents"), "isolated_in_need": mark("Isolated and in need"),
    "isolated_never_reached": mark("Isolated, helped by nobody"), "contact_delay": mark("Days until first help"),
    "reciprocity": mark("Received and gave"), "giving_gini": mark("Gini index of help given"),
    "giving_top_decile": mark("Given by the top tenth"), "cost_low": mark("Cost, low end"), "cost": mark("Cost"),
    "cost_high": mark("Cost, high end"), "lowest_functioning": mark("Lowest functioning"),
    "t90": mark("Days to make good 90%"), "t95": mark("Days to make good 95%"),
    "t95_level": mark("Days to 95% of normal"), "persistent_loss": mark("Loss at the end"),
    "loss_poorest": mark("Loss, poorest fifth"), "loss_richest": mark("Loss, richest fifth"),
    "quintile_ratio": mark("Poorest over richest"), "quintile_gap": mark("Poorest minus richest"),
    "loss_isolated": mark("Loss, isolated people"), "unreached": mark("Share helped by nobody"),
    "outcome": mark("Outcome (id)"), "outcome_label": mark("Outcome"), "unit": mark("Unit"),
    "effects.n": mark("Pairs of seeds"), "baseline": mark("Without levers"), "mean": mark("With the levers"),
    "difference": mark("Change"), "low": mark("Low end (95%)"), "high": mark("High end (95%)"),
    "evidence.low": mark("Lowest plausible"), "evidence.high": mark("Highest plausible"),
    "bootstrap_low": mark("Low end (bootstrap)"), "bootstrap_high": mark("High end (bootstrap)"),
    "relative": mark("Change, share"), "helps": mark("Probability of a mean benefit"),
    "helps_next": mark("Probability that one more seed gains"), "p": mark("p"), "p_holm": mark("p (Holm)"),
    "variance_ratio": mark("Gain from pairing"), "more_seeds": mark("Seeds still needed"),
    "among_best": mark("Among the best"), "euros_per_unit": mark("EUR per person-day saved"),
    "euros_low": mark("EUR, low end"), "euros_high": mark("EUR, high end"), "price_status": mark("State of the price"),
    "dimension": mark("Grouped by"), "group": mark("Group"), "people": mark("Residents of the group"),
    "payer": mark("Who pays"), "year": mark("Year"), "kind": mark("Kind of expense"), "euros": mark("EUR"),
    "label": mark("Name"), "euros_year": mark("Cost a year, EUR"), "euros_total": mark("Total cost, EUR"),
    "euros_total_low": mark("Total cost, low end"), "euros_total_high": mark("Total cost, high end"),
    "versus": mark("Against"), "value_versus": mark("Value of the other"), "dose": mark("Dose"),
    "euros_per_person_day": mark("Worth of a person-day"),
    "times_a_year": mark("Crises a year to pay off"), "years_between": mark("Years between crises"),
    "verdict": mark("Verdict"), "calm_met_by_others": mark("Needs met by others, calm years"),
    "calm_unmet": mark("Needs unmet, calm years"), "calm_members": mark("Members, calm years"),
    "calm_ties": mark("Ties, calm years"), "name": mark("Name"), "value": mark("Value"), "grade": mark("Grade"),
    "source": mark("Source"), "date": mark("Date"), "day": mark("Day"), "commune": mark("Commune"),
    "priority": mark("Priority district"), "sheet": mark("Sheet"), "column": mark("Name in files"),
    "head": mark("Head"), "meaning": mark("Meaning"),
}
"""Column to its head; `table.column` where a column means something else in one table."""

MEANINGS: dict[str, str] = {
    "status": mark("done, failed or missing"), "error": mark("why the run failed; empty otherwise"),
    "study": mark("name of the study"), "point": mark("number of the point in the study's design"),
    "arm": mark("the levers that are played together; baseline: none"),
    "lever": mark("the lever, or the levers played together"),
    "outcome_label": mark("what is compared with and without the levers"),
    "dimension": mark("what residents are grouped by"), "group": mark("the group, of at least 30 residents"),
    "people": mark("residents of the group, mean over seeds"), "payer": mark("who pays"),
    "year": mark("calendar year"), "kind": mark("set-up or running costs, by the lever's card"),
    "euros": mark("amount of that year"), "euros_low": mark("low end of the price or amount"),
    "euros_high": mark("high end of the price or amount; empty where it has none"),
    "dose": mark("amount of the lever, in the unit of its card"),
    "euros_per_person_day": mark("worth of a person-day that is tried out: the true one is unknown"),
    "times_a_year": mark("how often the crises must come in a year for the levers to pay off"),
    "years_between": mark("the same as years from one crisis to the next"),
    "verdict": mark("how the figure beside it is to be read"),
    "low": mark("low end of the interval or range"),
    "high": mark("high end of the interval or range; empty where it has none"),
    "calm_met_by_others": mark("change in everyday needs met outside the home, a calm year"),
    "calm_unmet": mark("change in everyday needs left unmet, a calm year"),
    "calm_members": mark("change in members of sites, calm years"), "calm_ties": mark("change in ties, calm years"),
    "name": mark("dotted name of the number"), "value": mark("value that was played"),
    "unit": mark("unit of the numbers of the row"),
    "grade": mark("measured, published, derived or assumption"), "source": mark("where the number comes from"),
}
"""Meanings of columns that no schema of records declares."""

OUTCOME_MEANINGS = (
    mark("loss area R"), mark("lowest mean functioning"), mark("days to make good 90 % of the drop"),
    mark("days to make good 95 % of the drop"), mark("days to 95 % of the level before"),
    mark("functioning still lost at the horizon"), mark("loss of those hit to the horizon, a person"),
    mark("days until half of the hit are back"), mark("days until 80 % of the hit are back"),
    mark("days until 95 % of the hit are back"), mark("share of the hit not back at the horizon"),
    mark("functioning lost for good by the hit"), mark("expected excess deaths"),
    mark("realised deaths of any cause"), mark("loss of the poorest fifth"), mark("loss of the richest fifth"),
    mark("loss of the poorest over the richest fifth"), mark("loss of the poorest minus the richest fifth"),
    mark("loss of those isolated before any lever"), mark("loss at the 90th percentile of residents"),
    mark("concentration index of loss by income"), mark("share of those with a need helped by nobody"),
    mark("residents whose means do not suffice, helped by nobody"),
    mark("isolated residents whose means do not suffice, helped by nobody"),
    mark("median days from need to first help"),
    mark("share of receivers who also gave"), mark("share of help given by the top tenth"),
    mark("loss area times residents alive at onset"), mark("loss of those hit to day 365, a person"),
    mark("days until back, mean of all hit, who is not back counts the horizon"),
    mark("share of the hit back by day 182"), mark("share of the hit back by day 365"),
    mark("share of the hit back by day 730"), mark("deaths among the hit, of any cause"),
)
"""What outcomes are, for the catalogue."""

TABLE_UNITS = (mark("0-1"), mark("-1-1"), mark("day"), mark("deaths"), mark("pairs"), mark("outcome's unit"),
               mark("seeds"), mark("EUR/person-day"), mark("ratio"), mark("person-days per 1,000 residents"),
               mark("times a year"))
"""Units of columns that no number of the model has."""


def get_column_head(table: str, column: str, lang: str) -> str:
    """The head of a column of a table; its own name where there is none."""
    head = COLUMN_HEADS.get(f"{table}.{column}") or COLUMN_HEADS.get(column)
    return translate(head, lang) if head else column
