"""Prices of levers by dose, as the dashboard reads them."""

import json

from simulator.app.commands.compare.prices import main


def test_costs_are_written_by_dose_whole_or_not_at_all(tmp_path, capsys):
    file = tmp_path / "prices.json"
    assert main([str(file), "territory=village", "crisis=none"]) == 0
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert len(rows) == 29
    for lever in rows.values():
        doses, middles = [row[0] for row in lever], [row[1] for row in lever]
        assert doses == sorted(doses) and middles == sorted(middles) and lever[0] == [0, 0, 0, 0]
        assert all(low <= middle <= high for _, middle, low, high in lever)
    other = tmp_path / "other.json"
    assert main([str(other), "territory=nowhere"]) == 2
    assert not other.exists() and capsys.readouterr().err.count("\n") == 1
