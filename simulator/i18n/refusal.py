"""A refusal said in English and in French: what was found, where, what was expected, what to do."""

from __future__ import annotations


class Refusal(ValueError):
    """Input that cannot be used. One sentence in each language; facts fill in both. str() is English."""

    def __init__(self, english: str, french: str, **facts: object) -> None:
        shown = {name: _short(value) for name, value in facts.items()}
        self.english, self.french = english.format(**shown), french.format(**shown)
        super().__init__(self.english)

    def __reduce__(self) -> tuple[type[Refusal], tuple[str, str]]:
        return Refusal, (self.english.replace("{", "{{").replace("}", "}}"),
                         self.french.replace("{", "{{").replace("}", "}}"))

    def line(self, lang: str) -> str:
        """The sentence in one language, on one line."""
        return " ".join((self.french if lang == "fr" else self.english).split())


LONGEST = 120
"""Characters of one fact that a refusal repeats."""


def _short(value: object) -> object:
    """The fact, without control characters and not too long; numbers as they are."""
    if isinstance(value, (int, float)):
        return value
    text = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
