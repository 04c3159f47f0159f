"""The Model Context Protocol server, called by the SDK's own client over standard input and output."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

mcp = pytest.importorskip("mcp")
anyio = pytest.importorskip("anyio")

from simulator.app.cli.main import main  # noqa: E402
from simulator.app.jobs.mcp_tools import MAX_ROWS, McpTools, check_plain_text  # noqa: E402
from simulator.config.errors import UsageError  # noqa: E402

SMALL = {"folder": "mine", "levers": ["outreach"], "territory": "village", "seeds": 2,
         "settings": {"calendar.start": "2025-11-03", "calendar.horizon_days": 35}}


def call_tools(root: Path, calls: list[tuple[str, dict[str, Any]]]) -> tuple[list[str], list[Any]]:
    """(names of the server's tools, result of each call), from one server that is started for it."""
    async def talk() -> tuple[list[str], list[Any]]:
        server = mcp.StdioServerParameters(command=sys.executable, args=["-m", "simulator", "mcp", f"results={root}"],
                                           env=dict(os.environ))
        async with mcp.Client(server, read_timeout_seconds=120) as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            return names, [await client.call_tool(name, arguments) for name, arguments in calls]

    names, found = anyio.run(talk)
    return names, found


@pytest.mark.slow
def test_all_three_tools_and_their_refusals_over_stdio(tmp_path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "linked").symlink_to(outside)
    names, found = call_tools(root, [
        ("describe", {"topic": "levers"}), ("compare", SMALL),
        ("table", {"folder": "mine", "sql": "SELECT levers, count(*) AS runs FROM runs GROUP BY levers ORDER BY 1"}),
        ("compare", {**SMALL, "folder": "../outside"}), ("table", {"folder": "linked"}),
        ("compare", {**SMALL, "territory": "seine_saint_denis", "seeds": 20}),
        ("compare", {**SMALL, "settings": {"residents": "os:system"}}),
        ("table", {"folder": "mine", "sql": "SELECT * FROM read_text('/etc/passwd')"}),
        ("table", {"folder": "mine", "sql": "COPY runs TO 'x.csv'"}), ("describe", {"topic": "nonsense"})])
    assert names == ["describe", "compare", "table"]
    assert [one.is_error for one in found] == [False] * 3 + [True] * 7, [one.content[0].text for one in found[3:]]
    assert "outreach" in {row["name"] for row in found[0].structured_content["result"]}
    compared = json.loads(found[1].content[0].text)
    assert compared["runs"] == 4 and compared["folder"] == "mine" and "outreach" in str(compared["effects"])
    assert json.loads(found[2].content[0].text)["rows"] == [["", 2], ["outreach", 2]]
    for refusal, part in zip(found[3:], ("folder", "link", "too large", "residents", "sql", "SELECT", "nonsense")):
        assert part in refusal.content[0].text and "\n" not in refusal.content[0].text
    assert sorted(one.name for one in root.iterdir()) == ["linked", "mine"] and not list(outside.iterdir())


@pytest.mark.parametrize("name", ["", ".", "..", "/tmp", "a/b", "a\\b", "~", "a b", "é", "x" * 65, "-a", "a\n"])
def test_only_plain_names_of_folders(tmp_path, name: str) -> None:
    with pytest.raises(UsageError):
        McpTools(tmp_path).find_folder(name)


def test_a_link_inside_a_folder_is_refused(tmp_path) -> None:
    (tmp_path / "mine" / "runs").mkdir(parents=True)
    (tmp_path / "mine" / "runs" / "x.parquet").symlink_to("/etc/passwd")
    with pytest.raises(UsageError, match="link"):
        McpTools(tmp_path).find_folder("mine")


@pytest.mark.parametrize("changed", [
    {"territory": "../mine"}, {"crisis": "/etc/passwd"}, {"levers": ["a.yaml/b"]}, {"levers": []}, {"seeds": 0},
    {"seeds": 21}, {"levers": ["outreach"] * 11}, {"settings": {"territory.data": "x"}}, {"settings": {"network": "x"}},
    {"settings": {"mechanisms": ["x:y"]}}, {"settings": {"crisis.heatwave.label_en": "${oc.env:HOME}"}},
    {"settings": {"model.joining.rate": 1e9}}, {"territory": "atlantis"}])
def test_what_a_caller_may_not_ask(tmp_path, changed: dict[str, Any]) -> None:
    asked = {"folder": "mine", "territory": "village", "crisis": "heatwave", "levers": ["outreach"], "seeds": 1,
             "settings": {}, **changed}
    with pytest.raises((ValueError, UsageError)) as refused:
        McpTools(tmp_path).compare(**asked)
    assert "\n" not in str(refused.value) and not list(tmp_path.iterdir())


def test_rows_are_bounded_and_said_so(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("simulator.app.jobs.mcp_tools.open_named_results", lambda *_: None)
    monkeypatch.setattr("simulator.app.jobs.mcp_tools.query_results",
                        lambda *_: (["a"], [(float("nan"),)] * (MAX_ROWS + 3)))
    found = McpTools(tmp_path).table("mine", "SELECT 1")
    assert len(found["rows"]) == MAX_ROWS and found["rows_left_out"] == 3 and found["rows"][0] == [None]


def test_long_text_is_refused() -> None:
    with pytest.raises(UsageError):
        check_plain_text("topic", "x" * 3000)


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(("words", "part"), [([], "results"), (["results=missing"], "exists"), (["more"], "more")])
def test_a_server_needs_one_folder(words, part, capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["mcp", *words, "lang=en"]) == 2 and part in capsys.readouterr().err
