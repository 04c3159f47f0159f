"""Bad input, said in one line: what, where, what was expected, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ..i18n.app_texts import say
from ..i18n.refusal import Refusal


class UsageError(Exception):
    """Something the person at the keyboard can mend. `key` names a sentence of words.py, `facts` fill it in."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key, self.facts = key, facts

    def line(self, lang: str) -> str:
        """The sentence, on one line."""
        facts = self.facts
        if lang == "fr" and isinstance(facts.get("text"), str):
            from ..i18n.refusals import french

            facts = facts | {"text": french(str(facts["text"]))}
        return one_line(say(self.key, lang, **facts))

    def __str__(self) -> str:
        return self.line("en")


class Refused(UsageError):
    """Somebody else's refusal, which says itself in both languages."""

    def __init__(self, problem: Refusal) -> None:
        super().__init__("refused", text=str(problem), where="")
        self.problem = problem

    def line(self, lang: str) -> str:
        """The sentence, on one line."""
        return one_line(self.problem.line(lang))


def refused(problem: BaseException | str, where: str = "") -> UsageError:
    """A UsageError out of somebody else's message; `where` names the file or setting."""
    text = one_line(problem.args[0] if isinstance(problem, KeyError) and problem.args else problem)
    return UsageError("refused", text=text, where=f"{where}: " if where and where not in text else "")


def one_line(text: object) -> str:
    """Any text on one line, without control characters."""
    words = "".join(c if c.isprintable() else " " for c in str(text)).split()
    return " ".join(words)


def nearest(word: object, names: Iterable[str], count: int = 3) -> list[str]:
    """The names most like a mistyped word, best first; those that contain it when none is like it."""
    known = sorted(set(names))
    low = str(word).lower()
    found = difflib.get_close_matches(low, known, n=count, cutoff=0.55)
    return found or [name for name in known if len(low) > 2 and (low in name or name in low)][:count]


def choices(word: object, names: Iterable[str]) -> str:
    """What to write instead of `word`: the nearest names if any is near, else all of them (at most twelve)."""
    known = sorted(set(names))
    near = nearest(word, known)
    if near:
        return ", ".join(near)
    return ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
