"""Compiled code that is damaged, altered or open to others is never loaded; without room, the work goes on."""

from __future__ import annotations

import errno
import importlib
import os
import pickle
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.kernel import code_cache, compiled
from simulator.kernel.code_cache import cache_home


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_english: None) -> Path:
    """A file with a function, and a cache of its own."""
    monkeypatch.setenv("RESILIENCE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(code_cache, "_reported", set())
    code_cache._judge_folder.cache_clear()
    file = tmp_path / "module_of_thrice.py"
    file.write_text("def thrice(x):\n    return 3 * x\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield file
    sys.modules.pop(file.stem, None)
    code_cache._judge_folder.cache_clear()


def compile_once(source: Path) -> Any:
    """The compiled function, as another process would have it."""
    code_cache._judge_folder.cache_clear()
    sys.modules.pop(source.stem, None)
    importlib.invalidate_caches()
    function = compiled.kernel(importlib.import_module(source.stem).thrice)
    assert function(14) == 42
    return function


def cached_files() -> list[Path]:
    """The index and the data file."""
    return sorted(cache_home().glob("*/*.nb[ic]"))


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "one byte": lambda data: data[:1],
    "cut": lambda data: data[:-1],
    "half": lambda data: data[:len(data) // 2],
    "head": lambda data: data[:50],
    "longer": lambda data: data + b"\0",
    "zeros": lambda data: bytes(len(data)),
    "foreign pickle": lambda data: pickle.dumps(("0.60", {})),
    "numba's own": lambda data: data[len(code_cache.FILE_MARK) + code_cache.DIGEST_BYTES:],
}


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_code_is_thrown_away_and_compiled_again(source: Path, which: int, damage: str,
                                                        capsys: pytest.CaptureFixture[str]) -> None:
    compile_once(source)
    file = cached_files()[which]
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    assert not compile_once(source).stats.cache_hits
    assert capsys.readouterr().err == (f"resilience: {cache_home()}: compiled code there was damaged or altered; "
                                       "thrown away and compiled again\n")
    assert compile_once(source).stats.cache_hits and capsys.readouterr().err == ""


@pytest.mark.parametrize("which", [0, 1])
def test_every_flipped_bit_is_found(source: Path, which: int) -> None:
    compile_once(source)
    file, draw = cached_files()[which], random.Random(which)
    data = file.read_bytes()
    cache_file = code_cache.CheckedCacheFile(str(file.parent), "name", "stamp")
    for place in [*range(80), *(draw.randrange(len(data)) for _ in range(200))]:
        changed = bytearray(data)
        changed[place] ^= 1 << draw.randrange(8)
        file.write_bytes(changed)
        assert cache_file._load_checked(str(file)) is None and not file.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o1777, 0o702])
@pytest.mark.parametrize("depth", ["home", "folder"])
def test_a_folder_that_others_may_write_is_not_used(source: Path, mode: int, depth: str,
                                                    capsys: pytest.CaptureFixture[str]) -> None:
    compile_once(source)
    folder = cache_home() if depth == "home" else cached_files()[0].parent
    folder.chmod(mode)
    before = {file: file.stat().st_mtime_ns for file in cached_files()}
    assert not compile_once(source).stats.cache_hits
    assert f"resilience: {folder}: others may write there" in capsys.readouterr().err
    assert {file: file.stat().st_mtime_ns for file in cached_files()} == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("what", ["home", "file"])
def test_somebody_elses_code_is_not_loaded(source: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    compile_once(source)
    os.chown(cache_home() if what == "home" else cached_files()[1], 12345, 12345)
    assert not compile_once(source).stats.cache_hits and capsys.readouterr().err.count("\n") == 1


def test_what_is_made_is_for_this_user_alone(source: Path) -> None:
    before = os.umask(0)
    try:
        compile_once(source)
    finally:
        os.umask(before)
    for path in (cache_home(), *cache_home().rglob("*")):
        assert not path.stat().st_mode & 0o022, path
    assert compile_once(source).stats.cache_hits


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO])
def test_without_room_the_work_goes_on(source: Path, code: int, monkeypatch: pytest.MonkeyPatch,
                                       capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(self: Any, path: str, content: Any) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(code_cache.CheckedCacheFile, "_save_checked", refuse)
    compile_once(source)
    compile_once(source)
    (line,) = capsys.readouterr().err.splitlines()
    assert f"could not be kept ({os.strerror(code)})" in line and cached_files() == []


def test_a_cache_below_a_file_is_no_reason_to_stop(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                   capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RESILIENCE_CACHE", str(tmp_path / "file"))
    compile_once(source)
    assert "could not be kept" in capsys.readouterr().err
