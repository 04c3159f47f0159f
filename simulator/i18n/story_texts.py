"""Labels of residents' stories, and dates within them."""

from __future__ import annotations

import re
from datetime import date

from .date_format import format_date
from .number_format import NBSP
from .translation import mark, translate

SPACED_SIGN = re.compile(r" [:;?»]|« ")
"""A French sign with the space that must not break a line."""

STORY_LABELS: dict[str, str] = {
    "typical": mark("Chosen: the median loss among adults whom the crisis put in need."),
    "isolated": mark("Chosen: the median loss among isolated adults whom the crisis put in need."),
    "most_gained": mark("Chosen: the adult whom the levers spare most. This is not their mean effect."),
    "most_lost": mark("Chosen: the adult who loses most by the levers. This is not their mean effect."),
    "job0": mark("not in the labour force"), "job1": mark("unemployed"),
    "job2": mark("employed"), "child": mark("child"), "home0": mark("Lives alone"),
    "home1": mark("Couple without children"), "home2": mark("Couple with children, {persons} persons"),
    "home3": mark("Lone parent family, {persons} persons"), "home4": mark("Other household, {persons} persons"),
    "barrier0": mark("language"), "barrier1": mark("gender and care duties"), "barrier2": mark("culture"),
    "barrier3": mark("disability"), "both": mark("="), "without": mark("none"), "with": mark("with"),
    "lost": mark("functioning lost (days)"), "days_unmet": mark("days with a need left unmet"),
    "did_help": mark("times they helped somebody"), "dead": mark("died in the period"),
    "ev_dares": mark("dares to ask: {domains}"), "ev_silent": mark("does not dare to ask: {domains}"),
    "by_neighbour": mark("a neighbour of the building"), "by_call": mark("a call or a visit"),
    "by_tie": mark("no. {n}, who trusts them"), "ev_asked": mark("asks ({domain}) {who}: {answer}"),
    "ev_was_asked": mark("{who}, asks them ({domain}): {answer}"),
    "ev_applied": mark("applies to the town hall: {domains}"),
    "ev_institution_waits": mark("the town hall has not answered yet: {domains}"),
    "ev_institution_empty": mark("the town hall has nothing left: {domains}"), "ev_died": mark("dies"),
    "ev_heard": mark("hears of {site}"), "ev_joined": mark("joins {site}"), "ev_left": mark("leaves {site}"),
    "ev_queued": mark("on the waiting list of {site}"), "ev_gave_up": mark("gives up waiting for {site}"),
    "reach_person": mark("“{lever}” begins, and reaches them in person"),
    "reach_site": mark("“{lever}” begins, through a site within their reach"),
    "reach_commune": mark("“{lever}” begins, through their town"),
    "reach_none": mark("“{lever}” begins, without reaching them directly"),
    "refused_load": mark("refused, already asked too much (chance of a yes {chance})"),
    "refused_trust": mark("refused, trust of {trust} was not enough that day (chance of a yes {chance})"),
    "refused_luck": mark("refused, though the chance of a yes was {chance}"),
    "no_means_no_food": mark("willing, but has no stock left"),
    "no_means_no_kit": mark("willing, but has nothing to lend"),
    "no_means_no_time": mark("willing, but has no time left"), "k_kin": mark("kin"), "k_friend": mark("friend"),
    "k_neighbour": mark("neighbour"), "k_other": mark("acquaintance"), "k_project": mark("met at a project site"),
    "k_stranger": mark("same building, no tie"), "u_food": mark("{x} d"), "u_equipment": mark("{x} d"),
    "u_assistance": mark("{x} h"), "u_know_how": mark("{x} h"), "s_loan": mark("kit already on loan"),
    "s_stranger": mark("strangers of the building, or reserve"), "how_kit": mark("{site} lends kit"),
    "how_goods": mark("{site} gives"), "how_hands": mark("volunteers of {site}"),
    "how_room": mark("a room at {site}"),
}


def get_story_text(text: str, lang: str, /, context: str = "", **facts: object) -> str:
    """An English text of a story in a language, with its facts filled in and French no-break spaces."""
    shown = translate(text, lang, context=context, **facts)
    return SPACED_SIGN.sub(lambda sign: sign[0].replace(" ", NBSP), shown) if lang == "fr" else shown


def format_story_date(iso: str, lang: str) -> str:
    """An ISO date as 4 août 2027, 1ᵉʳ mai 2027 or 4 August 2027."""
    return format_date(date.fromisoformat(iso), lang).replace("1er ", "1ᵉʳ ")
