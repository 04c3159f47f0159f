"""`resilience dashboard`: the page, served on this machine until Ctrl-C. Streamlit serves; what it may do is here."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...config.errors import UsageError, choices, one_line
from ...i18n.app_texts import LANGUAGES, say

if TYPE_CHECKING:
    from ...dashboard.backend import Door
    from ..cli.main import Line

DEFAULTS = {"results": "results", "port": "8501", "address": "127.0.0.1", "open": "true", "lang": "fr"}
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SWITCH = 0.0005
"""Seconds a thread may keep the interpreter while another waits: browsers are answered while the page is loaded."""
LARGEST_FILE = 200
"""MB of a comparison that is uploaded, at most."""
THEME = {"base": "light", "primaryColor": "#00507d", "backgroundColor": "#ffffff", "textColor": "#222222",
         "secondaryBackgroundColor": "#f3f6f8", "linkColor": "#00507d"}


def command(line: Line) -> int:
    """Check, serve, end all jobs. UsageError for what cannot be."""
    given = settings(line.words)
    if find_spec("streamlit") is None:
        raise UsageError("missing_extra", module="streamlit", extra="dashboard")
    _listens(given["address"], int(given["port"]))
    from ..jobs.dashboard_backend import door_of

    door = door_of(Path(given["results"]).resolve(), line.folders, given["lang"])
    if line.folders:
        _read_cards(door)  # one of the user's own that cannot be read is refused before anything is made or served
    _make(given["results"])
    serve(door, given)
    return 0


def settings(words: list[str]) -> dict[str, str]:
    """Settings of the page. UsageError for a name or a value that cannot be."""
    given = dict(DEFAULTS)
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError("not_setting", word=one_line(word))
        if name not in DEFAULTS:
            raise UsageError("unknown_setting", name=one_line(name), command="dashboard",
                             choices=choices(name, DEFAULTS))
        given[name] = value.strip("'\"")
    if given["lang"] not in LANGUAGES:
        raise UsageError("lang", value=one_line(given["lang"]))
    if not given["port"].isdigit() or not 1 <= int(given["port"]) <= 65535:
        raise UsageError("whole", name="port", value=one_line(given["port"]), low=1, high=65535)
    if given["open"] not in ("true", "false"):
        raise UsageError("wrong_type", name="open", value=one_line(given["open"]), expected="true or false")
    if not given["results"].strip():
        raise UsageError("results_empty")
    return given


def _make(name: str) -> None:
    """Make the results folder if it is missing. UsageError if it cannot serve."""
    root = Path(name)
    if root.exists() and not root.is_dir():
        raise UsageError("results_file", path=one_line(name))
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UsageError("results_write", path=one_line(name), why=problem.strerror or one_line(problem)) from None
    if not os.access(root, os.W_OK | os.X_OK):
        raise UsageError("results_write", path=one_line(name), why="Permission denied")


def _listens(address: str, port: int) -> None:
    """UsageError unless somebody may listen there."""
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
    except (OSError, UnicodeError) as problem:
        why = getattr(problem, "strerror", None) or one_line(problem)
        raise UsageError("cannot_listen", address=one_line(address), port=port, why=why) from None


def flags(given: Mapping[str, str]) -> dict[str, Any]:
    """Streamlit's own settings: nothing is sent anywhere, no developer's tools, no traceback on the page."""
    found: dict[str, Any] = {
        "server_address": given["address"], "server_port": int(given["port"]), "server_headless":
        given["open"] == "false", "server_fileWatcherType": "none", "server_runOnSave": False,
        "server_enableStaticServing": False, "server_maxUploadSize": LARGEST_FILE, "browser_gatherUsageStats": False,
        "browser_serverAddress": given["address"], "browser_serverPort": int(given["port"]),
        "client_toolbarMode": "minimal", "client_showErrorDetails": "none", "global_developmentMode": False,
        "logger_level": "error", "logger_hideWelcomeMessage": True, "runner_magicEnabled": False}
    if given["address"] in LOOPBACK:
        found["server_allowedHosts"] = list(LOOPBACK)
    return found | {f"theme_{name}": value for name, value in THEME.items()}


def serve(door: Door, given: Mapping[str, str]) -> None:
    """Hang the door and serve the page until it is stopped; then end what it has started."""
    from streamlit.web import bootstrap

    from ...dashboard import page
    from ...dashboard.backend import hang, prepare

    hang(door)
    _leave_packages_alone()
    sys.setswitchinterval(SWITCH)
    prepare(lambda: _load(door))
    chosen = flags(given)
    bootstrap.load_config_options(chosen)
    print(say("page_at", given["lang"], address=_shown(given["address"]), port=given["port"], folder=door.root),
          file=sys.stderr, flush=True)
    try:
        bootstrap.run(str(Path(page.__file__)), False, [], chosen)
    finally:
        from ...dashboard.jobs import background, jobs

        jobs.stop_all()
        background.stop()


def _leave_packages_alone() -> None:
    """Keep Streamlit from reading what every installed package says of itself: the page uses none of their parts.

    That took a second of the page's start. A release that looks for them in another way does so.
    """
    try:
        from streamlit.components.v2 import manifest_scanner
    except ImportError:
        return
    manifest_scanner.scan_component_manifests = lambda *_: []


def _load(door: Door) -> None:
    """Read the cards and load the page's first step: both take longer than the server's own start."""
    _read_cards(door)
    import altair  # noqa: F401

    from ...dashboard.steps import scene_step  # noqa: F401


def _read_cards(door: Door) -> None:
    for group in ("territory", "crisis", "lever"):
        door.cards(group)


def _shown(address: str) -> str:
    return f"[{address}]" if ":" in address else address
