"""The dashboard's backend: plans of comparisons, refusals, cards and command lines."""

import pytest

from simulator.app.cli.main import main
from simulator.app.jobs.dashboard_backend import build_dashboard_backend, plan_comparison

WORDS = ["territory=village", "crisis=[heatwave]", "lever=[fans,outreach]", "arms={A:{fans:1},B:{outreach:2}}"]


def test_a_plan_names_every_run_by_arm(tmp_path):
    plan = plan_comparison([*WORDS, "seeds=2"], [], "fr")
    assert not plan.error
    assert {arm: len(runs) for arm, runs in plan.arms.items()} == {"baseline": 2, "A": 2, "B": 2}
    assert len(set(plan.runs)) == 6
    more = plan_comparison([*WORDS, "seeds=3"], [], "fr")
    assert set(plan.runs) < set(more.runs)


def test_a_refused_comparison_is_one_line_in_the_language_of_the_session():
    fr, en = (plan_comparison(["territory=nowhere", *WORDS[1:]], [], lang).error for lang in ("fr", "en"))
    assert fr and en and fr != en and "\n" not in fr + en


def test_the_backend_lists_cards_and_builds_commands(tmp_path):
    backend = build_dashboard_backend(tmp_path, ["my_cards"], "fr")
    command = backend.build_job_command(["seeds=1"])
    assert command[1:] == ["-m", "simulator", "compare", "--config-dir", "my_cards", "seeds=1"]
    backend = build_dashboard_backend(tmp_path, [], "fr")
    assert {"three_sites", "village"} <= {card.id for card in backend.list_cards("territory")}
    assert len(backend.list_cards("crisis")) == 11 and len(backend.list_cards("lever")) == 29


def test_what_the_command_line_gives_is_in_every_comparison(tmp_path):
    given = ["residents=tests.api.own_code:Proud", "mechanisms=[tests.api.own_code:gossip]"]
    own, plain = build_dashboard_backend(tmp_path, [], "en", given), build_dashboard_backend(tmp_path, [], "en")
    with_code, without = own.plan_comparison(WORDS, "en"), plain.plan_comparison(WORDS, "en")
    assert not with_code.error and not set(with_code.runs) & set(without.runs)
    assert own.build_job_command(["seeds=1"])[-2:] == given and own.build_prices_command([], tmp_path)[-2:] == given


@pytest.mark.usefixtures("in_english")
def test_code_that_cannot_be_loaded_is_refused_before_anything_is_served(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["dashboard", "residents=nowhere:Proud", "open=false"]) == 2
    assert main(["dashboard", "population=nowhere", "open=false"]) == 2
    problems = capsys.readouterr().err.splitlines()
    assert "nowhere:Proud: cannot be loaded" in problems[0] and "no such file or folder" in problems[1]
    assert list(tmp_path.iterdir()) == []
