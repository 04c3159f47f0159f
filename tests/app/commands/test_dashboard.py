"""`resilience dashboard`: its settings, what it refuses, and what Streamlit may do."""

import importlib
import socket

import pytest

from simulator.app.commands import dashboard
from simulator.app.commands.dashboard import list_streamlit_options, parse_dashboard_settings


def test_it_listens_on_this_machine_alone_and_sends_nothing_away():
    found = list_streamlit_options(parse_dashboard_settings([]))
    assert found["server_address"] == "127.0.0.1" and "127.0.0.1" in found["server_allowedHosts"]
    assert found["browser_gatherUsageStats"] is False and found["client_showErrorDetails"] == "none"
    assert "server_allowedHosts" not in list_streamlit_options(parse_dashboard_settings(["address=0.0.0.0"]))


@pytest.mark.parametrize("word", ["prot=8501", "port=0", "port=x", "port=70000", "lang=de", "open=maybe", "results=",
                                  "here"])
def test_bad_settings_are_refused(refused, word):
    assert word.partition("=")[0] in refused("dashboard", word, "lang=en" if "lang" not in word else "open=false")


def test_a_file_is_no_results_folder(refused, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "file" in refused("dashboard", "results=file")


def test_a_card_of_ones_own_that_cannot_be_read_is_refused_before_anything_is_served(refused, tmp_path, monkeypatch):
    """Cards load while the server starts; a faulty card must not be found by the first visitor."""
    (tmp_path / "cards" / "lever").mkdir(parents=True)
    (tmp_path / "cards" / "lever" / "mine.yaml").write_text("id: [", encoding="utf-8")
    monkeypatch.setattr("simulator.dashboard.backend.set_backend", lambda backend: pytest.fail("served"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "mine.yaml:1" in refused("dashboard", "--config-dir", "cards", f"port={port}", "results=mine")


def test_a_port_that_is_taken_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(dashboard, "serve_dashboard", lambda *_: pytest.fail("served"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        from simulator.app.cli.main import main

        assert main(["dashboard", f"results={tmp_path}", f"port={port}", "lang=en"]) == 2
    output = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in output and output.count("\n") == 1


def test_streamlit_scans_no_packages(monkeypatch):
    scanner = pytest.importorskip("streamlit.components.v2.manifest_scanner")
    monkeypatch.setattr(scanner, "scan_component_manifests", lambda *_: pytest.fail("a second of the start"))
    dashboard._skip_package_scan()
    manager = importlib.import_module("streamlit.components.v2.component_manager").BidiComponentManager()
    manager.discover_and_register_components(start_file_watching=False)
    assert scanner.scan_component_manifests() == []
