"""`resilience mcp results=FOLDER`: a local Model Context Protocol server on standard input and output, three tools."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...analysis.optional_libraries import MissingExtra, import_optional
from ...config.errors import UsageError, to_usage_error
from ..cli.results_arguments import check_argument_count, parse_text_settings

if TYPE_CHECKING:
    from ..cli.main import CommandLine

SETTINGS = ("results", "lang")
INSTRUCTIONS = (
    "An agent-based model of local solidarity in Seine-Saint-Denis. It explores stated assumptions and does not "
    "forecast: report differences between levers with their intervals, never counts of people. Begin with describe "
    "(topics: levers, crises, territories, outcomes, parameters, handles, phases, tables), then compare in the "
    "territory 'village'.")


def command(line: CommandLine) -> int:
    """Serve until standard input ends. UsageError for a folder that cannot be used, or without the extra."""
    check_argument_count(line.arguments, 0, "mcp")
    settings = parse_text_settings("mcp", line.arguments, SETTINGS)
    if "results" not in settings:
        raise UsageError("mcp: in which folder may it read and write? resilience mcp results=my_folder")
    root = Path(settings["results"])
    if root.is_symlink() or not root.is_dir():
        raise UsageError("results = {path}: expected a folder that exists, and no link to one", path=root)
    try:
        server = build_server(root.resolve())
    except MissingExtra as problem:
        raise to_usage_error(problem) from None
    server.run("stdio")
    return 0


def build_server(root: Path) -> Any:
    """The server whose tools read and write inside `root` only."""
    from ... import __version__
    from ..jobs.mcp_tools import McpTools

    tools = McpTools(root)
    library = import_optional("mcp.server.mcpserver")
    server = library.MCPServer("resilience", instructions=INSTRUCTIONS, version=__version__, log_level="ERROR")

    @server.tool()
    @_answer_or_refuse
    def describe(topic: str) -> list[dict[str, Any]]:
        """What the model has, one row each.

        topic: levers, crises, territories, sites, outcomes, parameters, handles, phases, columns, tables; or the dotted
        name of a number or of a group of numbers, such as model.asking.
        """
        return tools.describe(topic)

    @server.tool()
    @_answer_or_refuse
    def compare(folder: str, levers: list[str], territory: str = "village", crisis: str = "heatwave", seeds: int = 5,
                settings: dict[str, Any] | None = None) -> dict[str, Any]:
        """Simulate levers, each against doing nothing with the same seeds; effects with 95 % intervals and a summary.

        folder: name of a results folder; runs that it holds are not simulated again. levers, territory, crisis: names
        that describe lists. seeds: 1 to 20; five or more give intervals. settings: dotted names to numbers, such as
        {"crisis.heatwave.severity": 1.5}. Small runs only: larger ones belong on the command line.
        """
        return tools.compare(folder, territory, crisis, levers, seeds, settings or {})

    @server.tool()
    @_answer_or_refuse
    def table(folder: str, sql: str = "SELECT * FROM runs") -> dict[str, Any]:
        """One SELECT of DuckDB over the tables of a results folder, at most 500 rows.

        Tables: runs, series, groups, neighbourhoods, sites, links (describe("tables") lists their columns).
        """
        return tools.table(folder, sql)

    return server


def _answer_or_refuse(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool with refusals as the protocol's tool errors, and with what it prints on standard error."""
    refusal = import_optional("mcp.server.mcpserver.exceptions").ToolError

    @wraps(tool)
    def answer(*args: Any, **named: Any) -> Any:
        try:
            with redirect_stdout(sys.stderr):
                return tool(*args, **named)
        except (ValueError, UsageError, OSError) as problem:
            raise refusal(str(problem)) from None

    return answer
