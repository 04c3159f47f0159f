"""The page's server with fake runs instead of simulated ones: `python -m tests.dashboard.fake_server RESULTS PORT`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from simulator.app.commands import dashboard
from simulator.app.jobs import dashboard_backend
from simulator.dashboard.backend import Backend


def build_fake_backend(root: Path) -> Backend:
    """The real cards and checks, with jobs that write fake runs and prices of EUR 100,000 a unit."""
    return keep_jobs_fake(dashboard_backend.build_dashboard_backend(root, [], "fr"))


def keep_jobs_fake(backend: Backend) -> Backend:
    """The same backend, with jobs that write fake runs and prices of EUR 100,000 a unit."""

    def build_job_command(overrides: Sequence[str]) -> list[str]:
        folder = next(text for text in overrides if text.startswith("results=")).partition("=")[2]
        return [sys.executable, "-m", "tests.dashboard.fake_job", folder]

    def build_prices_command(overrides: Sequence[str], file: Path) -> list[str]:
        rows = json.dumps({card.id: [[0, 0, 0, 0], [1, 1e5, 8e4, 2e5]] for card in backend.list_cards("lever")})
        return [sys.executable, "-c", f"open({str(file)!r}, 'w').write({rows!r})"]

    return replace(backend, build_job_command=build_job_command, build_prices_command=build_prices_command)


if __name__ == "__main__":
    settings = dashboard.parse_dashboard_settings([f"port={sys.argv[2]}", "open=false"])
    dashboard.serve_dashboard(build_fake_backend(Path(sys.argv[1]).resolve()), settings)
