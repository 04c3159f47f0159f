"""residents=, mechanisms=, handles=, network= and population= of a command line, checked and hashed."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..engine.extensions import load_mechanisms, load_resident_class, register_handles
from ..i18n.translation import Message
from ..scenario.extensions import DIGEST_LENGTH, Extensions, NetworkSource, give_code, load_code
from ..world.ties.given_ties import GENERATORS, parse_generator
from .errors import UsageError, flatten_text, get_system_reason, to_usage_error
from .population.load import load_population

EXTENSION_SETTINGS = ("residents", "mechanisms", "handles", "network", "population")
NETWORK_COLUMNS = ("source", "target")


def build_extensions(settings: Mapping[str, Any]) -> Extensions | None:
    """What the settings give from outside; None without any. UsageError for code or a file that cannot be used.

    Handles are registered at once, so that cards of levers may name them.
    """
    if not any(settings.get(name) for name in EXTENSION_SETTINGS):
        return None
    try:
        handles = [give_code(path) for path in _list_paths(settings, "handles")]
        register_handles([load_code(one) for one in handles])
        residents = settings.get("residents")
        mechanisms = [give_code(path) for path in _list_paths(settings, "mechanisms")]
        given = Extensions(give_code(residents) if residents else None, tuple(mechanisms), tuple(handles),
                           read_network(settings["network"]) if settings.get("network") else None,
                           load_population(settings["population"]).population if settings.get("population") else None)
        load_mechanisms(given)
        load_resident_class(given)
        return given
    except ValueError as problem:
        raise to_usage_error(problem) from None


def _list_paths(settings: Mapping[str, Any], name: str) -> Sequence[str]:
    paths = list(settings.get(name) or ())
    for k, path in enumerate(paths):
        if path in paths[:k]:
            raise UsageError("{group}: {word!r} is listed twice; keep one", group=name, word=flatten_text(path))
    return paths


def read_network(name: str) -> NetworkSource:
    """A generator such as watts_strogatz:k=6,p=0.1, or a CSV or Parquet file of pairs with columns source, target.

    ValueError or UsageError for anything else.
    """
    if parse_generator(name) is not None:
        return NetworkSource(name, hashlib.sha256(name.encode()).hexdigest()[:DIGEST_LENGTH])
    file = Path(name)
    if file.suffix not in (".csv", ".parquet"):
        raise UsageError("network = {value}: expected a file .csv or .parquet, or one of {choices}", value=name,
                         choices=", ".join(f"{generator}:{','.join(f'{key}=…' for key in keys)}"
                                           for generator, keys in GENERATORS.items()))
    return make_network_source(file.name, _read_pairs(file))


def make_network_source(name: str, pairs: np.ndarray) -> NetworkSource:
    """The source of pairs int64[m, 2]; its digest does not depend on their order."""
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    return NetworkSource(name, hashlib.sha256(np.ascontiguousarray(pairs).tobytes()).hexdigest()[:DIGEST_LENGTH], pairs)


def _read_pairs(file: Path) -> np.ndarray:
    try:
        if file.suffix == ".parquet":
            import duckdb

            query = f"SELECT {', '.join(NETWORK_COLUMNS)} FROM read_parquet(?)"
            columns: Any = list(zip(*duckdb.execute(query, [str(file)]).fetchall()))
        else:
            with open(file, encoding="utf-8", newline="") as text:
                rows = list(csv.DictReader(text))
            columns = [[row[name] for row in rows] for name in NETWORK_COLUMNS]
        pairs = np.array([[int(value) for value in column] for column in columns], np.int64).T.reshape(-1, 2)
    except OSError as problem:
        raise UsageError("{path}: cannot be read ({why}); mend the path or the rights", path=file,
                         why=get_system_reason(problem)) from None
    except Exception as problem:  # a file of somebody else's may be wrong in many ways
        raise to_usage_error(Message("{path}: expected columns source and target with whole numbers, positions of "
                                     "adults from 0 ({why})", path=file, why=flatten_text(problem)[:100])) from None
    if not len(pairs) or (pairs[:, 0] == pairs[:, 1]).any():
        raise to_usage_error(Message("{path}: expected pairs of different adults, at least one", path=file))
    return pairs
