"""Ties given from outside: pairs of adults, from a file or a NetworkX graph, or drawn by a generator of NetworkX."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...i18n.translation import Message
from ...kernel.keyed_random import RandomKey
from ...parameters import Model
from ...rules.tie_formation import ADULT_AGE
from ...rules.tie_kinds import FRIEND
from ..population.people import People, Ties
from .initial_ties import store_proposed_ties

GENERATORS: Mapping[str, tuple[str, ...]] = {"watts_strogatz": ("k", "p"), "erdos_renyi": ("p",),
                                             "barabasi_albert": ("m",), "random_regular": ("d",)}
"""Generator of NetworkX (name_graph) to its parameters: network=watts_strogatz:k=6,p=0.1."""


def list_adult_rows(people: People) -> np.ndarray:
    """int64[adults]: rows of residents aged 15 and over, in the order of their uids: position k of a given network."""
    adults = np.flatnonzero(people.age >= ADULT_AGE)
    return adults[np.argsort(people.uid[adults], kind="stable")]


def build_given_ties(settings: Model, key: RandomKey, people: People, pairs: np.ndarray) -> Ties:
    """Ties of kind friend between pairs int64[m, 2] of positions, with trust in the steady state of visits.

    Those within a household are left out: the household links its members. ValueError for a position without an adult.
    Ties off the map stay as they were drawn.
    """
    rows = list_adult_rows(people)
    pairs = np.asarray(pairs, np.int64).reshape(-1, 2)
    if pairs.size and not 0 <= pairs.min() <= pairs.max() < rows.size:
        raise ValueError(Message("network: position {found} is no adult of this territory; expected 0 to {most}",
                                 found=int(pairs.max() if pairs.max() >= rows.size else pairs.min()),
                                 most=rows.size - 1))
    pairs = rows[np.unique(np.sort(pairs, axis=1), axis=0)]
    pairs = pairs[people.household[pairs[:, 0]] != people.household[pairs[:, 1]]]
    pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
    first = np.zeros(people.rows + 1, np.int64)
    np.cumsum(np.bincount(pairs[:, 0], minlength=people.rows), out=first[1:])
    proposals = first, pairs[:, 1].astype(np.int32), np.full(len(pairs), FRIEND, np.uint8)
    return store_proposed_ties(settings, key, people, proposals, prune=False)


def generate_pairs(name: str, people: People, seed: int) -> np.ndarray | None:
    """int64[m, 2] of a generator such as "watts_strogatz:k=6,p=0.1" over the adults; None for another name."""
    parsed = parse_generator(name)
    if parsed is None:
        return None
    import networkx

    generator, numbers = parsed
    arguments = [numbers[one] for one in GENERATORS[generator]]
    if generator == "random_regular":
        graph: Any = networkx.random_regular_graph(arguments[0], len(list_adult_rows(people)), seed=seed)
    else:
        graph = getattr(networkx, f"{generator}_graph")(len(list_adult_rows(people)), *arguments, seed=seed)
    return np.array(sorted(graph.edges()), np.int64).reshape(-1, 2)


def parse_generator(name: str) -> tuple[str, dict[str, float]] | None:
    """(generator, its parameters) of such a name; None if it names none. ValueError for wrong parameters."""
    generator, _, rest = name.partition(":")
    if generator not in GENERATORS:
        return None
    try:
        numbers = {key: float(value) if "." in value or "e" in value else int(value)
                   for key, value in (part.split("=") for part in rest.split(",") if part)}
    except ValueError:
        numbers = {}
    if set(numbers) != set(GENERATORS[generator]) or min(numbers.values()) < 0 or numbers.get("p", 0) > 1:
        expected = ",".join(f"{key}=…" for key in GENERATORS[generator])
        raise ValueError(Message("network = {name}: expected {expected}", name=name,
                                 expected=f"{generator}:{expected}"))
    return generator, numbers
