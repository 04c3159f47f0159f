from simulator.app.jobs.dashboard_backend import door_of, planned

WORDS = ["territory=village", "crisis=[heatwave]", "lever=[fans,outreach]", "arms={A:{fans:1},B:{outreach:2}}"]


def test_a_plan_names_every_run_by_arm(tmp_path):
    plan = planned([*WORDS, "seeds=2"], [], "fr")
    assert not plan.refusal
    assert {arm: len(runs) for arm, runs in plan.arms.items()} == {"baseline": 2, "A": 2, "B": 2}
    assert len(set(plan.runs)) == 6
    more = planned([*WORDS, "seeds=3"], [], "fr")
    assert set(plan.runs) < set(more.runs)


def test_what_cannot_be_played_is_one_line_in_the_language_of_the_page():
    fr, en = (planned(["territory=nowhere", *WORDS[1:]], [], lang).refusal for lang in ("fr", "en"))
    assert fr and en and fr != en and "\n" not in fr + en


def test_the_door_opens_on_cards_and_commands(tmp_path):
    door = door_of(tmp_path, ["my_cards"], "fr")
    assert door.job(["seeds=1"])[1:] == ["-m", "simulator", "compare", "--config-dir", "my_cards", "seeds=1"]
    door = door_of(tmp_path, [], "fr")
    assert {"three_sites", "village"} <= {card.id for card in door.cards("territory")}
    assert len(door.cards("crisis")) == 9 and len(door.cards("lever")) == 25
