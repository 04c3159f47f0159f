"""One task, all libraries, one run on one machine. Prints tables, writes results.json beside this file.

    pip install '.[peers]'
    python -m experiments.speed.peers                    all sizes, ten minutes
    python -m experiments.speed.peers --largest 10000    half a minute
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import mean, median, stdev
from typing import Any

HERE = Path(__file__).parent
SIZES = (10_000, 100_000, 1_000_000)
MAX_SECONDS = 150.0
"""A library that would need more seconds for one run is not measured at that size."""
SEIR, SIR = 0.25, 1.0
"""Probability per day to start telling: with and without a latent state."""
SPREADS = {"ours, two threads": "ours.play", "ours, one thread": "ours.play_one_thread", "starsim": "libraries.starsim",
           "agentpy": "town_agentpy.play", "mesa": "town_mesa.play"}
SPREADS_SIR = {"ours, two threads": "ours.play", "ours, one thread": "ours.play_one_thread",
               "epiworldpy": "libraries.epiworldpy"}
LIBRARIES = ("numpy", "numba", "starsim", "covasim", "epiworldpy", "agentpy", "mesa")
COINS = {"ours, with replacement": ("ours", 100_000, False), "ours, once a step": ("ours", 100_000, True),
         "mesa, with replacement": ("mesa_mixed", 3_000, False), "mesa, once a step": ("mesa_mixed", 3_000, True)}
COIN_STEPS = 300


def play(where: str, n: int, seeds: range, starts: float) -> list[dict[str, float]]:
    """Play every seed in this process, after a first time that compiles. where: module.function of a library."""
    warnings.simplefilter("ignore")
    module, name = where.split(".")
    function: Callable[..., dict[str, float]] = getattr(importlib.import_module(f".{module}", __package__), name)
    function(1_000, 1, starts)
    return [function(n, seed, starts) for seed in seeds]


def play_in_process(where: str, n: int, games: int, starts: float) -> list[dict[str, float]]:
    """`play` in a new process, so that no library profits from another. RuntimeError with its error output."""
    command = [sys.executable, "-m", __spec__.name if __spec__ else __package__, "--one", where, str(n), str(games),
               str(starts)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{where}: {done.stderr.strip()[-400:]}")
    return json.loads(done.stdout.splitlines()[-1])


def summarise(games: list[dict[str, float]]) -> dict[str, float]:
    """Times and attack rates of one library at one size."""
    attack = [game["attack"] for game in games]
    return {"games": len(games), "build": median(game["build"] for game in games),
            **{f"play, {name}": value for name, value in describe_spread([game["play"] for game in games]).items()},
            "attack": mean(attack), "attack, standard error": stdev(attack) / len(attack)**0.5}


def describe_spread(seconds: list[float]) -> dict[str, float]:
    """Median, least and most."""
    return {"median": median(seconds), "least": min(seconds), "most": max(seconds)}


def compare_libraries(players: dict[str, str], starts: float, largest: int,
                      games: int) -> dict[str, dict[str, dict[str, float]]]:
    """By size and library: times, their ratio to ours on one thread, and the difference of attack rates."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    last: dict[str, float] = {}
    for n in (size for size in SIZES if size <= largest):
        rows: dict[str, dict[str, float]] = {}
        for name, where in players.items():
            if last.get(name, 0.0) * 12 > MAX_SECONDS:
                continue
            rows[name] = summarise(play_in_process(where, n, games if n < 1_000_000 else max(3, games // 2), starts))
            last[name] = rows[name]["play, median"]
        own = rows["ours, one thread"]
        for row in rows.values():
            difference = row["attack"] - own["attack"]
            error = (row["attack, standard error"]**2 + own["attack, standard error"]**2)**0.5
            row["times ours on one thread"] = row["play, median"] / own["play, median"]
            row["attack, standard errors from ours"] = difference / error if row is not own else 0.0
        found[f"{n} agents"] = rows
        print_table(f"{n:,} agents, 100 days, E to I {starts}", rows)
    return found


def compare_exchange(games: int) -> dict[str, dict[str, float]]:
    """Exchange of coins: stationary Gini index and exchanges per second, by implementation."""
    from . import boltzmann

    rows = {}
    for name, (player, n, once) in COINS.items():
        getattr(boltzmann, player)(100, 1, once, 5)
        done = [getattr(boltzmann, player)(n, seed, once, COIN_STEPS) for seed in range(1, games + 1)]
        rows[name] = {"agents": n, "turns a second": n * COIN_STEPS / median(game["play"] for game in done),
                      "gini": mean(game["gini"] for game in done), "gini, standard error":
                      stdev(game["gini"] for game in done) / games**0.5}
    own = [boltzmann.mesa_example(1_000, seed, COIN_STEPS) for seed in range(1, games + 1)]
    rows["mesa's own example, on a grid"] = {
        "agents": 1_000, "turns a second": 1_000 * COIN_STEPS / median(game["play"] for game in own),
        "gini": mean(game["gini"] for game in own), "gini, standard error":
            stdev(game["gini"] for game in own) / games**0.5}
    print_table("coins", rows)
    return rows


def print_table(title: str, rows: dict[str, dict[str, float]]) -> None:
    """Print one table of results."""
    print(f"\n{title}")
    for name, row in rows.items():
        print(f"  {name:<30}" + "   ".join(f"{key} {value:,.4g}" for key, value in row.items()), flush=True)


def list_versions() -> dict[str, str]:
    """Installed versions of the libraries."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def main() -> int:
    """Measure, print, write."""
    from ..__main__ import describe_machine

    parser = argparse.ArgumentParser(prog="python -m experiments.speed.peers", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--games", type=int, default=6, help="seeds per player and size, at least 3")
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    arguments = parser.parse_args()
    if arguments.games < 3 or arguments.largest < SIZES[0]:
        parser.error(f"expected --games of at least 3 and --largest of at least {SIZES[0]}")
    results: dict[str, Any] = {"machine": {**describe_machine(), **list_versions()}}
    results["with a latent state (SEIR)"] = compare_libraries(SPREADS, SEIR, arguments.largest, arguments.games)
    results["without a latent state (SIR)"] = compare_libraries(SPREADS_SIR, SIR, arguments.largest, arguments.games)
    results["coins"] = compare_exchange(arguments.games)
    arguments.out.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\n{arguments.out}")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        player, size, count, pace = sys.argv[2:]
        print(json.dumps(play(player, int(size), range(1, int(count) + 1), float(pace))))
        sys.exit(0)
    sys.exit(main())
