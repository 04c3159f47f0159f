"""Fuzzing: damaged cards and command lines are passed to the command line `resilience`.

    python -m experiments.trials.mutate

Whatever the input, the exit code must be 0 or 2, without a traceback, and nothing may be written or executed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from experiments.trials.results import save_result
from simulator.app.cli.main import main as resilience

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
TRAP = "executed"
"""A file of this name appears if a card has managed to run code."""
ODD = ("", "null", "~", "true", "-1", "0", "1e99", "-1e999", ".nan", ".inf", "9" * 400, "[]", "{}", "[[[]]]",
       "{a: {b: c}}", "'", '"', "&a [*a]", "*a", "? x", "!!binary aGk=", "!!set {a}", "2027-13-45", "0x1F", "1_000",
       "\u202e", "é\u0301",
       "../../x", "/etc/passwd", "~/x", "${oc.env:HOME}", "${oc.decode:1}", "${x}", "???", "a\x00b", "\ud7ff",
       f"!!python/object/apply:os.system ['touch {TRAP}']", f"!!python/object/new:os.system ['touch {TRAP}']",
       f"{{_target_: os.system, command: touch {TRAP}}}", f"__import__('os').system('touch {TRAP}')",
       f"{{_target_: builtins.open, file: {TRAP}, mode: w}}")
KEYS = ("seed", "lever", "crisis", "territory", "behaviour", "calendar.start", "calendar.recovery_days",
        "model.joining.rate", "crisis.heatwave.severity", "lever.coordinator.dose",
        "lever.coordinator.modifiers.0.value", "site", "threads", "results", "territory.communes", "territory.sites",
        "hydra.run.dir", "hydra.searchpath", "+_target_", "~crisis", "lever.coordinator._target_", "name",
        "executor.kind")


@dataclass
class Tally:
    """Counts of exit codes by kind of input, and every input that was not handled as it must be."""

    codes: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)


def damage_card(text: str, rng: random.Random) -> bytes:
    """A card with one to three mutations: lines removed, doubled or indented, values or keys replaced, and so on."""
    for _ in range(rng.randint(1, 3)):
        text = rng.choice(MUTATIONS)(text, rng)
    raw = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.05:
        place = rng.randrange(len(raw) + 1)
        raw = raw[:place] + rng.randbytes(rng.randint(1, 4)) + raw[place:]
    return raw


def _change_line(text: str, rng: random.Random, change: Callable[[str], str]) -> str:
    lines = text.split("\n")
    place = rng.randrange(len(lines))
    lines[place] = change(lines[place])
    return "\n".join(lines)


def _remove_line(text: str, rng: random.Random) -> str:
    return _change_line(text, rng, lambda line: "")


def _double_line(text: str, rng: random.Random) -> str:
    return _change_line(text, rng, lambda line: f"{line}\n{line}")


def _indent_line(text: str, rng: random.Random) -> str:
    return _change_line(text, rng, lambda line: rng.choice(("  ", "\t", "- ")) + line)


def _replace_value(text: str, rng: random.Random) -> str:
    def replace(line: str) -> str:
        return re.sub(r"(:\s).*$", lambda found: found[1] + rng.choice(ODD), line, count=1)

    return _change_line(text, rng, replace)


def _replace_key(text: str, rng: random.Random) -> str:
    names = ("_target_", "eval", "id", "dose", "modifiers", "exposure", "days", "defaults", "__class__", "<<")
    return _change_line(text, rng, lambda line: re.sub(r"[\w-]+(?=:)", rng.choice(names), line, count=1))


def _truncate(text: str, rng: random.Random) -> str:
    return text[:rng.randrange(len(text) + 1)]


def _insert_character(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + rng.choice("\x00{}[:\n#'é\u2028%@`") + text[place:]


MUTATIONS = (_remove_line, _double_line, _indent_line, _replace_value, _replace_value, _replace_key, _truncate,
             _insert_character)
"""Mutations of a card, drawn uniformly; values are replaced twice as often."""


def build_command_line(rng: random.Random) -> list[str]:
    """A command line with odd settings and values."""
    odd = [f"{rng.choice(KEYS)}={rng.choice(ODD)}" for _ in range(rng.randint(1, 3))]
    return [rng.choice(("run", "compare", "study", "portfolio")), *odd, "lang=en", "--cfg", "job"]


def run_command(argv: list[str]) -> tuple[int | str, str]:
    """(exit code, or the name of an exception that escaped; everything printed)."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            return resilience(argv), printed.getvalue()
        except BaseException as problem:
            return type(problem).__name__, printed.getvalue()


def try_input(kind: str, rng: random.Random, tally: Tally) -> None:
    """Try one damaged input in the current folder, which must be unchanged afterwards except for the input itself."""
    if kind == "words":
        argv, card = build_command_line(rng), None
    else:
        source = rng.choice(sorted((CONFIGS / kind).glob("*.yaml")))
        card = Path(f"{source.stem}.yaml")
        card.write_bytes(damage_card(source.read_text(encoding="utf-8"), rng))
        argv = ["study", f"name={card}", "--cfg", "job"] if kind == "study" else ["check", kind, str(card), "lang=en"]
    code, printed = run_command(argv)
    tally.codes[f"{kind} {code}"] += 1
    left = [name for name in os.listdir() if card is None or name != card.name]
    if code not in (0, 2) or "Traceback" in printed or left:
        content = card.read_bytes() if card else b""
        tally.bad.append(f"{argv} -> {code}, left {left}: {printed[-300:]!r} {content[:2000]!r}")
        for name in left:
            Path(name).unlink() if Path(name).is_file() else None
    if card:
        card.unlink()


def try_inputs(count: int, seed: int, share: float = 0.9) -> Tally:
    """Try `count` damaged inputs in a temporary folder; `share` of them are cards of levers and crises."""
    rng, tally, previous = random.Random(seed), Tally(), os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for _ in range(count):
                kinds = ("lever", "crisis") if rng.random() < share else ("study", "words", "words")
                try_input(rng.choice(kinds), rng, tally)
        finally:
            os.chdir(previous)
    return tally


def main() -> None:
    """Run the full trial and save its result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    started, tally = time.perf_counter(), try_inputs(arguments.count, arguments.seed)
    for description in tally.bad[:20]:
        print(description)
    save_result("mutate", {
        "inputs": arguments.count, "seed": arguments.seed, "answers": dict(sorted(tally.codes.items())),
        "answered badly": len(tally.bad), "seconds": round(time.perf_counter() - started)})
    raise SystemExit(1 if tally.bad else 0)


if __name__ == "__main__":
    main()
