"""`resilience check population`: somebody's residents and households, read, checked, beside the official counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ....config.cards.card_files import list_config_folders
from ....config.compose import compose_config
from ....config.errors import UsageError
from ....config.job import resolve_job
from ....config.population.fit import list_margin_rows
from ....config.population.official_margins import EUROS, MEAN, SHARE, MarginRow
from ....i18n.number_format import format_number, format_percent
from ....i18n.translation import localise, translate, translate_plural
from ....report.terminal.text_table import format_fixed_width_table
from ...cli.text_table import USUAL_WIDTH, get_output_width

MARK = "*"
LABEL_WIDTH = 48
"""Characters a line of a measure, at most."""


def check_population_files(words: Sequence[str], config_folders: Sequence[str], lang: str) -> None:
    """Print what was read of each population and its margins. words: paths, and settings of a run.

    UsageError for files that are wrong or do not fit the territory.
    """
    paths = [word for word in words if "=" not in word or Path(word).exists()]
    settings = [word for word in words if word not in paths and not word.startswith("lang=")]
    if not paths:
        raise UsageError("check which population? give a folder or a file: resilience check population my_folder "
                         "territory=village")
    job = resolve_job("run", compose_config("run", settings, list(config_folders)),
                      list_config_folders(list(config_folders)))
    for path in paths:
        notes, rows = list_margin_rows(path, job.baseline.scenario)
        for note in notes:
            print(localise(note, lang))
        print("\n".join(format_margins(rows, lang)))
        print(translate("{path}: good", lang, path=path))


def format_margins(rows: Sequence[MarginRow], lang: str) -> Iterator[str]:
    """A table for each commune, then how many measures are far off."""
    heads = [translate("files", lang), translate("official", lang), translate("difference", lang)]
    for commune in dict.fromkeys(row.commune for row in rows):
        cells = [_format_row(row, lang) for row in rows if row.commune == commune]
        table = format_fixed_width_table([commune, *heads], cells, LABEL_WIDTH, get_output_width(USUAL_WIDTH))
        yield f"\n{table.rstrip()}"
    telling = sum(row.is_telling for row in rows)
    yield translate_plural("\n{n} measure is off by more than 5 points of a share, or a tenth of another value (*).",
                           "\n{n} measures are off by more than 5 points of a share, or a tenth of another value (*).",
                           telling, lang)


def _format_row(row: MarginRow, lang: str) -> list[str]:
    difference = row.found - row.official
    marked = f" {MARK}" if row.is_telling else "  "
    label = localise(row.measure, lang) + (f", {translate('EUR/yr', lang)}" if row.unit == EUROS else "")
    if row.unit == SHARE:
        cells = [format_percent(row.found, lang, 1), format_percent(row.official, lang, 1),
                 format_percent(difference, lang, 1, sign=True)]
    elif row.unit == EUROS:
        cells = [format_number(row.found, lang), format_number(row.official, lang),
                 format_percent(difference / row.official, lang, 0, sign=True)]
    else:
        decimals = 2 if row.unit == MEAN else 0
        cells = [format_number(row.found, lang, decimals), format_number(row.official, lang, decimals),
                 format_percent(difference / row.official, lang, 0, sign=True)]
    return [label, *cells[:2], cells[2] + marked]
