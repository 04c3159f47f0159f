"""Damaged cards and command lines, through the door that users take: `python -m experiments.trials.mutate`.

Whatever is typed or written into a card: exit code 0 or 2, no traceback, nothing written, nothing executed.
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

from experiments.trials.told import tell
from simulator.app.cli.main import main

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
TRAP = "executed"
"""A file of this name appears where a card has managed to run code."""
ODD = ("", "null", "~", "true", "-1", "0", "1e99", "-1e999", ".nan", ".inf", "9" * 400, "[]", "{}", "[[[]]]",
       "{a: {b: c}}", "'", '"', "&a [*a]", "*a", "? x", "!!binary aGk=", "!!set {a}", "2027-13-45", "0x1F", "1_000",
       "\u202e", "é\u0301",
       "../../x", "/etc/passwd", "~/x", "${oc.env:HOME}", "${oc.decode:1}", "${x}", "???", "a\x00b", "\ud7ff",
       f"!!python/object/apply:os.system ['touch {TRAP}']", f"!!python/object/new:os.system ['touch {TRAP}']",
       f"{{_target_: os.system, command: touch {TRAP}}}", f"__import__('os').system('touch {TRAP}')",
       f"{{_target_: builtins.open, file: {TRAP}, mode: w}}")
KEYS = ("seed", "lever", "crisis", "territory", "behaviour", "calendar.start", "calendar.recovery_days",
        "model.joining.rate", "crisis.heatwave.severity", "lever.coordinator.dose", "lever.coordinator.turns.0.value",
        "site", "threads", "results", "territory.communes", "territory.sites", "hydra.run.dir", "hydra.searchpath",
        "+_target_", "~crisis", "lever.coordinator._target_", "name", "executor.kind")


@dataclass
class Tally:
    """How the door answered: exit codes by kind of input, and every input that was answered badly."""

    codes: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)


def damaged(text: str, luck: random.Random) -> bytes:
    """A card with one to three wounds: lines lost, doubled, moved or indented, values and keys replaced, bytes torn."""
    for _ in range(luck.randint(1, 3)):
        text = luck.choice((_lost, _doubled, _indented, _value, _value, _key, _cut, _letters))(text, luck)
    raw = text.encode("utf-8", "surrogatepass")
    if luck.random() < 0.05:
        place = luck.randrange(len(raw) + 1)
        raw = raw[:place] + luck.randbytes(luck.randint(1, 4)) + raw[place:]
    return raw


def _at(text: str, luck: random.Random, change: Callable[[str], str]) -> str:
    lines = text.split("\n")
    place = luck.randrange(len(lines))
    lines[place] = change(lines[place])
    return "\n".join(lines)


def _lost(text: str, luck: random.Random) -> str:
    return _at(text, luck, lambda line: "")


def _doubled(text: str, luck: random.Random) -> str:
    return _at(text, luck, lambda line: f"{line}\n{line}")


def _indented(text: str, luck: random.Random) -> str:
    return _at(text, luck, lambda line: luck.choice(("  ", "\t", "- ")) + line)


def _value(text: str, luck: random.Random) -> str:
    return _at(text, luck, lambda line: re.sub(r"(:\s).*$", lambda found: found[1] + luck.choice(ODD), line, count=1))


def _key(text: str, luck: random.Random) -> str:
    names = ("_target_", "eval", "id", "dose", "turns", "exposure", "days", "defaults", "__class__", "<<")
    return _at(text, luck, lambda line: re.sub(r"[\w-]+(?=:)", luck.choice(names), line, count=1))


def _cut(text: str, luck: random.Random) -> str:
    return text[:luck.randrange(len(text) + 1)]


def _letters(text: str, luck: random.Random) -> str:
    place = luck.randrange(len(text) + 1)
    return text[:place] + luck.choice("\x00{}[:\n#'é\u2028%@`") + text[place:]


def words(luck: random.Random) -> list[str]:
    """A command line that names odd things."""
    odd = [f"{luck.choice(KEYS)}={luck.choice(ODD)}" for _ in range(luck.randint(1, 3))]
    return [luck.choice(("run", "compare", "study", "portfolio")), *odd, "lang=en", "--cfg", "job"]


def answer(argv: list[str]) -> tuple[int | str, str]:
    """Exit code (or the name of what escaped) and all that was printed."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        try:
            return main(argv), told.getvalue()
        except BaseException as problem:
            return type(problem).__name__, told.getvalue()


def attempt(kind: str, luck: random.Random, tally: Tally) -> None:
    """One damaged input in the current folder, which must be as it was afterwards but for the input itself."""
    if kind == "words":
        argv, card = words(luck), None
    else:
        source = luck.choice(sorted((CONFIGS / kind).glob("*.yaml")))
        card = Path(f"{source.stem}.yaml")
        card.write_bytes(damaged(source.read_text(encoding="utf-8"), luck))
        argv = ["study", f"name={card}", "--cfg", "job"] if kind == "study" else ["check", kind, str(card), "lang=en"]
    code, told = answer(argv)
    tally.codes[f"{kind} {code}"] += 1
    left = [one for one in os.listdir() if card is None or one != card.name]
    if code not in (0, 2) or "Traceback" in told or left:
        content = card.read_bytes() if card else b""
        tally.bad.append(f"{argv} -> {code}, left {left}: {told[-300:]!r} {content[:2000]!r}")
        for one in left:
            Path(one).unlink() if Path(one).is_file() else None
    if card:
        card.unlink()


def attempts(count: int, seed: int, share: float = 0.9) -> Tally:
    """So many damaged inputs in a folder of their own; `share` of them cards of levers and crises."""
    luck, tally, here = random.Random(seed), Tally(), os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for _ in range(count):
                kinds = ("lever", "crisis") if luck.random() < share else ("study", "words", "words")
                attempt(luck.choice(kinds), luck, tally)
        finally:
            os.chdir(here)
    return tally


def trial() -> None:
    """The full trial."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    begun, tally = time.perf_counter(), attempts(said.count, said.seed)
    for one in tally.bad[:20]:
        print(one)
    tell("mutate", {"inputs": said.count, "seed": said.seed, "answers": dict(sorted(tally.codes.items())),
                    "answered badly": len(tally.bad), "seconds": round(time.perf_counter() - begun)})
    raise SystemExit(1 if tally.bad else 0)


if __name__ == "__main__":
    trial()
