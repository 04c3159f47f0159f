"""`resilience table`: a results folder as tables, or in SQL; reads only, and at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...config.errors import UsageError, choices, one_line
from ...records.results import Results
from ..cli.results_folder import numbers, only, opened
from ..cli.tables import table

if TYPE_CHECKING:
    from ..cli.main import Line

OVERVIEW = """
    SELECT plan.study, plan.arm, count(*) AS runs, count(*) FILTER (status = 'done') AS done,
           count(*) FILTER (status = 'failed') AS failed, count(*) FILTER (status = 'missing') AS missing,
           avg(loss / n) AS loss_per_head, avg(never_reached) AS never_reached
    FROM plan JOIN runs ON plan.run = runs.run GROUP BY plan.study, plan.arm ORDER BY plan.study, plan.arm"""
PLAINLY = """
    SELECT territory, crises, levers, count(*) AS done, avg(loss / n) AS loss_per_head,
           avg(never_reached) AS never_reached
    FROM runs GROUP BY territory, crises, levers ORDER BY territory, crises, levers"""


def command(line: Line) -> int:
    """Print one table, one query, or what there is."""
    numbers("table", line.words, {})
    only(line.words, 1 if line.sql else 2, "table")
    results = opened("table", line.words)
    head, rows = query(results, line.sql) if line.sql is not None else _all(_named(results, line.words))
    print(table(head, [["" if cell is None else cell for cell in row] for row in rows], line.markdown), end="")
    return 0


def _named(results: Results, words: list[str]) -> Any:
    plain = [word for word in words if "=" not in word]
    if len(plain) < 2:
        return results.sql(OVERVIEW if results.sql("SELECT 1 FROM plan LIMIT 1").fetchall() else PLAINLY)
    try:
        return results.table(plain[1])
    except KeyError:
        raise UsageError("topic_name", topic="table", word=one_line(plain[1]),
                         choices=choices(plain[1], results.names())) from None


def _all(found: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
    return found.columns, found.fetchall()


def query(results: Results, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names of columns and rows of one SELECT over this folder and nothing else. UsageError for other statements."""
    import duckdb

    try:
        statements = duckdb.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise UsageError("sql_only", names=", ".join(results.names()))
        results.shut()
        found = results.sql(sql)
        if found is None:
            raise UsageError("sql_only", names=", ".join(results.names()))
        return _all(found)
    except duckdb.Error as problem:
        raise UsageError("sql", why=one_line(problem)) from None
