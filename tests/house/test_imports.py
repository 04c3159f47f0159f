"""Importing has no effect: no output, no seeding, no start method, no heavy library, no file."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import simulator

PROBE = """
import json, multiprocessing, os, random, sys, threading
import numpy as np
before = (random.getstate(), np.random.get_state()[1].tolist(), multiprocessing.get_start_method(allow_none=True),
          os.getcwd(), dict(os.environ))
import importlib
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
after = (random.getstate(), np.random.get_state()[1].tolist(), multiprocessing.get_start_method(allow_none=True),
         os.getcwd(), dict(os.environ))
names = ["random", "numpy", "start method", "folder", "environment"]
changed = [name for name, a, b in zip(names, before, after) if a != b]
print(json.dumps({"changed": changed, "threads": threading.active_count(), "loaded": sorted(sys.modules)}))
"""
HEAVY = ("mesa", "hydra", "omegaconf", "matplotlib", "pandas", "scipy", "duckdb", "multiprocessing.pool")
WITH_MESA = ("simulator.agents", "simulator.api.territory_model")
"""Modules that import Mesa."""


def modules() -> list[str]:
    """Every module of the package but the one that runs it."""
    found = pkgutil.walk_packages(simulator.__path__, "simulator.")
    return sorted(item.name for item in found if not item.name.endswith("__main__"))


def probe(names: list[str], folder: Path) -> dict:
    """What importing these modules changed, in a new process in an empty folder."""
    done = subprocess.run([sys.executable, "-W", "error::UserWarning", "-c", PROBE, json.dumps(names)], cwd=folder,
                          capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert done.stdout.count("\n") == 1, f"importing printed: {done.stdout[:500]}"
    assert list(folder.iterdir()) == []
    return json.loads(done.stdout)


def test_importing_the_package_loads_nothing_heavy(tmp_path: Path) -> None:
    seen = probe(["simulator"], tmp_path)
    assert seen["changed"] == []
    assert [name for name in HEAVY if name in seen["loaded"]] == []


def test_importing_a_module_has_no_effect(tmp_path: Path) -> None:
    """What imports Mesa is tested alone: importing Mesa 3.3.1 sets the start method."""
    others = [name for name in modules() if not name.startswith(WITH_MESA)]
    seen = probe(others, tmp_path)
    assert seen["changed"] == []
    assert "mesa" not in seen["loaded"], f"Mesa is imported by {WITH_MESA} only"


def test_importing_the_agents_has_no_effect_beyond_those_of_mesa(tmp_path: Path) -> None:
    by_mesa = probe(["mesa"], tmp_path)["changed"]
    agents = [name for name in modules() if name.startswith(WITH_MESA)]
    assert probe(agents, tmp_path)["changed"] == by_mesa
