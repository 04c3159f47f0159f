"""`resilience describe`: what the model holds, printed from its own declarations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ....config.errors import UsageError, choices, one_line
from ....config.source import home
from ....i18n.app_texts import LANGUAGES
from . import cards, model

if TYPE_CHECKING:
    from ...cli.main import Line

Page = Callable[["Ask"], str]


class Ask:
    """What is asked: the name after the topic if any, the language, Markdown or not, where cards are."""

    def __init__(self, line: Line, name: str | None) -> None:
        self.name, self.lang, self.markdown = name, line.labels, line.markdown
        self.folders = _folders(line.folders)


TOPICS: dict[str, Page] = {
    "parameters": lambda ask: model.parameters(ask.name, ask.lang, ask.markdown),
    "levers": lambda ask: cards.cards("lever", ask.folders, ask.lang, ask.markdown),
    "lever": lambda ask: cards.card("lever", ask.name or "", ask.folders, ask.lang, ask.markdown),
    "crises": lambda ask: cards.cards("crisis", ask.folders, ask.lang, ask.markdown),
    "crisis": lambda ask: cards.card("crisis", ask.name or "", ask.folders, ask.lang, ask.markdown),
    "territories": lambda ask: cards.cards("territory", ask.folders, ask.lang, ask.markdown),
    "territory": lambda ask: cards.card("territory", ask.name or "", ask.folders, ask.lang, ask.markdown),
    "sites": lambda ask: cards.cards("site", ask.folders, ask.lang, ask.markdown),
    "site": lambda ask: cards.card("site", ask.name or "", ask.folders, ask.lang, ask.markdown),
    "handles": lambda ask: model.handles(ask.lang, ask.markdown),
    "phases": lambda ask: model.phases(ask.lang, ask.markdown),
    "columns": lambda ask: model.columns(ask.name, ask.lang, ask.markdown),
    "odd": lambda ask: _odd(ask),
}
NAMED = ("lever", "crisis", "territory", "site")
MAY_NAME = ("parameters", "columns", *NAMED)
WHOLE = ("parameters", "levers", "crises", "territories", "sites", "handles", "phases", "columns")
PLURALS = {"lever": "levers", "crisis": "crises", "territory": "territories", "site": "sites"}


def command(line: Line) -> int:
    """Print the topic asked for, or everything."""
    words = [word for word in line.words if not _is_lang(word)]
    to = [word.partition("=")[2] for word in words if word.startswith("to=")]
    topic, name = _topic([word for word in words if not word.startswith("to=")])
    ask = Ask(line, name)
    if to:
        return _to_folder(topic, to, ask)
    for one in (topic,) if topic else WHOLE:
        print(TOPICS[one](ask))
    return 0


def _odd(ask: Ask) -> str:
    from ...odd.document import document

    return document(ask.folders, ask.lang)


def _to_folder(topic: str | None, to: list[str], ask: Ask) -> int:
    """Write the ODD+D document into a folder, as Markdown and as HTML."""
    from ...odd.files import written

    if topic != "odd" or len(to) > 1:
        raise UsageError("extra", word=one_line(f"to={to[-1]}"), topic=f"describe {topic or ''}".strip())
    for file in written(_odd(ask), to[0], ask.lang):
        print(file)
    return 0


def _is_lang(word: str) -> bool:
    if not word.startswith("lang="):
        return False
    if word[5:] not in LANGUAGES:
        raise UsageError("lang", value=one_line(word[5:]))
    return True


def _topic(words: list[str]) -> tuple[str | None, str | None]:
    wrong = [word for word in words if "=" in word]
    if wrong:
        raise UsageError("extra", word=one_line(wrong[0]), topic="describe")
    if not words:
        return None, None
    topic = words[0]
    if topic not in TOPICS:
        raise UsageError("topic", word=one_line(topic), names=", ".join(TOPICS), choices=choices(topic, TOPICS))
    if topic in NAMED and len(words) == 1:
        topic = PLURALS[topic]
    most = 2 if topic in MAY_NAME else 1
    if len(words) > most:
        raise UsageError("extra", word=one_line(words[most]), topic=" ".join(words[:most]))
    return topic, words[1] if len(words) > 1 else None


def _folders(given: list[str]) -> list[Path]:
    import os

    for folder in given:
        if not os.path.isdir(folder) or not os.access(folder, os.R_OK | os.X_OK):
            raise UsageError("config_dir", path=folder)
    return [Path(folder).resolve() for folder in given] + [home()]
