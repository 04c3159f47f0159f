"""A story in words: every kind of event has a sentence in both languages, on lines that fit."""

from __future__ import annotations

import re

import pytest

from simulator.i18n.number_format import NBSP
from simulator.i18n.texts.story_texts import STORY_LABELS, format_story_date, get_story_text
from simulator.i18n.translation import translate
from simulator.records.story import (
    RESIDENT_CHOICES,
    Story,
    StoryArm,
    StoryDay,
    StoryEvent,
    StoryHelper,
    StorySite,
    StoryStatus,
    StoryTie,
)
from simulator.report.stories.amounts import format_quantity
from simulator.report.stories.events import format_event, format_site_name
from simulator.report.stories.text import format_story
from tests.engine.tracing.test_replay import RESIDENTS, story
from tests.records.test_story import WHO

SITE = StorySite(2, "", "", 0.4)
ASKED = {"kind": "kin", "domains": ["assistance", "food"], "trust": 0.2, "state": 0.5, "times": 2, "chance": 0.5}
EVENTS = [
    StoryEvent(5, "2025-05-01", "crisis", {"id": "heat", "exposure": 0.5}),
    StoryEvent(2, "2025-04-28", "lever", {"id": "help", "reach": "site"}),
    StoryEvent(5, "2025-05-01", "damage", {"id": "heat", "amounts": [0, 20_000, 500, 3]}),
    *(StoryEvent(5, "2025-05-01", "left_home", {"id": "heat", "lodged": who, "hosts": 2})
      for who in ("ties", "institution")),
    *(StoryEvent(5, "2025-05-01", what, {"chance": 0.4}) for what in ("dares", "silent", "no_application")),
    *(StoryEvent(5, "2025-05-01", what, {"chance": 0.4, "speaker": 9}) for what in ("applied", "institution_waits")),
    StoryEvent(6, "2025-05-02", "found", {"by": ["people", "neighbour", "visit", "call"], "chance": 0.01}),
    *(StoryEvent(6, "2025-05-02", "asked", {**ASKED, "of": 4, "answer": "refused", "why": why})
      for why in ("state", "times", "trust", "luck")),
    *(StoryEvent(6, "2025-05-02", "was_asked", {**ASKED, "kind": kind, "by": 4, "answer": "promised", "yes": ["food"],
                                                "hours": 1500})
      for kind in ("kin", "friend", "neighbour", "other", "project", "acquaintance")),
    StoryEvent(7, "2025-05-03", "asked", {**ASKED, "of": -1, "kind": "far_kin", "speaker": 8, "answer": "promised",
                                          "yes": ["assistance"], "hours": 900}),
    *(StoryEvent(7, "2025-05-03", what, {"of": 4, "to": 4, "kind": "friend"})
      for what in ("kept", "gives", "promise_ended")),
    StoryEvent(7, "2025-05-03", "kept", {"of": -1, "kind": "far_other", "speaker": 8}),
    *(StoryEvent(7, "2025-05-03", "got", {"source": "site", "site": SITE, "how": how})
      for how in ("kit", "goods", "hands", "room")),
    *(StoryEvent(7, "2025-05-03", what, {"source": source}) for what in ("got", "nothing_left")
      for source in ("reserve", "group", "institution")),
    *(StoryEvent(7, "2025-05-03", "volunteered", {"site": site}) for site in (SITE, None)),
    StoryEvent(7, "2025-05-03", "turns_to_site", {"site": SITE}),
    StoryEvent(7, "2025-05-03", "lost_power", {"before": 0.5, "after": 0.45}),
    StoryEvent(8, "2025-05-04", "gives_up_work", {"amounts": [0, 20_000, 0, 0]}),
    *(StoryEvent(8, "2025-05-04", what, {"days": 91}) for what in ("returned", "lost_trust")),
    StoryEvent(1, "2025-04-27", "everyday", {"asked": 3, "got": 2, "was_asked": 1, "gave": 0}),
    *(StoryEvent(1, "2025-04-27", what, {"site": SITE}) for what in ("heard", "joined", "left", "queued", "gave_up")),
    StoryEvent(9, "2025-05-05", "died", {})]
DAY = StoryDay(5, "2025-05-01", 1, True, [1000, 0, 500, 0], [0] * 4, {"own": [400, 0, 0, 0], "loan": [100, 0, 0, 0],
               "promises": [0, 0, 100, 0]}, [500, 0, 0, 0], [0, 0, 400, 0], [150, 0, 0, 0],
               {"insurance": [20, 0, 0, 0]}, [30, 0, 0, 0], [100, 0, 0, 0], True, 0.9)
STATUS = StoryStatus(2, "2025-04-28", tuple(StoryTie(k, "friend", 0.5, 0.4, k == 1) for k in range(12)), 1, None,
                     (SITE,), True, 0.5, 0.4, 0.0)


def make_story(count: int) -> Story:
    """A story of one arm with a lever, or of two arms."""
    levers = ({"id": "help", "fr": "Aider", "en": "Help"},)
    helpers = [StoryHelper(k, "kin", 900 - k) for k in range(-1, 6)]
    arms = [StoryArm("b", levers, STATUS, STATUS, EVENTS, [DAY], helpers, 0.4, days_back=None)]
    if count > 1:
        arms.insert(0, StoryArm("a", (), STATUS, STATUS, EVENTS[1:], [DAY], alive=False))
    return Story({"id": "v", "fr": "V", "en": "V"}, ({"id": "heat", "fr": "Canicule", "en": "Heat wave"},), 1,
                 "isolated", 5, WHO, arms)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("count", [1, 2])
def test_every_event_has_a_sentence(lang: str, count: int) -> None:
    one = make_story(count)
    text = format_story(one, lang)
    assert "{" not in text and max(map(len, text.splitlines())) <= 112
    for event in (event for event in EVENTS if event.what != "everyday"):
        assert format_event(event, one, lang)
    assert (translate("with", lang) + " │" in text) == (count == 2)
    assert {"fr": "1ᵉʳ mai 2025", "en": "1 May 2025"}[lang] in text


def test_the_course_and_the_balance_say_what_days_hold() -> None:
    text = format_story(make_story(2), "en")
    told = " ".join(text.replace("│", "").split())
    assert "needs essentials 1.00 d, hands 0.50 h; oneself: essentials 0.40 d; kit already on loan" in told
    assert "passes unmet: essentials 0.50 d; stays open: hands 0.40 h" in told
    assert "0.1 0.90 (away)" in told and "; 2 more." in told
    rows = {cells[0]: cells[1:] for cells in (re.split(r" {2,}", line) for line in text.splitlines())}
    assert rows["essentials (d): passed unmet"] == ["0.50", "0.50"]
    assert rows["work at home (h): arose in all"] == ["0.15", "0.15"]
    assert rows["work at home (h): given up for good"] == ["0.03", "0.03"]
    assert rows["work at home (h): still open at the end"] == ["0.10", "0.10"]
    assert "In everyday life, requests made: 3, of which met: 2; received: 1, of which met: 0." in text


def test_choices_amounts_and_dates() -> None:
    assert all(translate(STORY_LABELS[choice], "fr") for choice in RESIDENT_CHOICES)
    assert [format_quantity(x, "fr") for x in (0, 3, 250, 12_345)] == ["–", "<\u202f0,01", "0,25", "12"]
    assert format_site_name(StorySite(1, "Le Jardin", "The Garden", 0.25), "en") == "The Garden (0.2 km)"
    more = get_story_text("… and {n} more dates; --json gives them all.", "fr", n=3)
    assert more == f"… et 3 autres dates{NBSP}; --json les donne toutes."
    assert format_story_date("2027-08-04", "en") == "4 August 2027"



@pytest.mark.parametrize("lang", ["fr", "en"])
def test_stories_of_real_runs_have_no_gaps(lang: str) -> None:
    for resident in RESIDENTS:
        text = format_story(story(resident), lang)
        assert "{" not in text and translate("with", lang) + " │" in text
