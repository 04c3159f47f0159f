"""`resilience dashboard`: serves the dashboard on this machine until Ctrl-C, with Streamlit locked down."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...analysis.optional_libraries import describe_missing_library
from ...config.errors import UsageError, check_language, get_system_reason, suggest_names
from ...i18n.translation import translate

if TYPE_CHECKING:
    from ...dashboard.backend import Backend
    from ..cli.main import CommandLine

DEFAULTS = {"results": "results", "port": "8501", "address": "127.0.0.1", "hosts": "", "open": "true",
            "lang": "fr"}
EXTENSION_SETTINGS = ("residents", "mechanisms", "handles", "network", "population")
"""Settings of every comparison of the page: code, ties and people of one's own, given here and nowhere on the page."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SWITCH_INTERVAL_SECONDS = 0.0005
"""Seconds a thread may hold the interpreter while another waits: browsers are answered while modules load."""
MAX_UPLOAD_MB = 200
"""Largest comparison that may be uploaded, in MB."""
THEME = {"base": "light", "primaryColor": "#00507d", "backgroundColor": "#ffffff", "textColor": "#222222",
         "secondaryBackgroundColor": "#f3f6f8", "linkColor": "#00507d"}


def command(line: CommandLine) -> int:
    """Check the settings, serve until stopped, end all jobs. UsageError for settings that cannot be used."""
    given = [word for word in line.arguments if word.partition("=")[0] in EXTENSION_SETTINGS]
    settings = parse_dashboard_settings([word for word in line.arguments if word not in given])
    check_given_extensions(given)
    if find_spec("streamlit") is None:
        raise UsageError(describe_missing_library("streamlit"))
    _check_address_free(settings["address"], int(settings["port"]))
    from ..jobs.dashboard_backend import build_dashboard_backend

    backend = build_dashboard_backend(Path(settings["results"]).resolve(), line.config_folders, settings["lang"],
                                      given)
    if line.config_folders:
        _read_cards(backend)  # refuses a faulty card of the user's before anything is made or served
    _make_results_folder(settings["results"])
    serve_dashboard(backend, settings)
    return 0


def check_given_extensions(words: Sequence[str]) -> None:
    """UsageError for code or files of one's own that cannot be used, before anything is served."""
    from ...config.extensions import build_extensions
    from ...config.overrides import parse_override

    build_extensions({word.partition("=")[0]: parse_override(word).value for word in words})


def parse_dashboard_settings(words: list[str]) -> dict[str, str]:
    """The settings of the dashboard over their defaults. UsageError for an unknown name or an invalid value."""
    settings = dict(DEFAULTS)
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError("unexpected word {word!r}: settings are written name=value, for example "
                             "territory=pantin", word=word)
        if name not in DEFAULTS:
            raise UsageError("unknown setting {name!r} for {command}; nearest: {choices} (resilience {command} "
                             "--help)", name=name, command="dashboard",
                             choices=suggest_names(name, DEFAULTS))
        settings[name] = value.strip("'\"")
    check_language(settings["lang"])
    if not settings["port"].isdigit() or not 1 <= int(settings["port"]) <= 65535:
        raise UsageError("{name} = {value!r}: expected a whole number, {low} to {high}", name="port",
                         value=settings["port"], low=1, high=65535)
    if settings["open"] not in ("true", "false"):
        raise UsageError("{name} = {value!r}: expected {expected}", name="open", value=settings["open"],
                         expected="true or false")
    if not settings["results"].strip():
        raise UsageError("results = '': expected the name of a folder")
    return settings


def _make_results_folder(name: str) -> None:
    """Make the results folder if it is missing. UsageError if it cannot be made or written."""
    root = Path(name)
    if root.exists() and not root.is_dir():
        raise UsageError("results = {path}: expected a folder, found a file; choose another folder",
                         path=name)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        why = get_system_reason(problem)
        raise UsageError("results = {path}: cannot be written ({why}); choose a folder you may write to",
                         path=name, why=why) from None
    if not os.access(root, os.W_OK | os.X_OK):
        raise UsageError("results = {path}: cannot be written ({why}); choose a folder you may write to",
                         path=name, why="Permission denied")


def _check_address_free(address: str, port: int) -> None:
    """UsageError unless a server can listen on this address and port."""
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
    except (OSError, UnicodeError) as problem:
        why = get_system_reason(problem)
        raise UsageError("cannot listen on {address}:{port} ({why}); choose another with address= or port=",
                         address=address, port=port, why=why) from None


def list_streamlit_options(settings: Mapping[str, str]) -> dict[str, Any]:
    """Streamlit's own settings: nothing is sent anywhere, no developer's tools, no traceback on the page."""
    found: dict[str, Any] = {
        "server_address": settings["address"], "server_port": int(settings["port"]),
        "server_headless": settings["open"] == "false", "server_fileWatcherType": "none", "server_runOnSave": False,
        "server_enableStaticServing": False, "server_maxUploadSize": MAX_UPLOAD_MB, "browser_gatherUsageStats": False,
        "browser_serverAddress": settings["address"], "browser_serverPort": int(settings["port"]),
        "client_toolbarMode": "minimal", "client_showErrorDetails": "none", "global_developmentMode": False,
        "logger_level": "error", "logger_hideWelcomeMessage": True, "runner_magicEnabled": False}
    if settings["address"] in LOOPBACK:
        found["server_allowedHosts"] = list(LOOPBACK)
    return found | {f"theme_{name}": value for name, value in THEME.items()}


def serve_dashboard(backend: Backend, settings: Mapping[str, str]) -> None:
    """Install the backend and serve the dashboard until it is stopped; then end the jobs and tasks it has started."""
    from streamlit.web import bootstrap

    from ...dashboard import streamlit_app
    from ...dashboard.backend import set_backend, start_loading
    from ...dashboard.data.workspace import remove_old_sessions
    from ...dashboard.server_guard import install_server_guard

    install_server_guard(settings["address"], settings["hosts"].split(","))
    remove_old_sessions(backend.root)
    set_backend(backend)
    _skip_package_scan()
    sys.setswitchinterval(SWITCH_INTERVAL_SECONDS)
    start_loading(lambda: _preload_page(backend))
    options = list_streamlit_options(settings)
    bootstrap.load_config_options(options)
    address = _format_address(settings["address"])
    print(translate("The page: http://{address}:{port} (results in {folder}; Ctrl-C ends it)", settings["lang"],
                    address=address, port=settings["port"], folder=backend.root),
          file=sys.stderr, flush=True)
    try:
        bootstrap.run(str(Path(streamlit_app.__file__)), False, [], options)
    finally:
        from ...dashboard.jobs import background_tasks, job_control

        job_control.stop_all_jobs()
        background_tasks.stop_tasks()


def _skip_package_scan() -> None:
    """Stop Streamlit from scanning the metadata of every installed package for components, of which we use none.

    The scan takes a second at start. A release of Streamlit that scans in another way is left alone.
    """
    try:
        from streamlit.components.v2 import manifest_scanner
    except ImportError:
        return
    manifest_scanner.scan_component_manifests = lambda *_: []


def _preload_page(backend: Backend) -> None:
    """Read the cards and import the first step of the dashboard: both take longer than the server's own start."""
    _read_cards(backend)
    import altair  # noqa: F401

    from ...dashboard.steps import scenario_step  # noqa: F401


def _read_cards(backend: Backend) -> None:
    for group in ("territory", "crisis", "lever"):
        backend.list_cards(group)


def _format_address(address: str) -> str:
    return f"[{address}]" if ":" in address else address
