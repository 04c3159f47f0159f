"""A class of residents given from outside is part of a run's id; what else is changed by hand keeps a record out."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from simulator.agents import Resident, TerritoryModel
from simulator.agents.behaviour_source import describe_behaviour
from simulator.engine.loop import Engine, play
from simulator.records.files.run_files import load_runs
from simulator.studies.run_content import rebuild_run
from simulator.studies.store import Store
from tests.agents.village import village

PROUD = """
from simulator.agents import Resident
{before}
class Proud(Resident):
    level = 1
    def dares_to_ask(self, need):
        return {value}
"""


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """load(source, name): a fresh module of that source, from a folder of its own."""
    folders = iter(range(100))

    def load_module(source: str, name: str = "mine") -> ModuleType:
        folder = tmp_path / str(next(folders))
        folder.mkdir()
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
        monkeypatch.syspath_prepend(str(folder))
        sys.modules.pop(name, None)
        importlib.invalidate_caches()
        return importlib.import_module(name)

    yield load_module
    for name in ("mine", "helper"):
        sys.modules.pop(name, None)


def proud(load: Callable[..., Any], value: str = "False", before: str = "") -> type[Resident]:
    """The class Proud of a fresh module, whose answer is the expression `value`."""
    return load(PROUD.format(value=value, before=before)).Proud


def closure(threshold: Any) -> type[Resident]:
    """A class whose source is always the same, but not the value it closes over."""

    class Shy(Resident):
        def dares_to_ask(self, need: int) -> bool:
            return self.draw_uniform("ask") < np.sum(threshold)

    return Shy


def id_of(kind: type[Resident]) -> str:
    """The id of the village's run with these residents, whose source must be readable."""
    model = TerritoryModel(village(), residents=kind)
    assert model.record.changes == [] and model.record.run_id == model.run.id
    return model.run.id


def test_the_models_own_residents_leave_the_id_as_it_is() -> None:
    assert describe_behaviour(Resident) == (None, ())
    assert TerritoryModel(village()).run.id == village().id == TerritoryModel(village(), by_hand=True).run.id
    assert "residents" not in village().content()


def test_two_sources_of_one_name_have_two_ids(load: Callable[..., Any]) -> None:
    ids = [id_of(proud(load, *words)) for words in (("False",), ("True",), ("need == LOW", "LOW = 1"),
                                                    ("need == LOW", "LOW = 2"), ("False",))]
    assert ids[0] == ids[4] and len({*ids, village().id}) == 5


@pytest.mark.parametrize("one, other", [(0.2, 0.3), ([1, 2], [1, 3]), ({"a": 1}, {"a": 2}), (len, sum),
                                        (np.array([0.1]), np.array([0.2])), (lambda: 1, lambda: 2)])
def test_what_a_class_closes_over_is_part_of_the_id(one: Any, other: Any) -> None:
    assert id_of(closure(one)) == id_of(closure(one))
    if one is not len:
        assert id_of(closure(one)) != id_of(closure(other))


def test_a_class_changed_after_it_was_written_has_another_id(load: Callable[..., Any]) -> None:
    kind = proud(load, before="def other(self, need): return True\nclass Base(Resident): pass\n")
    first = id_of(kind)
    kind.level = 2
    second = id_of(kind)
    kind.level = 1
    kind.dares_to_ask = sys.modules["mine"].other
    assert len({first, second, id_of(kind)}) == 3


def test_bases_and_helpers_in_other_modules_count(load: Callable[..., Any]) -> None:
    source = "import helper\nfrom simulator.agents import Resident\nclass Proud(helper.Mixin, Resident): pass\n"
    helper = "class Mixin:\n    def dares_to_ask(self, need):\n        return need == {}\n"
    ids = []
    for number in (1, 2):
        load(helper.format(number), "helper")
        ids.append(id_of(load(source).Proud))
    assert ids[0] != ids[1]


def test_a_file_changed_since_it_was_imported_marks_the_record(load: Callable[..., Any]) -> None:
    kind = proud(load)
    Path(sys.modules["mine"].__file__).write_text(PROUD.format(value="True", before=""), encoding="utf-8")
    assert TerritoryModel(village(), residents=kind).record.changes == ["source of mine.Proud.dares_to_ask"]


def test_a_class_without_source_marks_the_record() -> None:
    scope: dict[str, Any] = {"__name__": "nowhere"}
    exec(PROUD.format(value="False", before=""), scope)
    model = TerritoryModel(village(), residents=scope["Proud"])
    assert model.record.changes == ["source of nowhere.Proud.dares_to_ask"]


def test_the_store_keeps_both_and_pairs_neither(load: Callable[..., Any], tmp_path: Path) -> None:
    store, models = Store(tmp_path / "store"), []
    for kind in (Resident, proud(load), proud(load, "need == 0")):
        models.append(TerritoryModel(village(), residents=kind))
        models[-1].run_model()
        store.save(models[-1].record)
    table = load_runs(sorted(store.runs.glob("*.parquet"))).tables["runs"]
    assert len(set(table["run"])) == len(set(table["context"])) == len(set(table["loss"])) == 3
    assert sorted(table["behaviour"]) == ["balanced", "balanced+mine.Proud", "balanced+mine.Proud"]
    given = models[1].run
    with pytest.raises(ValueError, match="its residents follow mine.Proud"):
        play(given)
    with pytest.raises(ValueError, match="of the class mine.Proud"):
        rebuild_run(json.loads(json.dumps(given.content())), given.id)
    assert TerritoryModel(given).run.id == village().id


class OwnModel(TerritoryModel):
    """A subclass that changes nothing, which nobody can know."""


def widen(model: TerritoryModel) -> None:
    """Make a column writable through its flags."""
    column = model.world.people.agency
    column.flags.writeable = True
    column[:] = 0.5


def open_table(model: TerritoryModel) -> None:
    """Write through the table instead of the model."""
    with model.world.people.writable(["agency"]):
        model.world.people.agency[:] = 0.5


def lend(model: TerritoryModel) -> None:
    """Write as the handbook says."""
    with model.writable("people.agency") as world:
        world.people.agency[:] = 0.5


CHANGES: dict[str, Callable[[TerritoryModel], Any]] = {
    "lend": lend, "flags": widen, "table": open_table,
    "world": lambda model: model.world.writable(["people.agency"]),
    "set": lambda model: model.agents.set("agency", 0.5),
    "one": lambda model: setattr(model.residents[0], "agency", 0.5),
    "attribute": lambda model: setattr(model.residents[0], "mood", 1),
    "method": lambda model: setattr(model.residents[0], "accepts", lambda request: False),
    "stage": lambda model: model.engine.by_hand.update(answer_requests=lambda *words: None),
    "levers": lambda model: setattr(model.engine, "levers", ()) or setattr(model.engine, "crises", []),
    "parameters": lambda model: setattr(model.parameters, "joining", None),
    "number": lambda model: setattr(model.run.model.joining, "rate", 0.9),
    "calendar": lambda model: setattr(model.run.scenario.calendar, "horizon_days", 30),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_by_hand_is_refused(change: str, tmp_path: Path) -> None:
    model = TerritoryModel(village())
    model.step()
    CHANGES[change](model)
    while model.running:
        try:
            model.step()
        except Exception:  # some of these break the model, which is no matter here
            return
    with pytest.raises(ValueError, match=r"^run \w+: changed by hand \(.*\), which its id does not tell"):
        Store(tmp_path).save(model.record)
    assert not (tmp_path / "runs").exists()


def test_a_subclass_and_a_world_of_ones_own_are_refused(make: Callable[..., TerritoryModel], tmp_path: Path) -> None:
    own = OwnModel(village())
    own.run_model()
    for record in (own.record, Engine(village(), world=make().world).record,
                   Engine(village(), by_hand={"answer_requests": print}).record):
        record.tables = own.record.tables
        with pytest.raises(ValueError, match="changed by hand"):
            Store(tmp_path).save(record)


def test_an_untouched_model_is_kept_with_the_bits_of_play(tmp_path: Path) -> None:
    model = TerritoryModel(village())
    model.run_model()
    one, other = Store(tmp_path / "a").save(model.record), Store(tmp_path / "b").save(play(village()))
    assert one.read_bytes() == other.read_bytes()
