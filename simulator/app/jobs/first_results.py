"""Plays the page's first choices and writes the results that ship with the package.

`python -m simulator.app.jobs.first_results`, to be run in a checkout after a change of the model, of the records, or
of the page's first choices.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from ...dashboard.data.choices import Choices
from ...dashboard.data.first_results import FIRST_RESULTS_FOLDER, pack_part, read_first_results, write_manifest
from ...dashboard.session import propose_choices
from ...records.resident_cases import CASES_FILE
from ...records.results import open as open_results
from ...studies.store import Store
from ...studies.store_compaction import compact_store
from ...studies.stored_cases import load_cases
from .dashboard_backend import build_dashboard_backend


def plan_first_results(root: Path) -> tuple[Choices, dict[str, list[str]], list[str]]:
    """The page's first choices, the run ids that they mean by arm, and the command line that plays them into `root`."""
    backend = build_dashboard_backend(root, [], "en")
    choices = propose_choices({group: {card.id: card for card in backend.list_cards(group)}
                               for group in ("territory", "crisis", "lever")})
    overrides = [*choices.to_overrides(), "lang=en"]
    plan = backend.plan_comparison(overrides, "en")
    if plan.error:
        raise SystemExit(plan.error)
    arms = {arm: list(runs) for arm, runs in plan.arms.items()}
    return choices, arms, list(backend.build_job_command([*overrides, f"results={root}"]))


def main() -> int:
    """Play the runs, pack them, and replace what ships; whole or not at all. Returns the exit code."""
    with tempfile.TemporaryDirectory(dir=FIRST_RESULTS_FOLDER.parent, prefix=".first_results.") as temporary:
        played, packed = Path(temporary) / "played", Path(temporary) / "packed"
        choices, arms, command = plan_first_results(played)
        code = subprocess.run(command, check=False).returncode
        if code:
            return code
        load_cases(open_results(played))
        _, part = compact_store(Store(played))
        packed.mkdir()
        if part is not None:
            pack_part(part, packed)
        (played / CASES_FILE).rename(packed / CASES_FILE)
        write_manifest(packed, choices.to_dict(), arms, datetime.now(UTC).date().isoformat())
        read_first_results(packed)
        shutil.rmtree(FIRST_RESULTS_FOLDER, ignore_errors=True)
        packed.rename(FIRST_RESULTS_FOLDER)
    print(FIRST_RESULTS_FOLDER)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
