"""The decorators, and the cache of compiled code, which knows every file that a kernel depends on."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from types import SimpleNamespace
from typing import Any

import numba
import numpy as np
import pytest

from simulator.kernel import code_cache, compiled
from simulator.kernel.compiled import PACKAGE_ROOT, hash_sources, list_dependencies


def list_dependency_names(path: Path) -> set[str]:
    return {str(file.relative_to(PACKAGE_ROOT)) for file in list_dependencies(path)}


def test_a_kernel_depends_on_its_rules_and_they_on_draws() -> None:
    needed = list_dependency_names(PACKAGE_ROOT / "phases" / "projects" / "join_intent.py")
    assert {"rules/joining.py", "kernel/keyed_random.py", "kernel/random_streams.py"} <= needed
    assert "phases/projects/join_intent.py" in needed
    assert "app/cli/main.py" not in needed and "phases/fund.py" not in needed


def test_a_changed_rule_changes_the_digest_of_its_users(tmp_path: Path) -> None:
    (tmp_path / "low.py").write_text("X = 1\n")
    (tmp_path / "mid.py").write_text("from .low import X\n")
    top = tmp_path / "top.py"
    top.write_text("from .mid import (\n    X,\n)\n")
    before = hash_sources(top)
    (tmp_path / "low.py").write_text("X = 2\n")
    compiled.hash_sources.cache_clear()
    assert hash_sources(top) != before


def test_a_function_without_a_file_is_compiled_but_not_cached() -> None:
    """As in a notebook's cell."""
    scope: dict = {}
    exec(compile("def twice(x):\n    return 2 * x\n", "<cell>", "exec"), scope)
    assert compiled.rule(scope["twice"])(21) == 42


def test_kernels_without_reference_counts_cannot_create_arrays() -> None:
    """Reference counts cost time. Without them, a function that creates an array does not compile."""
    scope: dict = {"np": np}
    exec(compile("def fresh(n):\n    return np.empty(n)\n", "<cell>", "exec"), scope)
    assert compiled.allocating_kernel(scope["fresh"])(3).size == 3
    with pytest.raises(numba.core.errors.NumbaError):
        compiled.kernel(scope["fresh"])(3)


def test_the_same_source_in_another_place_has_the_same_hash(tmp_path: Path) -> None:
    copytree(PACKAGE_ROOT / "kernel", tmp_path / "kernel", ignore=lambda *_: ["__pycache__"])
    original, copy = PACKAGE_ROOT / "kernel" / "keyed_random.py", tmp_path / "kernel" / "keyed_random.py"
    assert hash_sources(copy) == hash_sources(original)
    copy.touch()
    compiled.hash_sources.cache_clear()
    assert hash_sources(copy) == hash_sources(original)


def test_one_process_at_a_time_writes_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise two processes that save two signatures at once could give both the same file."""
    saved: list[str] = []
    monkeypatch.setenv("RESILIENCE_CACHE", str(tmp_path))
    lock = tmp_path / "resilience-simulator" / "lock"
    lock.parent.mkdir()
    monkeypatch.setattr(numba.core.caching.IndexDataCacheFile, "save",
                        lambda self, key, data: saved.append(f"{key} {data} {is_locked(lock)}"))
    code_cache.CheckedCacheFile(str(tmp_path), "name", "stamp").save("signature", "code")
    assert saved == ["signature code True"] and not is_locked(lock)


@pytest.mark.parametrize("with_own_loader", [True, False])
def test_cached_code_is_found_whatever_numba_offers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                    with_own_loader: bool) -> None:
    """Without the private methods that `LazyCompilerCache` calls, numba's own loader finds the same code."""
    monkeypatch.setenv("RESILIENCE_CACHE", str(tmp_path))
    source = tmp_path / "thrice.py"
    source.write_text("def thrice(x):\n    return 3 * x\n")
    first = compiled.kernel(load_function(source))
    assert first(14) == 42 and not first.stats.cache_hits
    if not with_own_loader:
        monkeypatch.setattr(numba.core.runtime, "rtsys", SimpleNamespace())
    again = compiled.kernel(load_function(source))
    assert again(14) == 42 and again.stats.cache_hits


def load_function(source: Path) -> Any:
    """The function `thrice` of a file, as another process would import it."""
    scope: dict = {}
    exec(compile(source.read_text(), str(source), "exec"), scope)
    return scope["thrice"]


def is_locked(path: Path) -> bool:
    """Whether the lock of a file is held."""
    fcntl = pytest.importorskip("fcntl")
    with open(path, "a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
