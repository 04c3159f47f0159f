"""The style of every figure: colours that the colour-blind can tell apart, line styles, files that are reproducible
byte for byte."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import floor, log10
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

from ...i18n.number_format import format_number
from ...i18n.plain_text import make_printable
from ...i18n.translation import translate
from ...i18n.typography import insert_nbsp

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, SOFT, PALE = "#222222", "#6b6b6b", "#c9c9c9"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""The palette of Okabe and Ito without black, which is the baseline's, and yellow, which is too pale for a line."""
LINES: tuple[Any, ...] = ("--", "-.", (0, (1, 1.2)), (0, (5, 1, 1, 1, 1, 1)), (0, (7, 2)), (0, (3, 1, 1, 1)))
MARKS = ("s", "^", "D", "v", "P", "X")
WIDTH = 7.2
"""Width of a figure: that of an A4 page between its margins, inches."""

HASHED_ID = re.compile(r'\bid="([a-z][0-9a-f]{10})"')
HASHED_REFERENCE = re.compile(r'(\bid="|#)([a-z][0-9a-f]{10})(?=["\)])')
MISSING_GLYPH = "Glyph .* missing from"
"""What Matplotlib warns of when a label has a sign that the font lacks; a box stands for it."""
FIGURE_STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans", "font.size": 9, "axes.titlesize": 9.5, "axes.labelsize": 9, "axes.edgecolor": SOFT,
    "axes.labelcolor": INK, "text.color": INK, "xtick.color": SOFT, "ytick.color": SOFT, "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5, "axes.spines.top": False, "axes.spines.right": False, "axes.titlelocation": "left",
    "axes.grid": True, "grid.color": "#ececec", "grid.linewidth": 0.7, "axes.axisbelow": True, "lines.linewidth": 1.6,
    "svg.hashsalt": "resilience", "svg.fonttype": "path", "figure.dpi": 100, "savefig.dpi": 200,
    "figure.facecolor": "white", "savefig.facecolor": "white", "axes.unicode_minus": True, "text.parse_math": False,
}


@dataclass(frozen=True)
class Picture:
    """A figure, the name of its file, the finding as a title, and a text alternative for those who cannot see it."""

    name: str
    figure: Figure
    title: str
    alt_text: str


@contextmanager
def use_figure_style() -> Iterator[None]:
    """Draw in this style, whatever the user's own Matplotlib settings. Labels are text: $ begins no formula."""
    from matplotlib import rc_context, rcParamsDefault

    plain = {key: value for key, value in rcParamsDefault.items() if not key.startswith("backend")}
    settings: dict[Any, Any] = {**plain, **FIGURE_STYLE}
    with rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", MISSING_GLYPH)
        yield


def create_figure(width: float, height: float) -> Figure:
    """An empty figure that belongs to no window. width, height: inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


TICKS = 5
"""Most steps between the ticks of an axis."""


def format_axis(axis: Any, lang: str, most: int = TICKS) -> None:
    """Give an axis a few round ticks, in the number format of the language and with the decimals that they need."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10]))
    ticks = axis.get_majorticklocs()
    step = float(ticks[1] - ticks[0]) if len(ticks) > 1 else 1.0
    decimals = max(0, -floor(log10(step) + 1e-9))
    axis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value, lang, decimals)))


def add_headline(figure: Figure, title: str, note: str, width: int = 70) -> None:
    """Put the finding on top and how to read the figure at the foot. width: characters a line of the title."""
    headline = insert_nbsp(title[:1].upper() + title[1:])
    figure.suptitle(fill(headline, width), x=0.01, ha="left", fontsize=11.5, fontweight="bold")
    foot = "\n".join(fill(insert_nbsp(line), 112) for line in note.split("\n"))
    figure.supxlabel(foot, x=0.01, ha="left", fontsize=7.8, color=SOFT)


def add_model_note(note: str, lang: str) -> str:
    """A note with one more line, which says that this is no forecast; that line alone without a note."""
    return f"{note}\n{translate('Exploration under assumptions, not a forecast', lang)}".removeprefix("\n")


def save_picture(picture: Picture, folder: Path) -> list[Path]:
    """Write PNG and SVG atomically and without dates: the same picture gives the same bytes. The files written."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    texts = {"Title": make_printable(picture.title), "Description": make_printable(picture.alt_text)}
    for ending, metadata in (("png", {"Software": None, **texts}), ("svg", {"Date": None, "Creator": None, **texts})):
        path = folder / f"{picture.name}.{ending}"
        temporary = folder / f".{path.name}.{os.getpid()}.tmp"
        with use_figure_style():
            picture.figure.savefig(temporary, format=ending, metadata=metadata)
        if ending == "svg":  # it repeats labels in comments, where a control character would make it no XML
            drawn = number_svg_ids(make_printable(temporary.read_text(encoding="utf-8")))
            temporary.write_text(drawn, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
        out.append(path)
    return out


def number_svg_ids(drawn: str) -> str:
    """The SVG with ids numbered in order. Matplotlib hashes sizes whose last bits differ from process to process."""
    numbers = {name: f"{name[0]}{k}" for k, name in enumerate(dict.fromkeys(HASHED_ID.findall(drawn)), 1)}
    return HASHED_REFERENCE.sub(lambda found: found[1] + numbers.get(found[2], found[2]), drawn)
