import sys

import pytest

from simulator.analysis.optional_libraries import MissingExtra, import_optional


@pytest.mark.parametrize("library", ["SALib", "optuna", "ema_workbench", "pandas", "scipy"])
def test_a_missing_library_is_named_with_what_installs_it(monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=r"pip install 'resilience-simulator\[analysis\]'") as caught:
        import_optional(f"{library}.some.part" if library == "SALib" else library)
    assert "\n" not in str(caught.value) and caught.value.extra == "analysis"


def test_a_library_that_is_there():
    assert import_optional("json").loads("1") == 1
