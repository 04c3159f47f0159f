"""A crisis that touches nobody is told in one line, in the reader's language."""

from __future__ import annotations

import numpy as np

from simulator.app.jobs.no_exposure import warn


def test_one_line_for_each(capsys):
    runs = {"territory": np.array(["village", "sevran"]), "crises": np.array(["lift_or_heating_failure", "flood"]),
            "levers": np.array(["", ""]), "loss": np.array([0.0, 3.0])}
    warn(runs, "en")
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and "lift_or_heating_failure in village" in told.err
    warn(runs, "fr")
    assert "aucune perte" in capsys.readouterr().err
