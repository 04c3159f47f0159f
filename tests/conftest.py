"""Settings of all tests: figures open no window, hypothesis has no deadline."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("MPLBACKEND", "Agg")
# Whoever runs the tests in English or in French: without a wish, people read French.
for name in ("RESILIENCE_LANG", "LC_ALL", "LC_MESSAGES"):
    os.environ.pop(name, None)
os.environ["LANG"] = "C.UTF-8"

# The first example of a test may compile a kernel, so single examples have no time limit.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's top folder."""
    return ROOT


@pytest.fixture
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help, errors and results of this test in English."""
    monkeypatch.setenv("RESILIENCE_LANG", "en")
