"""The chain of a results folder: chain.csv, treated.csv, reach.csv, and what is printed of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...i18n.translation import translate
from ...records.results import Results
from ..cli.text_table import format_cli_table, get_output_width

if TYPE_CHECKING:
    from ...analysis.chain.table import ChainCell, ChainInput
    from ...records.files.run_files import RunTables

CHAIN_TABLES = ("chain", "treated", "reach")
"""Tables that are worked out from the stored runs: their names on the command line, and of their files."""
CHAIN_RUN_TABLES = ("runs", "series", "groups", "hit_residents", "hit_by_crisis", "people", "pairs", "reached")
"""Tables of runs that they are worked out from."""
MOST_SCENARIOS = 24
"""A study of more scenarios than that writes no chain by itself."""
CsvTable = tuple[Sequence[str], list[Sequence[object]]]
"""Heads and rows."""


def write_chain(opened: RunTables, folder: Path, lang: str) -> str:
    """Write the tables of the chain, and its figure for a single scenario, each whole or not at all; the text to print.

    Empty, and nothing written, without a baseline and an arm with levers.
    """
    from ...analysis.chain.table import build_chain, list_chain_inputs, list_missing_observations
    from ...analysis.chain.treated import build_treated
    from ...report.figures.chain import draw_chain_figure
    from ...report.figures.style import save_picture
    from ...report.sheets.analysis_sheet import AnalysisSheet, write_sheets
    from ...report.terminal.chain_text import format_chain_note, format_chain_summary
    from ...report.terminal.treated_text import format_treated
    from ...studies.store import FIGURES_FOLDER

    inputs = list_chain_inputs(opened)
    if len(inputs) > MOST_SCENARIOS:
        return translate("{n} scenarios: the chain of each is worked out by resilience table FOLDER chain", lang,
                         n=len(inputs)) + "\n"
    chains = [(one, build_chain(one)) for one in inputs]
    tables = {name: _list_rows(chains, name, lang) for name in CHAIN_TABLES}
    write_sheets([AnalysisSheet(name, "", heads, rows) for name, (heads, rows) in tables.items() if rows], folder)
    if len(chains) != 1:
        return ""
    (chain_input, cells), width = chains[0], get_output_width()
    save_picture(draw_chain_figure(cells, lang), folder / FIGURES_FOLDER)
    parts = [format_chain_summary(cells, lang, width),
             format_chain_note(lang, list_missing_observations(chain_input), width) + "\n"]
    effects, prices = build_treated(chain_input)
    return "\n".join([*parts, format_treated(effects, prices, lang, width)] if effects else parts)


def format_chain_table(results: Results, name: str, lang: str, markdown: bool) -> str:
    """One of CHAIN_TABLES of a folder's runs for the terminal, or its rows in Markdown."""
    from ...analysis.chain.table import build_chain, list_chain_inputs

    runs = [str(row[0]) for row in results.sql("SELECT run FROM kept").fetchall()]
    chains = [(one, build_chain(one) if name == "chain" else []) for one in list_chain_inputs(results.opened(runs))]
    heads, rows = _list_rows(chains, name, lang)
    if not chains:
        return translate("no run without levers: nothing to compare with", lang) + "\n"
    if not rows:
        return translate("These runs did not record residents one by one: play them with "
                         "observe=[people,pairs,reached].", lang) + "\n"
    if markdown:
        return format_cli_table(heads, rows, markdown=True)
    return "\n".join(_format_scenario(one, cells, name, lang, several=len(chains) > 1) for one, cells in chains)


def collect_chain_rows(results: Results, name: str, lang: str) -> CsvTable:
    """Heads and rows of one of CHAIN_TABLES of a folder's runs; no rows where the runs do not give it."""
    from ...analysis.chain.table import build_chain, list_chain_inputs

    runs = [str(row[0]) for row in results.sql("SELECT run FROM kept").fetchall()]
    return _list_rows([(one, build_chain(one) if name == "chain" else [])
                       for one in list_chain_inputs(results.opened(runs))], name, lang)


def _format_scenario(chain_input: ChainInput, cells: Sequence[ChainCell], name: str, lang: str, several: bool) -> str:
    """The text of one scenario, under its name if there are several."""
    from ...analysis.chain.treated import build_treated
    from ...report.terminal.chain_text import format_chain_of_levers
    from ...report.terminal.comparison_summary import list_scenario_labels
    from ...report.terminal.treated_text import format_treated

    labels = list_scenario_labels(chain_input.baseline.content(chain_input.opened), lang)
    head = f"{labels['territory']} · {labels['crises']} · {chain_input.context}\n\n" if several else ""
    width = get_output_width()
    return head + (format_chain_of_levers(cells, lang, width) if name == "chain"
                   else format_treated(*build_treated(chain_input), lang, width))


def _list_rows(chains: Sequence[tuple[ChainInput, Sequence[ChainCell]]], name: str, lang: str) -> CsvTable:
    """Heads and rows of one of CHAIN_TABLES, scenario by scenario."""
    from ...analysis.chain import treated
    from ...analysis.chain.table import CHAIN_HEADS, list_chain_rows

    heads = {"chain": CHAIN_HEADS, "treated": treated.TREATED_HEADS, "reach": treated.REACH_HEADS}[name]
    rows = list[Sequence[object]]()
    for chain_input, cells in chains:
        if name == "chain":
            rows += list_chain_rows(chain_input.context, cells, lang)
            continue
        effects, prices = treated.build_treated(chain_input)
        rows += (treated.list_treated_rows(chain_input.context, effects, lang) if name == "treated"
                 else treated.list_reach_rows(chain_input.context, prices, lang))
    return heads, rows
