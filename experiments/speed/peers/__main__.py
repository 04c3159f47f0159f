"""One task, every player, one run on one machine; prints tables and writes results.json beside this file.

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
PATIENCE = 150.0
"""Seconds: a player that is expected to need more for one game stops at the size before."""
SEIR, SIR = 0.25, 1.0
SPREADS = {"ours, two threads": "ours.play", "ours, one thread": "ours.play_one_thread", "starsim": "libraries.starsim",
           "agentpy": "town_agentpy.play", "mesa": "town_mesa.play"}
SPREADS_SIR = {"ours, two threads": "ours.play", "ours, one thread": "ours.play_one_thread",
               "epiworldpy": "libraries.epiworldpy"}
LIBRARIES = ("numpy", "numba", "starsim", "covasim", "epiworldpy", "agentpy", "mesa")
COINS = {"ours, with replacement": ("ours", 100_000, False), "ours, once a step": ("ours", 100_000, True),
         "mesa, with replacement": ("mesa_mixed", 3_000, False), "mesa, once a step": ("mesa_mixed", 3_000, True)}
COIN_STEPS = 300


def play(where: str, n: int, seeds: range, starts: float) -> list[dict[str, float]]:
    """Play a rehearsal and then every seed, in this process."""
    warnings.simplefilter("ignore")
    module, name = where.split(".")
    game: Callable[..., dict[str, float]] = getattr(importlib.import_module(f".{module}", __package__), name)
    game(1_000, 1, starts)
    return [game(n, seed, starts) for seed in seeds]


def apart(where: str, n: int, games: int, starts: float) -> list[dict[str, float]]:
    """The same in a process of its own, so that no player profits from another. RuntimeError with what it said."""
    command = [sys.executable, "-m", __spec__.name if __spec__ else __package__, "--one", where, str(n), str(games),
               str(starts)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{where}: {done.stderr.strip()[-400:]}")
    return json.loads(done.stdout.splitlines()[-1])


def described(games: list[dict[str, float]]) -> dict[str, float]:
    """Medians and spread of one player at one size."""
    attack = [one["attack"] for one in games]
    return {"games": len(games), "build": median(one["build"] for one in games),
            **{f"play, {word}": value for word, value in spread([one["play"] for one in games]).items()},
            "attack": mean(attack), "attack, standard error": stdev(attack) / len(attack)**0.5}


def spread(seconds: list[float]) -> dict[str, float]:
    """Median, least and most."""
    return {"median": median(seconds), "least": min(seconds), "most": max(seconds)}


def task(players: dict[str, str], starts: float, largest: int, games: int) -> dict[str, dict[str, dict[str, float]]]:
    """By size and player; ratios of playing time to ours on one thread, and how far attack rates are apart."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    last: dict[str, float] = {}
    for n in (size for size in SIZES if size <= largest):
        rows: dict[str, dict[str, float]] = {}
        for name, where in players.items():
            if last.get(name, 0.0) * 12 > PATIENCE:
                continue
            rows[name] = described(apart(where, n, games if n < 1_000_000 else max(3, games // 2), starts))
            last[name] = rows[name]["play, median"]
        own = rows["ours, one thread"]
        for row in rows.values():
            apart_by = row["attack"] - own["attack"]
            error = (row["attack, standard error"]**2 + own["attack, standard error"]**2)**0.5
            row["times ours on one thread"] = row["play, median"] / own["play, median"]
            row["attack, standard errors from ours"] = apart_by / error if row is not own else 0.0
        found[f"{n} agents"] = rows
        show(f"{n:,} agents, 100 days, E to I {starts}", rows)
    return found


def coins(games: int) -> dict[str, dict[str, float]]:
    """Exchange: Gini at rest and exchanges a second, by who acts when."""
    from . import boltzmann

    rows = {}
    for name, (player, n, once) in COINS.items():
        getattr(boltzmann, player)(100, 1, once, 5)
        done = [getattr(boltzmann, player)(n, seed, once, COIN_STEPS) for seed in range(1, games + 1)]
        rows[name] = {"agents": n, "turns a second": n * COIN_STEPS / median(one["play"] for one in done),
                      "gini": mean(one["gini"] for one in done), "gini, standard error":
                          stdev(one["gini"] for one in done) / games**0.5}
    own = [boltzmann.mesa_example(1_000, seed, COIN_STEPS) for seed in range(1, games + 1)]
    rows["mesa's own example, on a grid"] = {
        "agents": 1_000, "turns a second": 1_000 * COIN_STEPS / median(one["play"] for one in own),
        "gini": mean(one["gini"] for one in own), "gini, standard error":
            stdev(one["gini"] for one in own) / games**0.5}
    show("coins", rows)
    return rows


def show(title: str, rows: dict[str, dict[str, float]]) -> None:
    """One table."""
    print(f"\n{title}")
    for name, row in rows.items():
        print(f"  {name:<30}" + "   ".join(f"{key} {value:,.4g}" for key, value in row.items()), flush=True)


def versions() -> dict[str, str]:
    """What is installed of the players."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def main() -> int:
    """Measure, print, write."""
    from ..__main__ import machine

    parser = argparse.ArgumentParser(prog="python -m experiments.speed.peers", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--games", type=int, default=6, help="seeds per player and size, at least 3")
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    asked = parser.parse_args()
    if asked.games < 3 or asked.largest < SIZES[0]:
        parser.error(f"expected --games of at least 3 and --largest of at least {SIZES[0]}")
    results: dict[str, Any] = {"machine": {**machine(), **versions()}}
    results["with a latent state (SEIR)"] = task(SPREADS, SEIR, asked.largest, asked.games)
    results["without a latent state (SIR)"] = task(SPREADS_SIR, SIR, asked.largest, asked.games)
    results["coins"] = coins(asked.games)
    asked.out.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\n{asked.out}")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        player, size, count, pace = sys.argv[2:]
        print(json.dumps(play(player, int(size), range(1, int(count) + 1), float(pace))))
        sys.exit(0)
    sys.exit(main())
