"""Code and ties of one's own: the same in every way of running, part of the id, and never brought by a folder."""

from __future__ import annotations

from typing import Any

import networkx
import numpy as np
import pytest

import simulator as sim
from simulator.app.cli.main import main
from simulator.engine.fork import play_arms
from simulator.engine.mechanism_checks import check_mechanism
from simulator.levers.handles import HANDLES
from simulator.scenario.extensions import give_code, hash_code
from simulator.studies.run_content import rebuild_run
from tests.api import own_code
from tests.api.small import small

RING = "watts_strogatz:k=6,p=0.1"
ALL = {"residents": own_code.Proud, "mechanisms": [own_code.gossip, own_code.drink_tea], "handles": [own_code.TEA],
       "network": RING}
WORDS = {"residents": "tests.api.own_code:Proud",
         "mechanisms": ["tests.api.own_code:gossip", "tests.api.own_code:drink_tea"], "network": RING}


@pytest.fixture(autouse=True)
def no_handles_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue of handles as it was."""
    known = dict(HANDLES)
    yield
    HANDLES.clear()
    HANDLES.update(known)


def equal_tables(one: Any, other: Any) -> bool:
    """True if two records hold the same values."""
    return all(np.array_equal(values, other.tables[table][name], equal_nan=values.dtype.kind == "f")
               for table, columns in one.tables.items() for name, values in columns.items())


@pytest.mark.parametrize("name", ["residents", "mechanisms", "network"])
def test_each_changes_id_and_outcome(name: str) -> None:
    plain, own = sim.run(small()), sim.run(small(**{name: WORDS[name][:1] if name == "mechanisms" else WORDS[name]}))
    assert plain.id != own.id and not equal_tables(plain.record, own.record)
    assert name in own.record.content["extensions"] and "extensions" not in plain.record.content


def test_a_mechanism_keeps_its_columns_and_random_numbers() -> None:
    model = sim.TerritoryModel(small(mechanisms=[own_code.gossip]), seed=1)
    for _ in range(3):
        model.step()
    rumours = model.world.extra["people.rumours"]
    assert 0 < rumours.sum() < 3 * len(rumours) and not rumours.flags.writeable
    assert abs(rumours[model.world.ties.degree > 0].mean() / 3 - 0.3) < 0.1


def test_forks_workers_steps_and_objects_give_the_same_bits(tmp_path) -> None:
    both = small(**{**WORDS, "handles": ["tests.api.own_code:TEA"]})
    arms = [both.run(1), both.run(1, levers=["phone_tree_and_register"])]
    forked: dict[str, Any] = {}
    play_arms(arms, on_record=lambda run, record: forked.__setitem__(run.id, record))
    for run in arms:
        assert equal_tables(sim.run(run).record, forked[run.id])
    model = sim.TerritoryModel(both, seed=1)
    model.run_model()
    assert model.record.run_id == arms[0].id and equal_tables(model.record, forked[arms[0].id])
    frame = sim.run_many(small(), seeds=2, levers=[None, "fans"], workers=2, store=tmp_path, **ALL)
    assert frame["run"][0] == arms[0].id
    assert frame["loss"][0] == sim.run(arms[0]).outcomes["loss"]


def test_a_lever_turns_a_handle_of_ones_own(tmp_path, root) -> None:
    (tmp_path / "lever").mkdir()
    card = (root / "configs/lever/longer_hours.yaml").read_text(encoding="utf-8")
    start, end = card.index("modifiers:"), card.index("\n", card.index("modifiers:"))
    rest = card[end + 1:].split("\n")
    following = next(k for k, line in enumerate(rest) if line and not line.startswith((" ", "-")))
    own = card[:start] + "modifiers:\n  - {handle: site.tea, op: add, value: 50}\n" + "\n".join(rest[following:])
    (tmp_path / "lever" / "tea.yaml").write_text(own.replace("id: longer_hours", "id: tea"), encoding="utf-8")
    with pytest.raises(sim.SettingError, match="unknown handle 'site.tea'"):
        sim.scenario("village", lever="tea", config_dir=tmp_path)
    served = sim.scenario(config_dir=tmp_path, handles=[own_code.TEA], mechanisms=[own_code.drink_tea],
                          **{**small().settings, "lever": "tea", "lever.tea.window.lead_time_days": 0,
                             "lever.tea.window.ramp_days": 0})
    frame = sim.run_many(served, levers=[None, "tea"], outcomes=[mean_agency], workers=1)
    assert frame["mean_agency"][1] > frame["mean_agency"][0]


def mean_agency(view: Any) -> float:
    """Mean power to act at the end."""
    return float(view.series["agency"][-1])


def test_outcomes_of_ones_own_by_name() -> None:
    frame = sim.run_many(small(), outcomes=["loss", "tests.api.own_code:peak"], workers=1)
    assert frame["peak"][0] == own_code.peak(sim.run(small()).view)


# networks
def test_a_given_network_is_the_network() -> None:
    model = sim.TerritoryModel(small(network=RING), seed=1)
    graph = model.residents.to_networkx()
    known = networkx.watts_strogatz_graph(int((model.world.people.age >= 15).sum()), 6, 0.1, seed=1)
    adults = sorted(model.residents.array("uid")[model.world.people.age >= 15].tolist())
    homes = dict(zip(model.residents.array("uid").tolist(), model.residents.array("household").tolist()))
    expected = {tuple(sorted((adults[a], adults[b]))) for a, b in known.edges if homes[adults[a]] != homes[adults[b]]}
    found = {tuple(sorted(edge)) for edge in graph.edges}
    assert found <= expected and len(found) > 0.9 * len(expected)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_network_from_a_file(tmp_path, suffix: str) -> None:
    graph = networkx.random_regular_graph(4, 100, seed=2)
    file = tmp_path / f"edges.{suffix}"
    if suffix == "csv":
        assert sim.save_network(graph, file) == str(file)
    else:
        import pandas

        pandas.DataFrame(list(graph.edges), columns=["source", "target"]).to_parquet(file)
    own = small(network=str(file))
    model = sim.TerritoryModel(own, seed=1)
    assert 0 < model.residents.to_networkx().number_of_edges() <= 200
    other = tmp_path / "more" / file.name
    other.parent.mkdir()
    file.rename(other)
    assert own.run(1).id == small(network=str(other)).run(1).id, "the id depends on the ties, not on the folder"


@pytest.mark.parametrize(("settings", "text"), [
    ({"residents": "tests.api.own_code:Prou"}, "cannot be loaded"),
    ({"residents": "own_code"}, "expected module:object"),
    ({"residents": "tests.api.own_code:peak"}, "expected a subclass of simulator.Resident"),
    ({"mechanisms": ["tests.api.own_code:peak"]}, "expected a mechanism"),
    ({"mechanisms": [own_code.gossip, own_code.gossip]}, "listed twice"),
    ({"handles": ["tests.api.own_code:peak"]}, "expected a simulator.Handle"),
    ({"residents": type("Local", (sim.Resident,), {})}, "cannot be loaded|source cannot be read"),
    ({"network": "ring"}, "expected a file .csv or .parquet, or one of"), ({"network": "none.csv"}, "cannot be read"),
    ({"network": "watts_strogatz:k=3"}, "expected watts_strogatz:k=…,p=…"),
    ({"network": "erdos_renyi:p=2"}, "expected erdos_renyi:p=…")])
def test_what_cannot_be_used_is_refused(settings: dict, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        small(**settings)


def test_faulty_files_of_ties(tmp_path) -> None:
    for text, says in (("a,b\n1,2\n", "expected columns source and target"), ("source,target\n1,x\n", "whole numbers"),
                       ("source,target\n1,1\n", "pairs of different adults"), ("source,target\n", "at least one")):
        (tmp_path / "e.csv").write_text(text, encoding="utf-8")
        with pytest.raises(sim.SettingError, match=says):
            small(network=str(tmp_path / "e.csv"))
    (tmp_path / "e.csv").write_text("source,target\n0,100000\n", encoding="utf-8")
    with pytest.raises(ValueError, match="position 100000 is no adult"):
        sim.run(small(network=str(tmp_path / "e.csv")))


# safety and identity
def test_a_class_given_to_the_model_counts_instead_and_enters_the_id() -> None:
    run = small(residents=own_code.Proud, mechanisms=[own_code.gossip]).run(1)
    made = sim.TerritoryModel(run, residents=own_code.Meddling)
    assert set(made.record.content["extensions"]) == {"mechanisms"}
    assert made.record.content["residents"]["name"] == "tests.api.own_code.Meddling"
    assert sim.TerritoryModel(run).run == run and made.run.id != run.id


def test_memories_of_residents_are_no_changes_by_hand() -> None:
    record = sim.run(small(residents=own_code.Proud)).record
    model = sim.TerritoryModel(small(residents=own_code.Proud), seed=1)
    model.run_model()
    assert record.changes == model.record.changes == []
    assert record.tables["runs"]["behaviour"][0] == "balanced+tests.api.own_code.Proud"


def test_decisions_write_no_columns_in_any_executor() -> None:
    run = small(residents=own_code.Meddling).run(1)
    for play in (sim.play, lambda run: sim.TerritoryModel(run).run_model()):
        with pytest.raises(AttributeError, match="decisions only decide"):
            play(run)


def test_a_record_names_its_code_and_does_not_bring_it() -> None:
    found = sim.run(small(residents=own_code.Proud))
    again = rebuild_run(found.record.content, found.id)
    with pytest.raises(ValueError, match="made with code of one's own, tests.api.own_code:Proud .*give the same"):
        sim.play(again)


def test_another_source_is_another_run(tmp_path, monkeypatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    text = "import simulator as sim\n\nclass Own(sim.Resident):\n    def wants_to_leave(self):\n        return {}\n"
    (tmp_path / "own_a.py").write_text(text.format(True), encoding="utf-8")
    first = give_code("own_a:Own")
    (tmp_path / "own_a.py").write_text(text.format(False), encoding="utf-8")
    import own_a

    assert hash_code(own_a.Own, "own_a:Own") != first.source


# the check
def test_good_mechanisms_pass() -> None:
    HANDLES["site.tea"] = own_code.TEA
    for one in (own_code.gossip, own_code.drink_tea):
        assert check_mechanism(one, small().run()) == []


@pytest.mark.parametrize(("name", "says"), [
    ("luck", "a repeat gives other bits"), ("writes_more", "read-only"), ("makes_needs", "an unmet need"),
    ("another_reference", "its reference in plain Python gives other bits"),
    ("tea_without_tea", "with the handle site.tea at 0 it still changes something")])
def test_faults_are_found(name: str, says: str) -> None:
    HANDLES["site.tea"] = own_code.TEA
    found = check_mechanism(getattr(own_code, name), small().run())
    assert any(says in str(text) for text in found), found


@pytest.mark.usefixtures("in_english")
def test_the_command_checks_mechanisms(capsys) -> None:
    assert main(["check", "mechanism", "tests.api.own_code:gossip"]) == 0 and "good" in capsys.readouterr().out
    assert main(["check", "mechanism", "tests.api.own_code:luck"]) == 2
    assert "a repeat gives other bits" in capsys.readouterr().out
    assert main(["check", "mechanism", "tests.api.own_code:peak"]) == 2
    assert "expected a mechanism" in capsys.readouterr().err


def test_a_mechanism_is_declared_with_names_that_exist() -> None:
    with pytest.raises(ValueError, match="expected one of the phases"):
        sim.mechanism(after="gossip")
    with pytest.raises(ValueError, match="expected table.column"):
        sim.mechanism(after="visit", writes=["agency"])


@pytest.mark.slow
@pytest.mark.usefixtures("in_english")
def test_the_commands_take_the_same(tmp_path, capsys) -> None:
    own = ["experiment=small_heatwave", "territory.residents=200", f"results={tmp_path / 'out'}", "workers=1",
           "mechanisms=[tests.api.own_code:gossip]", "residents=tests.api.own_code:Proud"]
    assert main(["compare", "lever=fans", "seeds=1", "uncertainty=seeds", *own]) == 0
    stored = set(sim.open_results(tmp_path / "out")["kept"]["run"])
    known = sim.scenario(experiment="small_heatwave", residents=own_code.Proud, mechanisms=[own_code.gossip],
                         **{"territory.residents": 200})
    assert known.run(1).id in stored
