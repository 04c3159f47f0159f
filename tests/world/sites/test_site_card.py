"""Site cards: each one of the project is valid and has a source for each number; an invalid card is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.world.sites.site_card import SiteCard

SHIPPED = {"jardins_aurore", "pas_si_loin", "ateliers_medicis", "garden", "third_place", "cultural_venue",
           "social_centre"}
NO_SOURCE = {"id", "label_fr", "label_en", "generic", "sources"}


def test_every_shipped_card_is_valid_and_gives_sources(root, cards):
    assert set(cards) >= SHIPPED
    for name in SHIPPED:
        card, text = cards[name], (root / "configs" / "site" / f"{name}.yaml").read_text(encoding="utf-8")
        card.check()
        assert f"\n# @package site.{name}\n" in text
        entries = {line.split(":")[0] for line in text.splitlines() if ":" in line and not line.startswith((" ", "#"))}
        assert entries - NO_SOURCE == set(card.sources), name


@pytest.mark.parametrize(("change", "words"), [
    ({"host": "club"}, "host"), ({"profile": [1.0, 0.5, 0.0, 0.0]}, "profile"), ({"profile": [1.0]}, "profile"),
    ({"lon": 0.0}, "place on the map"), ({"sources": {"places": "hearsay: someone"}}, "places"),
    ({"sources": {"colour": "assumption: red"}}, "colour"),
])
def test_an_invalid_card_is_refused(change, words, cards):
    with pytest.raises(ValueError, match=words):
        replace(cards["pas_si_loin"], **change).check()


def test_uids_of_real_sites_differ_from_those_of_communes_and_levers():
    uids = {SiteCard(f"site {k}").uid for k in range(2000)}
    assert len(uids) == 2000 and min(uids) >= 0x60000000 and max(uids) < 1 << 31
