"""The repository names no path of one machine, no registry, nothing outside the checkout, and holds no debris."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.house import tree
from tests.house.tree import ROOT, name

HERE = Path(__file__).resolve()
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".cfg", ".sh", ".csv", ".cff", ".po", ".html", ".ipynb", ""}
ABSOLUTE = re.compile(r"(?<![\w.\-~$}/])/(?:work|opt|home|root|Users|tmp|mnt|private)/\w")
WINDOWS = re.compile(r"\b[A-Z]:\\\w")
REGISTRY = re.compile(r"(?i)pypi\.org/simple|files\.pythonhosted|--(?:extra-)?index-url|--find-links|file:///")
OUTSIDE = re.compile(r"\.\./shared|(?<![\w/])shared/(?:facts|design)")
DEBRIS = re.compile(r"\b(?:FIXME|XXX|HACK)\b|^<{7} |^>{7} |breakpoint\(\)|pdb\.set_trace", re.MULTILINE)


def tracked() -> list[Path]:
    """Files under version control, or all of them where there is no git."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [path for word in done.stdout.split("\0") if word and (path := ROOT / word).is_file() and path != HERE]


def found(pattern: re.Pattern[str], skip: tuple[str, ...] = ()) -> list[str]:
    """Every line of the repository in which a pattern occurs."""
    hits = []
    for path in tracked():
        if path.suffix not in TEXT or name(path).startswith(skip):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                hits.append(f"{name(path)}:{number}: {line.strip()[:100]}")
    return hits


def test_no_path_of_one_machine() -> None:
    tree.nothing(found(ABSOLUTE) + found(WINDOWS))


def test_no_registry_address() -> None:
    # the commands that pin versions (Makefile) have the option to write no address
    tree.nothing([line for line in found(REGISTRY) if "--no-emit-index-url" not in line])


def test_nothing_outside_the_checkout() -> None:
    """Tests may compare with files beside the checkout if they exist, and skip otherwise."""
    tree.nothing([line for line in found(OUTSIDE) if not line.startswith("tests/")])
    for path in (path for path in tracked() if name(path).startswith("tests/") and path.suffix == ".py"):
        text = path.read_text(encoding="utf-8")
        assert not OUTSIDE.search(text) or "skip" in text, f"{name(path)} must skip when the files are absent"


def test_no_debris() -> None:
    tree.nothing(found(DEBRIS))


def test_nothing_large_or_generated() -> None:
    files = [path for path in tracked()  # what ships with the page has a limit of its own in its test
             if not name(path).startswith("simulator/dashboard/first_results/")]
    heavy = [f"{name(path)}: {path.stat().st_size >> 10} KB" for path in files if path.stat().st_size > 1 << 20]
    made = [name(path) for path in files if path.suffix in (".pyc", ".parquet", ".nbi", ".nbc", ".log")]
    tree.nothing(heavy + made)
