"""`describe`: every topic has its headings in both languages."""

from __future__ import annotations

import pytest

from simulator.app.cli.main import main
from simulator.app.commands.describe.command import CARD_TOPICS, DEFAULT_TOPICS
from simulator.config.cards.card_files import find_shipped_configs, list_card_names


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("topic", DEFAULT_TOPICS)
def test_every_list_prints_in_both_languages(topic, lang, capsys):
    assert main(["describe", topic, f"lang={lang}"]) == 0
    output = capsys.readouterr()
    assert output.out.count("\n") > 4 and not output.err


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("group", CARD_TOPICS)
def test_every_card_prints_in_both_languages(group, lang, capsys):
    for name in list_card_names(group, [find_shipped_configs()]):
        assert main(["describe", group, name, f"lang={lang}"]) == 0
        assert name in capsys.readouterr().out
