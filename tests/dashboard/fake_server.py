"""The page with drawn runs instead of simulated ones: `python -m tests.dashboard.fake_server RESULTS PORT`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from simulator.app.commands import dashboard
from simulator.app.jobs import dashboard_backend
from simulator.dashboard.backend import Door


def fake_door(root: Path) -> Door:
    """The real cards and checks; jobs that draw, and prices of EUR 100,000 a unit."""
    door = dashboard_backend.door_of(root, [], "fr")

    def job(words: Sequence[str]) -> list[str]:
        folder = next(word for word in words if word.startswith("results=")).partition("=")[2]
        return [sys.executable, "-m", "tests.dashboard.fake_job", folder]

    def prices(words: Sequence[str], file: Path) -> list[str]:
        rows = json.dumps({card.id: [[0, 0, 0, 0], [1, 1e5, 8e4, 2e5]] for card in door.cards("lever")})
        return [sys.executable, "-c", f"open({str(file)!r}, 'w').write({rows!r})"]

    return replace(door, job=job, prices=prices)


if __name__ == "__main__":
    given = dashboard.settings([f"port={sys.argv[2]}", "open=false"])
    dashboard.serve(fake_door(Path(sys.argv[1]).resolve()), given)
