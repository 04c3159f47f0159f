"""Whatever is typed: exit code 0 or 2, never a traceback, one line when refused."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.app.cli.main import main

KEYS = st.sampled_from(
    [
        "seed",
        "seeds",
        "lever",
        "crisis",
        "territory",
        "behaviour",
        "model.joining.rate",
        "calendar.start",
        "calendar.levers",
        "calendar.recovery_days",
        "crisis.heatwave.severity",
        "lever.coordinator.dose",
        "lever.coordinator.modifiers",
        "lever.coordinator.modifiers.0.value",
        "site",
        "threads",
        "workers",
        "name",
        "model",
        "model.behaviour",
        "lang",
        "territory.communes",
        "territory.around_km",
        "site.a.lon",
        "crisis.heatwave",
        "lever.x.y",
        "hydra.job.name",
        "hydra",
        "together",
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "",
            "null",
            "none",
            "[]",
            "[1,1]",
            "{}",
            "{a:b}",
            "1,2",
            "range(3)",
            "${x}",
            "${oc.env:HOME}",
            "'",
            '"',
            "[a",
            "coordinator",
            "[coordinator]",
            "heatwave",
            "2026-01-05",
            "-1",
            "1e99",
            "nan",
            "inf",
            "true",
            "off",
            "???",
            "pantin",
            "glob(*)",
            "sort(3,1)",
            "0x10",
            "1_000",
            "9" * 400,
        ]
    ),
    st.integers().map(str),
    st.floats().map(str),
    st.text(max_size=8),
)
WORDS = st.one_of(
    st.builds("{}={}".format, KEYS, VALUES),
    st.builds("+{}={}".format, KEYS, VALUES),
    st.builds("~{}".format, KEYS),
    st.builds("{}={}".format, st.text(max_size=6), VALUES),
    st.text(max_size=8),
)


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(command=st.sampled_from(["run", "compare"]), words=st.lists(WORDS, max_size=3))
def test_any_words(idle, capsys, monkeypatch, command, words):
    monkeypatch.setenv("RESILIENCE_TRACE", "1")
    capsys.readouterr()
    words = [word for word in words if not word.startswith(("results", "-"))]
    code = main([command, *words, "--cfg", "job"])
    output = capsys.readouterr()
    assert code in (0, 2)
    assert output.err.count("\n") == (1 if code else 0) and "Traceback" not in output.err
    assert not code or output.out == ""


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    argv=st.lists(
        st.one_of(
            st.text(max_size=8),
            st.sampled_from(
                ["describe", "check", "lever", "crisis", "--help", "--cfg", "version", "lang=fr", "phases"]
            ),
        ),
        max_size=4,
    )
)
def test_any_first_words(idle, capsys, monkeypatch, argv):
    monkeypatch.setenv("RESILIENCE_TRACE", "1")
    code = main([word for word in argv if word not in ("run", "compare", "phases")])
    assert code in (0, 2)
    capsys.readouterr()
