import sys
import tomllib

import pytest

from simulator.analysis.optional_libraries import (
    EXTRA_OF_LIBRARY,
    MissingExtra,
    describe_missing_library,
    import_optional,
)
from tests.house.tree import ROOT

DISTRIBUTIONS = {"sklearn": "scikit-learn", "ema_workbench": "ema-workbench"}
"""Libraries whose distribution has another name."""


@pytest.mark.parametrize("library", ["SALib", "optuna", "ema_workbench", "pandas", "scipy"])
def test_a_missing_library_is_named_with_what_installs_it(monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=r"pip install 'resilience-simulator\[analysis\]'") as caught:
        import_optional(f"{library}.some.part" if library == "SALib" else library)
    assert "\n" not in str(caught.value) and caught.value.extra == "analysis"


@pytest.mark.parametrize("library", EXTRA_OF_LIBRARY)
def test_the_extra_that_is_named_installs_the_library(library):
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    name = DISTRIBUTIONS.get(library, library)
    assert any(name in line.partition(">")[0] for line in extras[EXTRA_OF_LIBRARY[library]])
    assert f"[{EXTRA_OF_LIBRARY[library]}]" in describe_missing_library(f"{library}.part")


def test_a_library_that_is_there():
    assert import_optional("json").loads("1") == 1
