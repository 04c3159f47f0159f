"""Cards by path or name, and what the model has, as frames."""

from __future__ import annotations

import pytest

import simulator as sim
from simulator.parameters import Model


def test_a_card_by_name_and_by_path(root, tmp_path) -> None:
    assert sim.load_card("lever/outreach") == sim.load_card(root / "configs/lever/outreach.yaml")
    assert isinstance(sim.load_card("crisis/flood"), sim.Crisis)
    assert isinstance(sim.load_card("site/garden"), sim.SiteCard)
    copy = tmp_path / "mine.yaml"
    copy.write_text((root / "configs/territory/village.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert sim.load_card(copy, kind="territory").residents == 500


@pytest.mark.parametrize(("path", "text"), [
    ("lever/outreac", "expected outreach"), ("mine/x.yaml", "what kind of card"), ("lever/none.yaml", "no such file")])
def test_a_card_that_is_not_there(path: str, text: str) -> None:
    with pytest.raises(sim.SettingError, match=text):
        sim.load_card(path)


def test_a_faulty_card_is_refused_with_file_and_line(tmp_path) -> None:
    (tmp_path / "bad.yaml").write_text("id: bad\nresidents: many\n", encoding="utf-8")
    with pytest.raises(sim.SettingError, match=r"bad.yaml.*"):
        sim.load_card(tmp_path / "bad.yaml", kind="territory")


def test_every_topic_is_a_frame() -> None:
    for topic in ("parameters", "handles", "phases", "columns", "tables", "outcomes", "levers", "crises", "territories",
                  "sites"):
        frame = sim.describe(topic)
        assert len(frame) and frame["name"].is_unique, topic


def test_one_number_or_group_by_its_dotted_name() -> None:
    row = sim.describe("model.asking.ask").iloc[0]
    assert row["default"] == Model().asking.ask and row["low"] < row["high"] and row["unit"] == "probability"
    assert len(sim.describe("model.asking")) == len(Model().asking.numbers)
    with pytest.raises(sim.SettingError, match="unknown topic 'model.askin'"):
        sim.describe("model.askin")
