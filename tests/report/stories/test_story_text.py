"""A story in words: every kind of event has a sentence in both languages, on lines that fit."""

from __future__ import annotations

import pytest

from simulator.i18n.number import FIXED
from simulator.i18n.story_texts import STORY, day_name, told
from simulator.records.story import CHOICES, Event, Life, Place, Standing, Story, Tie
from simulator.report.stories.story_events import event_line, quantity_of, site_name
from simulator.report.stories.story_text import story_text
from tests.engine.tracing.test_replay import RESIDENTS, story
from tests.records.test_story import WHO

SITE = Place(2, "", "", 0.4)
ASKED = {"kind": "kin", "domain": "care", "turn": 0, "trust": 0.2, "severity": 1.0, "load": 0.1, "chance": 0.5}
EVENTS = [
    Event(5, "2025-05-01", "crisis", {"id": "heat", "exposure": 0.5}),
    Event(2, "2025-04-28", "lever", {"id": "help", "reach": "site"}),
    *(Event(5, "2025-05-01", what, {"domains": ["food", "kit"]})
      for what in ("dares", "silent", "applied", "institution_waits")),
    Event(5, "2025-05-01", "silent", {"domains": ["know"], "speaker": 9}),
    Event(6, "2025-05-02", "institution_empty", {"domain": "kit", "amount": 5}),
    Event(6, "2025-05-02", "found", {"domains": ["food"], "by": [("tie", 3), ("call", -1), ("neighbour", -1)]}),
    *(Event(6, "2025-05-02", "asked", {**ASKED, "of": 4, "amount": 0, "answer": "refused", "why": why})
      for why in ("load", "trust", "luck")),
    *(Event(6, "2025-05-02", "was_asked", {**ASKED, "by": 4, "amount": 0, "answer": "no_means", "why": why})
      for why in ("no_food", "no_kit", "no_time")),
    Event(7, "2025-05-03", "asked", {**ASKED, "of": 4, "for_": 8, "amount": 1500, "answer": "helped"}),
    *(Event(7, "2025-05-03", "got", {"source": "site", "domain": "food", "amount": 3, "site": SITE, "how": how})
      for how in ("kit", "goods", "hands", "room")),
    Event(7, "2025-05-03", "got", {"source": "stranger", "domain": "care", "amount": 30, "how": "reserve"}),
    Event(7, "2025-05-03", "got", {"source": "far", "domain": "know", "amount": 30}),
    Event(7, "2025-05-03", "volunteered", {"amount": 30, "site": None}),
    *(Event(1, "2025-04-27", what, {"site": SITE}) for what in ("heard", "joined", "left", "queued", "gave_up")),
    Event(9, "2025-05-05", "died", {})]
STAND = Standing(2, "2025-04-28", tuple(Tie(k, "friend", 0.5, 0.4, k == 1) for k in range(12)), 1, None, (SITE,), True,
                 0.5, 0.4, 0.0)


def lives(count: int) -> Story:
    levers = ({"id": "help", "fr": "Aider", "en": "Help"},)
    made = [Life("a", (), STAND, STAND, EVENTS[1:] if count > 1 else EVENTS), Life("b", levers, STAND, STAND, EVENTS)]
    return Story({"id": "v", "fr": "V", "en": "V"}, ({"id": "heat", "fr": "Canicule", "en": "Heat wave"},), 1,
                 "isolated", 5, WHO, made[:count] if count > 1 else [made[1]])


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("count", [1, 2])
def test_every_event_has_words(lang: str, count: int) -> None:
    told_of = lives(count)
    text = story_text(told_of, lang)
    assert "{" not in text and max(map(len, text.splitlines())) <= 112
    for event in EVENTS:
        assert event_line(event, told_of, lang)
    assert (told("with", lang) + " │" in text) == (count == 2)
    assert {"fr": "1ᵉʳ mai 2025", "en": "1 May 2025"}[lang] in text


def test_choices_and_numbers() -> None:
    assert all(told(choice, "fr") for choice in CHOICES)
    assert [quantity_of(x, "fr") for x in (0, 3, 250, 12_345)] == ["–", "<\u202f0,01", "0,25", "12"]
    assert site_name(Place(1, "Le Jardin", "The Garden", 0.25), "en") == "The Garden (0.2 km)"
    assert told("cut", "fr", n=3) == f"… et 3 autres dates{FIXED}; --json les donne toutes."
    assert day_name("2027-08-04", "en") == "4 August 2027"


def test_words_of_both_languages_take_the_same_facts() -> None:
    for key, (french, english) in STORY.items():
        names = [sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in (french, english)]
        assert names[0] == names[1], key


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_real_lives_are_told(lang: str) -> None:
    for resident in RESIDENTS:
        text = story_text(story(resident), lang)
        assert "{" not in text and told("with", lang) + " │" in text
