"""Labels with formulas, Markdown, HTML, escape sequences and formula signs are accepted and shown as typed."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import matplotlib.text
import pytest

from simulator.i18n.plain_text import make_printable
from simulator.records.files.run_files import combine_records, save_record
from simulator.records.results import open as open_results
from simulator.report.brief.page import render_brief
from simulator.report.figures.comparison_figures import draw_comparison_figures, save_figures
from simulator.report.figures.inline_svg import render_inline_svg
from simulator.report.figures.style import create_figure, use_figure_style
from simulator.report.sheets.analysis_sheet import AnalysisSheet, format_sheet_csv, write_sheets
from simulator.report.terminal.comparison_summary import format_comparison
from tests.analysis import fake_runs

LABELS = ["5 $ et 3 $", "$x^2_{", "$\\frac", "\\$", "![i](http://evil/x.png)", "<b>&amp;</b>", "=1+1", "@SUM(A1)",
          "-2+3", "\x1b[31mrouge\x1b[0m\u202e", "_caché", "{accolades} {0} %s", "日本 🙂", "ligne\nsuite", "]]> -->",
          '"l\'été"']


@pytest.fixture(params=LABELS, ids=range(len(LABELS)))
def label(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A label that every lever, the crisis and the territory have."""
    content = fake_runs.fake_content

    def hostile(levers: tuple[str, ...], seed: int) -> dict:
        plain = content(levers, seed)
        for card in (*plain["levers"], *plain["scenario"]["crises"], plain["scenario"]["territory"]):
            card |= {"label_fr": request.param, "label_en": request.param}
        return plain

    monkeypatch.setattr(fake_runs, "fake_content", hostile)
    return request.param


def test_figures_are_drawn_and_show_the_label(label: str, tmp_path: Path) -> None:
    records = fake_runs.fake_study(3, ("outreach", "mixing"))
    pictures = draw_comparison_figures(combine_records(records), "en")
    files = save_figures(pictures, tmp_path)
    assert len(files) == 2 * len(pictures) > 2
    for file in tmp_path.glob("*.svg"):
        ElementTree.parse(file)
    texts = [item for picture in pictures for item in picture.figure.findobj(matplotlib.text.Text)]
    assert texts and not any(item.get_parse_math() for item in texts if item.get_text())
    word = max(label.split(), key=len)
    assert any(word in " ".join(item.get_text().split()) for item in texts)
    for picture in pictures:
        ElementTree.fromstring(render_inline_svg(picture))


def test_terminal_and_page_show_the_label(label: str, tmp_path: Path) -> None:
    records = fake_runs.fake_study(3, ("outreach", "mixing"))
    for record in records:
        save_record(record, tmp_path / "runs" / f"{record.run_id}.parquet")
    opened = combine_records(records)
    names = {key: label for key in opened.portfolio_names}
    text = format_comparison(replace(opened, portfolio_names=names), "en")
    assert max(label.split(), key=len)[:12] in text
    page = render_brief(open_results(tmp_path), "en")
    assert "<b>&amp;</b>" not in page and "http://evil/x.png\"" not in page and "\x1b" not in page
    assert "<img" not in page and make_printable(page) == page


def test_no_table_holds_a_formula(label: str) -> None:
    sheet = AnalysisSheet("name", "", (label, "n"), [(label, -1.5), ("plain", 2)])
    rows = list(csv.reader(StringIO(format_sheet_csv(sheet))))
    assert rows[1][1] == "-1.5"
    for row in rows:
        assert not row[0].lstrip().startswith(("=", "+", "-", "@")) and "\x1b" not in row[0]
    assert make_printable(label) in rows[0][0]


def test_mathtext_is_off_whatever_the_users_settings() -> None:
    with use_figure_style():
        figure = create_figure(2, 2)
        axes = figure.add_subplot()
        axes.set_yticks([0.5], ["$\\frac$"])
        axes.set_title("$x_{")
        axes.legend([*axes.plot([0, 1], label="$a$")], ["$\\bad"])
        figure.draw_without_rendering()


def test_tables_are_written_before_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        name = "broken"

    sheets = [AnalysisSheet(name, "", ("a",), [(1,)], Broken()) for name in ("one", "two")]  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        write_sheets(sheets, tmp_path)
    assert sorted(file.name for file in tmp_path.glob("*.csv")) == ["one.csv", "two.csv"]
