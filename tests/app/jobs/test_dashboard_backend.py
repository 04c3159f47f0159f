"""The dashboard's backend: plans of comparisons, refusals, cards and command lines."""

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
