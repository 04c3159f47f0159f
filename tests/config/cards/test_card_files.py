"""A user's own cards: files inside their folder, no references, no choice of other cards, only their own entries."""

from __future__ import annotations

import pytest

from simulator.config.cards.card_files import find_shipped_configs

HEADER = "# @package _global_\n"


@pytest.fixture
def cards(tmp_path):
    """A folder with a valid lever `odd` and a valid behaviour `odd`, for tests to spoil."""
    text = (find_shipped_configs() / "lever" / "outreach.yaml").read_text(encoding="utf-8")
    for group, content in (("lever", text.replace("id: outreach", "id: odd")),
                           ("behaviour", HEADER + "model:\n  behaviour: balanced\n")):
        (tmp_path / "cards" / group).mkdir(parents=True)
        (tmp_path / "cards" / group / "odd.yaml").write_text(content, encoding="utf-8")
    return tmp_path / "cards"


def test_good_cards_pass(cards, idle):
    from simulator.app.cli.main import main

    assert main(["compare", "--config-dir=cards", "lever=odd", "behaviour=odd", "--cfg=job"]) == 0


@pytest.mark.parametrize(("content", "says"), [
    (HEADER + "results: /srv/elsewhere\n", "results is not for a card"),
    (HEADER + "defaults: [/lever/outreach, _self_]\nmodel: {behaviour: balanced}\n", "defaults is not for a card"),
    ("# @package hydra.run\ndir: /srv/elsewhere\n", "dir is not for a card"),
    (HEADER + "model: {behaviour: '${oc.env:HOME}'}\n", "found a reference"),
])
def test_a_behaviour_sets_the_model_alone(cards, refused, content, says):
    (cards / "behaviour" / "odd.yaml").write_text(content, encoding="utf-8")
    assert says in refused("compare", "--config-dir=cards", "behaviour=odd", "--cfg=job", "lang=en")


def test_a_lever_looks_nothing_up_and_brings_no_other_card(cards, refused):
    file = cards / "lever" / "odd.yaml"
    good = file.read_text(encoding="utf-8")
    for spoiled, says in ((good.replace("label_fr:", "label_fr: '${oc.env:HOME}' #"), "found a reference"),
                          (good + "\ndefaults: [../../secret]\n", "could not be loaded|defaults|secret")):
        file.write_text(spoiled, encoding="utf-8")
        line = refused("compare", "--config-dir=cards", "lever=odd", "--cfg=job", "lang=en")
        assert any(word in line for word in says.split("|"))


def test_links_do_not_lead_out_of_the_folder(cards, refused, tmp_path):
    inside, outside = cards / "lever" / "odd.yaml", tmp_path / "outside.yaml"
    outside.write_text(inside.read_text(encoding="utf-8"), encoding="utf-8")
    inside.unlink()
    inside.symlink_to(outside)
    assert "leads out of the folder" in refused("compare", "--config-dir=cards", "lever=odd", "--cfg=job", "lang=en")


def test_settings_of_a_whole_command_are_the_projects_own(cards, idle, capsys):
    from simulator.app.cli.main import main

    (cards / "compare.yaml").write_text("results: /srv/elsewhere\n", encoding="utf-8")
    assert main(["compare", "--config-dir=cards", "lever=odd", "--cfg=job"]) == 0
    assert "/srv/elsewhere" not in capsys.readouterr().out
