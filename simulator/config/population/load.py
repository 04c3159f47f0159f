"""Reads the population that somebody gives: a folder of two tables, one table, or what eqasim writes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ...i18n.input_error import InputError
from ...i18n.translation import Message
from ...world.population.given_population import UNKNOWN, GivenPopulation
from .columns import HOUSEHOLDS, RESIDENTS
from .eqasim import find_eqasim_files, read_eqasim_tables
from .tables import build_given_population, split_flat_table
from .text_table import TABLE_KINDS, TextTable, find_table_file, read_text_table

DRAWN_COLUMNS = {RESIDENTS: ("sex", "diploma", "job", "ses"), HOUSEHOLDS: ("income", "tenure", "group")}
"""Columns of which a note says that they are drawn."""


@dataclass(frozen=True)
class LoadedPopulation:
    """A population and what is said of its files."""

    population: GivenPopulation
    notes: tuple[Message, ...]


def load_population(path: str | Path) -> LoadedPopulation:
    """The population of a folder or file. InputError for a path that is none, or for the first thing that is wrong."""
    place = Path(path)
    if not place.exists():
        raise InputError("population = {path}: no such file or folder", path=place)
    if place.is_file() and place.suffix.lower() not in TABLE_KINDS:
        raise InputError("population = {path}: expected a file .csv or .parquet, or a folder of them", path=place)
    files = [place] if place.is_file() else sorted(one for one in place.iterdir() if one.is_file())
    return _load_files(str(place), tuple((str(one), one.stat().st_mtime_ns, one.stat().st_size) for one in files))


@lru_cache(maxsize=2)
def _load_files(path: str, stamps: tuple[tuple[str, int, int], ...]) -> LoadedPopulation:
    """The same; stamps: path, time and size of each file, so that it is read again when one has changed."""
    place, more = Path(path), list[Message]()
    if place.is_file():
        residents, households = split_flat_table(read_text_table(place))
    else:
        residents, households, more = _read_folder(place)
    population = build_given_population(place.name, residents, households)
    return LoadedPopulation(population, (*more, describe_population(population)))


def _read_folder(place: Path) -> tuple[TextTable, TextTable, list[Message]]:
    """(residents, households, what is said of them) of a folder. InputError if it holds no population."""
    own = find_table_file(place, RESIDENTS), find_table_file(place, HOUSEHOLDS)
    if own[0] and own[1]:
        return read_text_table(own[0]), read_text_table(own[1]), []
    files = None if own[0] else find_eqasim_files(place)
    if files is None:
        raise InputError("population = {path}: expected residents and households (.csv or .parquet), or persons, "
                         "households and homes as eqasim writes them", path=place)
    return read_eqasim_tables(files)


def describe_population(given: GivenPopulation) -> Message:
    """How many people were read, and what of them is drawn."""
    assert given.residents is not None and given.households is not None
    homes = given.households
    drawn = [name for name in DRAWN_COLUMNS[RESIDENTS] if (given.residents[name] == UNKNOWN).any()]
    drawn += [name for name in DRAWN_COLUMNS[HOUSEHOLDS]
              if (np.isnan(homes[name]) if homes[name].dtype.kind == "f" else homes[name] == UNKNOWN).any()]
    return Message("population {name}: residents {n}, households {homes}; drawn where missing: {drawn}",
                   name=given.name, n=len(given.residents["age"]), homes=len(homes["commune"]),
                   drawn=tuple(drawn) or Message("none", context="list"))
