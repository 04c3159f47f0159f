"""Files of a population: what they say is what is played, in any order and format, and what is wrong is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

from simulator.config.population.columns import COLUMNS, list_column_rows
from simulator.config.population.load import load_population
from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.build import generate_population
from simulator.world.places.territory import Territory
from simulator.world.population.given_population import GivenPopulation
from tests.config.population import made_files

PLACE = Territory("village", communes=["93071"], residents=200)
Frames = dict[str, pandas.DataFrame]


@pytest.fixture
def frames() -> Frames:
    return made_files.make_frames(made_files.synthetic())


def load(folder: Path, frames: Frames, kind: str = "csv", **options: Any) -> GivenPopulation:
    return load_population(made_files.write(folder, frames, kind, **options)).population


def build(given: GivenPopulation, seed: int = 1, place: Territory = PLACE) -> Any:
    return generate_population(place, Model(), make_random_key(seed), {}, given)


def test_what_is_given_is_there(tmp_path: Path, frames: Frames) -> None:
    known, found = made_files.synthetic(), build(load(tmp_path, frames), seed=3)
    assert np.array_equal(np.sort(found.people.age), np.sort(known.people.age))
    for name in ("sex", "diploma", "job"):
        assert np.array_equal(np.bincount(getattr(found.people, name)), np.bincount(getattr(known.people, name)))
    assert np.array_equal(np.sort(found.households.size), np.sort(known.households.size))
    assert np.allclose(np.sort(found.households.income), np.sort(known.households.income), atol=1e-5)
    assert np.array_equal(np.bincount(found.households.tenure), np.bincount(known.households.tenure))
    homes = frames["residents"].groupby("household_id")["age"].apply(lambda ages: tuple(sorted(ages)))
    ages = pandas.Series(found.people.age).groupby(found.people.household).apply(lambda ages: tuple(sorted(ages)))
    assert sorted(homes) == sorted(ages), "the same people live together"


def test_people_are_the_same_for_every_seed_but_what_is_drawn(tmp_path: Path, frames: Frames) -> None:
    given = load(tmp_path, {**frames, "households": frames["households"].drop(columns="income")})
    one, other = build(given, 1), build(given, 2)
    for name in ("uid", "age", "sex", "household", "neighbourhood"):
        assert np.array_equal(getattr(one.people, name), getattr(other.people, name)), name
    assert np.array_equal(one.households.tenure, other.households.tenure)
    assert not np.array_equal(one.households.income, other.households.income)
    assert not np.array_equal(one.people.frailty, other.people.frailty)


def test_drawn_incomes_meet_the_official_median(tmp_path: Path, frames: Frames) -> None:
    found = build(load(tmp_path, {**frames, "households": frames["households"][["household_id"]]}))
    margins = next(iter(PLACE.margins().values()))
    per_person = np.sort(np.repeat(found.households.income, found.households.size)) * made_files.REFERENCE_INCOME
    assert per_person[len(per_person) // 2] == pytest.approx(margins.median_income_eur, rel=0.1)
    assert (found.households.tenure == 0).sum() == pytest.approx(margins.owner_occupied, abs=2)


@pytest.mark.parametrize("change", [
    lambda frames: {name: frame.sample(frac=1, random_state=1) for name, frame in frames.items()},
    lambda frames: {name: frame[list(frame)[::-1]] for name, frame in frames.items()},
    lambda frames: {**frames, "residents": frames["residents"].replace({"man": "male", "woman": "Femme"})}])
def test_order_and_words_do_not_count(tmp_path: Path, frames: Frames, change: Callable[[Frames], Frames]) -> None:
    assert load(tmp_path / "a", frames).digest == load(tmp_path / "b", change(frames)).digest


def test_formats_do_not_count(tmp_path: Path, frames: Frames) -> None:
    found = load(tmp_path / "a", frames).digest
    assert load(tmp_path / "b", frames, "parquet").digest == found
    assert load(tmp_path / "c", frames, sep=";").digest == found
    flat = frames["residents"].merge(frames["households"], on="household_id")
    flat.to_csv(tmp_path / "all.csv", index=False)
    assert load_population(tmp_path / "all.csv").population.digest == found


def test_every_value_counts(tmp_path: Path, frames: Frames) -> None:
    found = load(tmp_path / "a", frames).digest
    frames["residents"].loc[0, "age"] += 1
    assert load(tmp_path / "b", frames).digest != found


def test_a_file_that_changes_is_read_again(tmp_path: Path, frames: Frames) -> None:
    first = load(tmp_path, frames).digest
    frames["residents"].loc[0, "age"] += 20
    assert load(tmp_path, frames).digest != first


def test_roles_follow_the_rule_or_the_file(tmp_path: Path) -> None:
    people = pandas.DataFrame({"resident_id": range(5), "household_id": 1, "age": [44, 41, 17, 23, 70]})
    homes = pandas.DataFrame({"household_id": [1]})
    given = load(tmp_path / "a", {"residents": people, "households": homes})
    assert given.residents is not None
    assert dict(zip(given.residents["age"].tolist(), given.residents["role"].tolist())) == {
        70: 0, 17: 2, 23: 2, 41: 3, 44: 3}, "head, children, further adults: 26 years apart are no partners"
    people["role"] = ["head", "partner", "child", "child", "other"]
    given = load(tmp_path / "b", {"residents": people, "households": homes})
    assert given.residents is not None and given.residents["age"].tolist() == [44, 41, 17, 23, 70]


def test_notes_say_what_is_drawn(tmp_path: Path, frames: Frames) -> None:
    loaded = load_population(made_files.write(tmp_path, frames))
    assert str(loaded.notes[-1]).endswith("drawn where missing: ses, group")


@pytest.mark.parametrize(("table", "row", "column", "value", "says"), [
    ("residents", 3, "age", 121, "residents.csv, line 5, column age: 121: expected 0 to 120 years"),
    ("residents", 3, "age", 30.5, "column age: 30.5: expected 0 to 120"),
    ("residents", 3, "age", "old", "column age: 'old': expected a number such as 12"),
    ("residents", 3, "age", "", "column age: is empty: expected 0 to 120 years"),
    ("residents", 3, "sex", "x", "line 5, column sex: 'x': expected man, woman"),
    ("residents", 3, "household_id", 9999, "line 5, column household_id: '9999': no such household in households.csv"),
    ("residents", 3, "household_id", "", "column household_id: is empty: everybody lives in a household"),
    ("residents", 3, "resident_id", 2, "column resident_id: '2' is there twice"),
    ("residents", 3, "resident_id", "", "column resident_id: is empty"),
    ("households", 2, "household_id", 9999, "no such household in households.csv"),
    ("households", 2, "commune", "9x071", "line 4, column commune: '9x071': expected an INSEE code of 5 characters"),
    ("households", 2, "commune", "93999", "column commune: 93999: no such commune"),
    ("households", 2, "income", -5, "column income: -5: expected 0 to 1e+08 EUR a year"),
    ("households", 2, "tenure", "squat", "column tenure: 'squat': expected owner, social, private")])
def test_a_wrong_cell_is_named(tmp_path: Path, frames: Frames, table: str, row: int, column: str, value: Any,
                               says: str) -> None:
    frames[table] = frames[table].astype({column: object})
    frames[table].loc[row, column] = value
    with pytest.raises(ValueError) as problem:
        load(tmp_path, frames)
    assert says in str(problem.value) and "\n" not in str(problem.value)


def more(frames: Frames, table: str, **values: Any) -> Frames:
    return {**frames, table: pandas.concat([frames[table], pandas.DataFrame([values])], ignore_index=True)}


@pytest.mark.parametrize(("change", "says"), [
    (lambda f: {**f, "residents": f["residents"].rename(columns={"age": "agee"})},
     "unknown column 'agee'; nearest: age"),
    (lambda f: {**f, "residents": f["residents"].drop(columns="age")}, "residents.csv: has no column 'age'"),
    (lambda f: more(f, "households", household_id=777), "'777': nobody in residents.csv lives in this household"),
    (lambda f: more(more(f, "households", household_id=777), "residents", resident_id=9999, household_id=777, age=9),
     "'777': has nobody aged 15 or over"),
    (lambda f: {**f, "residents": f["residents"].assign(household_id=0),
                "households": f["households"].iloc[:1]}, "has more than 30 residents"),
    (lambda f: {**f, "residents": f["residents"].assign(role="head")}, "expected one resident whose role is head"),
    (lambda f: {**f, "households": f["households"].assign(lon=2.5)}, "longitude without latitude"),
    (lambda f: {**f, "households": f["households"].assign(iris="930550101")},
     "930550101: lies in commune 93055, and column commune says 93071"),
    (lambda f: {**f, "residents": f["residents"].iloc[:0]}, "has no rows")])
def test_tables_that_do_not_fit_are_refused(tmp_path: Path, frames: Frames, change: Callable[[Frames], Frames],
                                            says: str) -> None:
    with pytest.raises(ValueError) as problem:
        load(tmp_path, change(frames))
    assert says in str(problem.value)


def test_faulty_files_are_refused(tmp_path: Path, frames: Frames) -> None:
    folder = Path(made_files.write(tmp_path / "a", frames))
    for name, text, says in (("residents.csv", "resident_id,household_id,age\n1,2,3,4\n", "cannot be read as a table"),
                             ("residents.csv", "", "has no rows"), ("residents.csv", "a,a\n1,2\n", "is there twice"),
                             ("residents.parquet", "x", "keep one")):
        (folder / name).write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=says):
            load_population(folder)
    (folder / "residents.csv").unlink()
    with pytest.raises(ValueError, match="cannot be read as a table"):
        load_population(folder)
    (folder / "residents.parquet").unlink()
    with pytest.raises(ValueError, match="expected residents and households"):
        load_population(folder)
    (folder / "all.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="expected a file .csv or .parquet"):
        load_population(folder / "all.txt")
    latin = folder / "latin.csv"
    latin.write_bytes("resident_id,household_id,âge\n".encode("latin-1"))
    with pytest.raises(ValueError, match="no text in UTF-8"):
        load_population(latin)


def test_one_table_repeats_a_household_alike(tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text("resident_id,household_id,age,tenure\n1,a,30,owner\n2,a,31,social\n",
                                      encoding="utf-8")
    with pytest.raises(ValueError, match="line 3, column tenure: 'social' differs from another line of household 'a'"):
        load_population(tmp_path / "all.csv")


def test_the_schema_says_how_everything_that_may_be_missing_is_drawn() -> None:
    needed = [(table, name) for table, columns in COLUMNS.items() for name, one in columns.items() if one.is_needed]
    assert needed == [("residents", "resident_id"), ("residents", "household_id"), ("residents", "age"),
                      ("households", "household_id")]


def test_the_page_holds_the_schema(root: Path) -> None:
    page = (root / "docs/how/own_population.md").read_text(encoding="utf-8")
    for table in COLUMNS:
        for row in list_column_rows(table):
            assert f"| {' | '.join(row)} |" in page, row
