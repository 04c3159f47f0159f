"""`resilience table`: tables of a results folder, or an SQL query over them; also while runs are being played.

With file= it writes them for a spreadsheet instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...cards.renamed import find_renamed_column
from ...config.errors import UsageError, flatten_text, make_renamed_error, suggest_names
from ...i18n.translation import Message, mark
from ...records.results import Results
from ..cli.results_arguments import (
    check_argument_count,
    list_plain_words,
    open_named_results,
    parse_text_settings,
)
from ..cli.text_table import format_cli_table
from ..jobs.chain_files import CHAIN_TABLES, collect_chain_rows, format_chain_table
from ..jobs.table_export import export_table, export_workbook, parse_table_file

if TYPE_CHECKING:
    from ..cli.main import CommandLine

SETTINGS = ("lang", "file", "study")
SQL_FAULTS = {
    "ParserException": mark("the query is not written as SQL is"),
    "BinderException": mark("a column or a function of the query does not fit"),
    "CatalogException": mark("the query names a table or a function that is not there"),
    "ConversionException": mark("a text of the query is no number or no date"),
    "PermissionException": mark("a query may read nothing but the folder's tables"),
    "": mark("the query cannot be run"),
}
"""DuckDB's kind of error to what is said of it."""
MAX_SAID = 80
"""Characters of DuckDB's own words that a message quotes."""
LOSS_SQL = """(SELECT series.run,
            sum((1 - functioning) * (least(day + span, onset + horizon) - greatest(day, onset))) AS area
        FROM series JOIN kept ON series.run = kept.run
        WHERE onset >= 0 AND day + span > onset AND day < onset + horizon GROUP BY series.run)"""
"""Run and its loss to the horizon, person-days per resident: the number that comparisons and briefs tell."""
STUDY_OVERVIEW_SQL = f"""
    SELECT plan.study, plan.arm, count(*) AS runs, count(*) FILTER (status = 'done') AS done,
           count(*) FILTER (status = 'failed') AS failed, count(*) FILTER (status = 'missing') AS missing,
           avg(area) AS loss_per_head, avg(days_not_back) AS days_not_back, avg(not_back) AS not_back
    FROM plan JOIN runs ON plan.run = runs.run LEFT JOIN {LOSS_SQL} AS loss ON loss.run = runs.run
    GROUP BY plan.study, plan.arm ORDER BY plan.study, plan.arm"""
RUNS_OVERVIEW_SQL = f"""
    SELECT territory, crises, levers, count(*) AS done, avg(area) AS loss_per_head,
           avg(days_not_back) AS days_not_back, avg(not_back) AS not_back
    FROM runs LEFT JOIN {LOSS_SQL} AS loss ON loss.run = runs.run
    GROUP BY territory, crises, levers ORDER BY territory, crises, levers"""


def command(line: CommandLine) -> int:
    """Print a table, the result of a query, or an overview of the folder."""
    options = parse_text_settings("table", line.arguments, SETTINGS)
    check_argument_count(line.arguments, 1 if line.sql else 2, "table")
    file = parse_table_file(options)
    results = open_named_results("table", line.arguments)
    named = list_plain_words(line.arguments)[1:]
    if line.sql is None and named and named[0] in CHAIN_TABLES:
        if file is not None:
            heads, chain_rows = collect_chain_rows(results, named[0], line.lang)
            return export_table(file, (named[0], list(heads), [tuple(row) for row in chain_rows]), line.lang)
        print(format_chain_table(results, named[0], line.lang, line.markdown), end="")
        return 0
    if file is not None and line.sql is None and not named:
        return export_workbook(results, file, line.lang, options.get("study"))
    columns, rows = (query_results(results, line.sql) if line.sql is not None
                     else _fetch_all(_select_table(results, line.arguments)))
    if file is not None:
        name = "" if line.sql is not None else named[0]
        return export_table(file, (name, columns, rows), line.lang)
    cells = [["" if cell is None else cell for cell in row] for row in rows]
    print(format_cli_table(columns, cells, line.markdown), end="")
    return 0


def _select_table(results: Results, words: list[str]) -> Any:
    plain = list_plain_words(words)
    if len(plain) < 2:
        has_plan = results.sql("SELECT 1 FROM plan LIMIT 1").fetchall()
        return results.sql(STUDY_OVERVIEW_SQL if has_plan else RUNS_OVERVIEW_SQL)
    try:
        return results.table(plain[1])
    except KeyError:
        raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="table", word=plain[1],
                         choices=suggest_names(plain[1], (*results.table_names(), *CHAIN_TABLES))) from None


def _fetch_all(relation: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
    """(names of columns, rows) of a DuckDB relation."""
    return relation.columns, relation.fetchall()


def query_results(results: Results, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """(names of columns, rows) of one SELECT over this folder and nothing else. UsageError for any other statement."""
    import duckdb

    try:
        statements = duckdb.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise UsageError("--sql: expected one SELECT; tables: {names}", names=", ".join(results.table_names()))
        results.restrict_access()
        relation = results.sql(sql)
        if relation is None:
            raise UsageError("--sql: expected one SELECT; tables: {names}", names=", ".join(results.table_names()))
        return _fetch_all(relation)
    except duckdb.Error as problem:
        missing = re.search(r'column "?(?:\w+\.)?(\w+)"? not found|does not have a column named "(\w+)"', str(problem))
        column = (missing[1] or missing[2]) if missing else ""
        new = find_renamed_column(column)
        if new:
            raise make_renamed_error("column", column, new) from None
        raise _make_sql_error(problem, results) from None


def _make_sql_error(problem: Exception, results: Results) -> UsageError:
    """What is wrong with a query, with the place in DuckDB's own words."""
    kind = SQL_FAULTS.get(type(problem).__name__, SQL_FAULTS[""])
    said = flatten_text(str(problem)).partition(": ")[2] or flatten_text(problem)
    return UsageError("--sql: {why} (DuckDB: {said}); expected one SELECT, its columns as resilience describe columns "
                      "lists them; tables: {names}", why=Message(kind), names=", ".join(results.table_names()),
                      said=said[:MAX_SAID] + ("…" if len(said) > MAX_SAID else ""))
