"""The cache of compiled code knows every file a kernel depends on."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from types import SimpleNamespace
from typing import Any

import numba
import numpy as np
import pytest

from simulator.kernel import compiled
from simulator.kernel.compiled import PACKAGE, closure, source_digest


def names(path: Path) -> set[str]:
    return {str(file.relative_to(PACKAGE)) for file in closure(path)}


def test_a_kernel_depends_on_its_rules_and_they_on_draws() -> None:
    needed = names(PACKAGE / "phases" / "projects" / "join_intent.py")
    assert {"rules/joining.py", "kernel/random.py", "kernel/stream.py", "phases/projects/join_intent.py"} <= needed
    assert "cli/main.py" not in needed and "phases/fund.py" not in needed


def test_a_changed_rule_changes_the_digest_of_its_users(tmp_path: Path) -> None:
    (tmp_path / "low.py").write_text("X = 1\n")
    (tmp_path / "mid.py").write_text("from .low import X\n")
    top = tmp_path / "top.py"
    top.write_text("from .mid import (\n    X,\n)\n")
    before = source_digest(top)
    (tmp_path / "low.py").write_text("X = 2\n")
    compiled.source_digest.cache_clear()
    assert source_digest(top) != before


def test_rules_can_be_compiled_without_a_file() -> None:
    """In a notebook's cell there is no file: compiled all the same, only not cached."""
    scope: dict = {}
    exec(compile("def twice(x):\n    return 2 * x\n", "<cell>", "exec"), scope)
    assert compiled.rule(scope["twice"])(21) == 42


def test_loops_that_make_no_arrays_do_not_count_who_holds_them() -> None:
    """Counting costs more than most rules; where it is off, making an array is refused at compilation."""
    scope: dict = {"np": np}
    exec(compile("def fresh(n):\n    return np.empty(n)\n", "<cell>", "exec"), scope)
    assert compiled.making_kernel(scope["fresh"])(3).size == 3
    with pytest.raises(numba.core.errors.NumbaError):
        compiled.kernel(scope["fresh"])(3)


def test_the_same_source_elsewhere_shares_what_was_compiled(tmp_path: Path) -> None:
    copytree(PACKAGE / "kernel", tmp_path / "kernel", ignore=lambda *_: ["__pycache__"])
    assert source_digest(tmp_path / "kernel" / "random.py") == source_digest(PACKAGE / "kernel" / "random.py")
    (tmp_path / "kernel" / "random.py").touch()
    compiled.source_digest.cache_clear()
    assert source_digest(tmp_path / "kernel" / "random.py") == source_digest(PACKAGE / "kernel" / "random.py")


def test_compiled_code_is_kept_by_one_process_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that keep two signatures at once would else give both the same file."""
    kept: list[str] = []
    book = SimpleNamespace(save=lambda key, data: kept.append(f"{key} {data} {locked(tmp_path / 'lock')}"))
    monkeypatch.setattr(compiled, "cache_home", lambda: tmp_path)
    compiled._kept_in_turn(SimpleNamespace(_cache=SimpleNamespace(_cache_file=book)))
    book.save("signature", "code")
    assert kept == ["signature code True"] and not locked(tmp_path / "lock")


@pytest.mark.parametrize("light", [True, False])
def test_compiled_code_is_found_again_whatever_numba_offers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                            light: bool) -> None:
    """Without what the lighter way of reading calls, numba's own way finds the same code."""
    monkeypatch.setattr(compiled, "cache_home", lambda: tmp_path / "cache")
    source = tmp_path / "thrice.py"
    source.write_text("def thrice(x):\n    return 3 * x\n")
    first = compiled.kernel(loaded(source))
    assert first(14) == 42 and not first.stats.cache_hits
    if not light:
        monkeypatch.setattr(numba.core.runtime, "rtsys", SimpleNamespace())
    again = compiled.kernel(loaded(source))
    assert again(14) == 42 and again.stats.cache_hits


def loaded(source: Path) -> Any:
    """The function of a file of its own, as another process would import it."""
    scope: dict = {}
    exec(compile(source.read_text(), str(source), "exec"), scope)
    return scope["thrice"]


def locked(path: Path) -> bool:
    """Whether somebody holds the lock of a file."""
    fcntl = pytest.importorskip("fcntl")
    with open(path, "a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
