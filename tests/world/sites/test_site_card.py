"""Site cards: every one that ships can be used, each number has a source, and a wrong one is refused in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.world.sites.site_card import SiteCard

SHIPPED = {"jardins_aurore", "pas_si_loin", "ateliers_medicis", "garden", "third_place", "cultural_venue",
           "social_centre"}
NO_SOURCE = {"id", "label_fr", "label_en", "generic", "sources"}


def test_every_shipped_card_can_be_used_and_says_where_its_numbers_come_from(root, cards):
    assert set(cards) >= SHIPPED
    for name in SHIPPED:
        card, text = cards[name], (root / "configs" / "site" / f"{name}.yaml").read_text(encoding="utf-8")
        card.check()
        assert text.startswith(f"# @package site.{name}\n")
        given = {line.split(":")[0] for line in text.splitlines() if ":" in line and not line.startswith((" ", "#"))}
        assert given - NO_SOURCE == set(card.sources), name


@pytest.mark.parametrize(("change", "words"), [
    ({"host": "club"}, "host"), ({"profile": [1.0, 0.5, 0.0, 0.0]}, "profile"), ({"profile": [1.0]}, "profile"),
    ({"lon": 0.0}, "place on the map"), ({"sources": {"places": "hearsay: someone"}}, "places"),
    ({"sources": {"colour": "assumption: red"}}, "colour"),
])
def test_a_wrong_card_is_refused(change, words, cards):
    with pytest.raises(ValueError, match=words):
        replace(cards["pas_si_loin"], **change).check()


def test_identities_of_real_sites_keep_clear_of_communes_and_levers():
    uids = {SiteCard(f"site {k}").uid for k in range(2000)}
    assert len(uids) == 2000 and min(uids) >= 0x60000000 and max(uids) < 1 << 31
