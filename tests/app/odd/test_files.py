"""`resilience describe odd`: printed, or written with its summary as four files, all or none."""

from __future__ import annotations

from simulator.app.cli.main import main
from simulator.app.odd import files


def test_printed_and_written_alike(idle, capsys, tmp_path):
    assert main(["describe", "odd", "lang=en"]) == 0
    printed = capsys.readouterr().out
    assert main(["describe", "odd", "to=out/deep", "lang=en"]) == 0
    names = ["ODD.md", "ODD.html", "ODD_summary.md", "ODD_summary.html"]
    assert capsys.readouterr().out.split() == [f"out/deep/{name}" for name in names]
    assert main(["describe", "odd_summary", "lang=en"]) == 0
    summary = capsys.readouterr().out.removesuffix("\n")
    assert (tmp_path / "out/deep/ODD_summary.md").read_text(encoding="utf-8") == summary
    assert (tmp_path / "out/deep/ODD.md").read_text(encoding="utf-8") == printed.removesuffix("\n")
    assert sorted(file.name for file in (tmp_path / "out/deep").iterdir()) == sorted(names)


def test_refused(refused, tmp_path):
    (tmp_path / "taken").write_text("a file")
    assert "taken" in refused("describe", "odd", "to=taken")
    assert "leave it out" in refused("describe", "odd", "x=1")
    assert "leave it out" in refused("describe", "phases", "to=out")
    assert "leave it out" in refused("describe", "odd_summary", "to=out")
    assert "leave it out" in refused("describe", "to=out")


def test_a_disk_that_refuses_leaves_nothing(monkeypatch, tmp_path, refused):
    def full(temporary, path):
        raise OSError(28, "No space left on device")

    (tmp_path / "out").mkdir()
    monkeypatch.setattr(files, "replace_atomically", full)
    assert "No space left" in refused("describe", "odd", "to=out")
