"""A crisis that exposes nobody is reported in one line, in either language."""

from __future__ import annotations

import numpy as np

from simulator.app.jobs.no_exposure import warn_no_exposure


def test_one_line_for_each(capsys):
    runs = {"territory": np.array(["village", "sevran"]), "crises": np.array(["lift_or_heating_failure", "flood"]),
            "levers": np.array(["", ""]), "loss": np.array([0.0, 3.0])}
    warn_no_exposure(runs, "en")
    output = capsys.readouterr()
    assert output.out == "" and output.err.count("\n") == 1 and "lift_or_heating_failure in village" in output.err
    warn_no_exposure(runs, "fr")
    assert "aucune perte" in capsys.readouterr().err
