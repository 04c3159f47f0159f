"""The public names of the package, and that importing it does nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import simulator


@pytest.mark.parametrize("name", simulator.__all__)
def test_public_names_exist_and_say_what_they_are(name):
    assert getattr(simulator, name).__doc__


def test_public_names_are_few_and_listed():
    verbs = [name for name in simulator.__all__ if name.islower()]
    assert len(verbs) <= 24 and len(simulator.__all__) <= 45
    assert set(simulator.__all__) == set(simulator.PUBLIC_MODULES) and set(simulator.__all__) <= set(dir(simulator))


def test_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="expected one of"):
        simulator.Sim  # noqa: B018


def test_importing_loads_nothing():
    code = "import sys, simulator; print(sorted({'numpy', 'numba', 'mesa', 'hydra'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
