"""A story in words: every kind of event has a sentence in both languages, on lines that fit."""

from __future__ import annotations

import pytest

from simulator.i18n.number_format import NBSP
from simulator.i18n.story_texts import STORY_LABELS, format_story_date, get_story_text
from simulator.i18n.translation import translate
from simulator.records.story import RESIDENT_CHOICES, Story, StoryArm, StoryEvent, StorySite, StoryStatus, StoryTie
from simulator.report.stories.events import format_event, format_quantity, format_site_name
from simulator.report.stories.text import format_story
from tests.engine.tracing.test_replay import RESIDENTS, story
from tests.records.test_story import WHO

SITE = StorySite(2, "", "", 0.4)
ASKED = {"kind": "kin", "domain": "assistance", "turn": 0, "trust": 0.2, "severity": 1.0, "load": 0.1, "chance": 0.5}
EVENTS = [
    StoryEvent(5, "2025-05-01", "crisis", {"id": "heat", "exposure": 0.5}),
    StoryEvent(2, "2025-04-28", "lever", {"id": "help", "reach": "site"}),
    *(StoryEvent(5, "2025-05-01", what, {"domains": ["food", "equipment"]})
      for what in ("dares", "silent", "applied", "institution_waits")),
    StoryEvent(5, "2025-05-01", "silent", {"domains": ["know_how"], "speaker": 9}),
    StoryEvent(6, "2025-05-02", "institution_empty", {"domain": "equipment", "amount": 5}),
    StoryEvent(6, "2025-05-02", "found", {"domains": ["food"], "by": [("tie", 3), ("call", -1), ("neighbour", -1)]}),
    *(StoryEvent(6, "2025-05-02", "asked", {**ASKED, "of": 4, "amount": 0, "answer": "refused", "why": why})
      for why in ("load", "trust", "luck")),
    *(StoryEvent(6, "2025-05-02", "was_asked", {**ASKED, "by": 4, "amount": 0, "answer": "no_means", "why": why})
      for why in ("no_food", "no_kit", "no_time")),
    StoryEvent(7, "2025-05-03", "asked", {**ASKED, "of": 4, "for_": 8, "amount": 1500, "answer": "helped"}),
    *(StoryEvent(7, "2025-05-03", "got", {"source": "site", "domain": "food", "amount": 3, "site": SITE, "how": how})
      for how in ("kit", "goods", "hands", "room")),
    StoryEvent(7, "2025-05-03", "got", {"source": "stranger", "domain": "assistance", "amount": 30, "how": "reserve"}),
    StoryEvent(7, "2025-05-03", "got", {"source": "far", "domain": "know_how", "amount": 30}),
    StoryEvent(7, "2025-05-03", "volunteered", {"amount": 30, "site": None}),
    *(StoryEvent(1, "2025-04-27", what, {"site": SITE}) for what in ("heard", "joined", "left", "queued", "gave_up")),
    StoryEvent(9, "2025-05-05", "died", {})]
STATUS = StoryStatus(2, "2025-04-28", tuple(StoryTie(k, "friend", 0.5, 0.4, k == 1) for k in range(12)), 1, None,
                     (SITE,), True, 0.5, 0.4, 0.0)


def make_story(count: int) -> Story:
    """A story of one arm with a lever, or of two arms."""
    levers = ({"id": "help", "fr": "Aider", "en": "Help"},)
    arms = [StoryArm("b", levers, STATUS, STATUS, EVENTS)]
    if count > 1:
        arms.insert(0, StoryArm("a", (), STATUS, STATUS, EVENTS[1:]))
    return Story({"id": "v", "fr": "V", "en": "V"}, ({"id": "heat", "fr": "Canicule", "en": "Heat wave"},), 1,
                 "isolated", 5, WHO, arms)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("count", [1, 2])
def test_every_event_has_a_sentence(lang: str, count: int) -> None:
    one = make_story(count)
    text = format_story(one, lang)
    assert "{" not in text and max(map(len, text.splitlines())) <= 112
    for event in EVENTS:
        assert format_event(event, one, lang)
    assert (translate("with", lang) + " │" in text) == (count == 2)
    assert {"fr": "1ᵉʳ mai 2025", "en": "1 May 2025"}[lang] in text


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
