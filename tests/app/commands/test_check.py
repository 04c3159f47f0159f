"""`resilience check`: a good card, a card with a fault, and one that reaches nobody."""

from __future__ import annotations

import pytest

from simulator.app.cli.main import main


@pytest.mark.parametrize(("kind", "name"), [("lever", "coordinator"), ("crisis", "heatwave")])
def test_a_shipped_card_is_good(idle, capsys, kind, name):
    assert main(["check", kind, name, "territory=village", "lang=en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 and f"{name}.yaml" in lines[0]


def test_a_fault_is_named_with_its_file(idle, capsys, tmp_path):
    (tmp_path / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    assert main(["check", "lever", "mine.yaml", "territory=village", "lang=en"]) == 2
    assert "mine.yaml" in capsys.readouterr().out
