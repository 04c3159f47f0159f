"""What came of playing a results folder again, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...i18n.translation import translate

SHOWN = 5
"""Runs that differ, and files that do, named one by one; the others are counted."""


@dataclass
class Reproduction:
    """What came of it. runs: how many were stored. different: run, file or folder to why it is not the same.
    same_files, absent: tables and figures that are the same; that no command makes by itself. notes: what was left out.
    lang: language of all of it.
    """

    lang: str
    runs: int = 0
    same_runs: int = 0
    different: dict[str, str] = field(default_factory=dict)
    same_files: int = 0
    absent: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def print_reproduction(found: Reproduction, lang: str) -> None:
    """Which runs and files differ, what was left out, and the sum."""
    for name, why in list(found.different.items())[:SHOWN]:
        print(f"{name}  {why}")
    if len(found.different) > SHOWN:
        print(translate("and {n} others", lang, n=len(found.different) - SHOWN))
    for note in found.notes:
        print(translate("tables and figures not made again: {why}", lang, why=note))
    if found.absent:
        print(translate("not made by the command itself, hence not compared: {names}", lang,
                        names=", ".join(found.absent[:SHOWN])))
    print(translate("{same} of {all} runs played again are the same to the byte, {files} tables and figures too; "
                    "{different} differ", lang, same=found.same_runs, all=found.runs, files=found.same_files,
                    different=len(found.different)))
