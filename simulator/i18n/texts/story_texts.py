"""Labels of residents' stories, and dates within them."""

from __future__ import annotations

import re
from datetime import date

from ..date_format import format_date
from ..number_format import NBSP
from ..translation import mark, mark_all, translate

SPACED_SIGN = re.compile(r" [:;?»]|« ")
"""A French sign with the space that must not break a line."""

STORY_LABELS: dict[str, str] = {
    "typical": mark("Chosen: the median loss among adults hit by the crisis."),
    "isolated": mark("Chosen: the median loss among isolated adults hit by the crisis."),
    "most_gained": mark("Chosen: the adult whom the levers spare most. This is not their mean effect."),
    "most_lost": mark("Chosen: the adult who loses most by the levers. This is not their mean effect."),
    "job0": mark("not in the labour force"), "job1": mark("unemployed"),
    "job2": mark("employed"), "child": mark("child"), "home0": mark("Lives alone"),
    "home1": mark("Couple without children"), "home2": mark("Couple with children, {persons} persons"),
    "home3": mark("Lone parent family, {persons} persons"), "home4": mark("Other household, {persons} persons"),
    "barrier0": mark("language"), "barrier1": mark("gender and care duties"), "barrier2": mark("culture"),
    "barrier3": mark("disability"), "both": mark("="), "without": mark("none"), "with": mark("with"),
    "lost": mark("functioning lost (days)"), "days_back": mark("days until back at 95 % of functioning, for good"),
    "days_unmet": mark("days with a crisis need left open"), "gave": mark("hours given to others"),
    "work_made": mark("work at home (h): arose in all"), "work_given_up": mark("work at home (h): given up for good"),
    "work_open": mark("work at home (h): still open at the end"),
    "lost_for_good": mark("functioning lost for good (0 to 1)"), "dead": mark("died in the period"),
    "lodged_ties": mark("has to leave home ({crisis}); kin or friends lodge the household (ties that could: {n})"),
    "lodged_institution": mark("has to leave home ({crisis}); an institution lodges the household (ties that could: "
                               "{n})"),
    "ev_dares": mark("asks for help in this crisis (chance {chance})"),
    "ev_silent": mark("never asks for help in this crisis (chance of asking {chance})"),
    "by_people": mark("people around"), "by_neighbour": mark("neighbours who look in"),
    "by_visit": mark("people who go from door to door"), "by_call": mark("calls of the register"),
    "ev_asked": mark("asks ({domain}) {who}: {answer}"), "ev_was_asked": mark("{who}, asks them ({domain}): {answer}"),
    "refused_state": mark("no: not well enough, or hit too (state {state}, trust {trust}, chance of a yes {chance})"),
    "refused_times": mark("no: asked {times} times before (trust {trust}, chance of a yes {chance})"),
    "refused_trust": mark("no: trust of {trust} was not enough that day (chance of a yes {chance})"),
    "refused_luck": mark("no: no time just now (trust {trust}, chance of a yes {chance})"),
    "ev_kept": mark("help promised by {who} begins"), "ev_gives": mark("begins to help {who}, as promised"),
    "ev_promise_ended": mark("the promise of {who} is over"), "ev_turns_to_site": mark("brings needs to {site}"),
    "ev_got": mark("help begins: {source}"), "ev_nothing_left": mark("no help left: {source}"),
    "ev_volunteered": mark("gives hours as a volunteer: {site}"),
    "ev_applied": mark("applies to the town hall (chance of applying {chance})"),
    "ev_institution_waits": mark("applies to the town hall, which cannot give yet (chance of applying {chance})"),
    "ev_no_application": mark("does not apply to the town hall (chance of applying {chance})"),
    "ev_lost_power": mark("a need left open costs power to act: from {before} to {after}"),
    "ev_gives_up_work": mark("begins to give up; still open: {amounts}"),
    "ev_returned": mark("returns home, or finds one, after {days} days"),
    "ev_lost_trust": mark("trusts people less for good, after {days} days out of home"), "ev_died": mark("dies"),
    "ev_heard": mark("hears of {site}"), "ev_joined": mark("joins {site}"), "ev_left": mark("leaves {site}"),
    "ev_queued": mark("on the waiting list of {site}"), "ev_gave_up": mark("gives up waiting for {site}"),
    "reach_person": mark("“{lever}” begins, and reaches them in person"),
    "reach_site": mark("“{lever}” begins, through a site within their reach"),
    "reach_commune": mark("“{lever}” begins, through their town"),
    "reach_none": mark("“{lever}” begins, without reaching them directly"),
    **mark_all({
        "k_kin": "kin", "k_friend": "friend", "k_neighbour": "neighbour", "k_other": "acquaintance",
        "k_project": "met at a project site", "k_acquaintance": "known by sight in the building",
        "k_far_kin": "kin who live elsewhere", "k_far_other": "somebody who lives elsewhere",
    }, context="story"),
    "u_food": mark("{x} d"), "u_equipment": mark("{x} d"), "u_assistance": mark("{x} h"), "u_know_how": mark("{x} h"),
    "s_loan": mark("kit already on loan"), "s_promises": mark("people who promised help"),
    "how_kit": mark("{site} lends kit"), "how_goods": mark("{site} gives"), "how_hands": mark("volunteers of {site}"),
    "how_room": mark("a room at {site}"), "kit_cooling": mark("a fan or cool box"),
    "kit_power": mark("light and power"), "kit_shelter": mark("beds and shelter"), "kit_tools": mark("tools"),
    "kit_digital": mark("telephone and computer"),
}


def get_story_text(text: str, lang: str, /, context: str = "", **facts: object) -> str:
    """An English text of a story in a language, with its facts filled in and French no-break spaces."""
    shown = translate(text, lang, context=context, **facts)
    return SPACED_SIGN.sub(lambda sign: sign[0].replace(" ", NBSP), shown) if lang == "fr" else shown


def format_story_date(iso: str, lang: str) -> str:
    """An ISO date as 4 août 2027, 1ᵉʳ mai 2027 or 4 August 2027."""
    return format_date(date.fromisoformat(iso), lang).replace("1er ", "1ᵉʳ ")
