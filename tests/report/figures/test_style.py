"""What every figure's file has in common."""

from __future__ import annotations

import re

from simulator.report.figures.style import Picture, create_figure, number_svg_ids, save_picture


def draw(width: float) -> Picture:
    """A line in a clipped panel of this width, inches."""
    figure = create_figure(width, 2.0)
    figure.subplots().plot([0, 1], [0, 1], marker="o")
    return Picture("line", figure, "A line", "A line.")


def test_ids_do_not_depend_on_the_last_bits_of_sizes(tmp_path):
    texts = []
    for k, width in enumerate((3.0, 3.0 + 1e-12)):
        save_picture(draw(width), tmp_path / str(k))
        texts.append((tmp_path / str(k) / "line.svg").read_text(encoding="utf-8"))
    assert texts[0] == texts[1] and "clip-path" in texts[0]
    ids = re.findall(r'\bid="([^"]+)"', texts[0])
    assert len(ids) == len(set(ids)) and set(re.findall(r'(?:href="#|url\(#)([^")]+)', texts[0])) <= set(ids)


def test_only_hashed_ids_are_numbered():
    drawn = '<path id="p0123456789"/><g id="text_1"/><use href="#p0123456789"/><a style="fill: #a0123456789b"/>'
    assert number_svg_ids(drawn) == '<path id="p1"/><g id="text_1"/><use href="#p1"/><a style="fill: #a0123456789b"/>'
