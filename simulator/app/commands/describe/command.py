"""`resilience describe`: parses the topic and prints it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ....config.cards.card_files import list_config_folders
from ....config.errors import UsageError, check_language, suggest_names
from . import cards, model

if TYPE_CHECKING:
    from ...cli.main import CommandLine

TopicRenderer = Callable[["DescribeRequest"], str]


class DescribeRequest:
    """Options of a topic: the name after it if any, the language, Markdown or not, the folders of cards."""

    def __init__(self, line: CommandLine, name: str | None) -> None:
        self.name, self.lang, self.markdown = name, line.lang, line.markdown
        self.folders = list_config_folders(line.config_folders)


TOPICS: dict[str, TopicRenderer] = {
    "parameters": lambda request: model.format_parameters(request.name, request.lang, request.markdown),
    "levers": lambda request: _render_card_list("lever", request),
    "lever": lambda request: _render_card("lever", request),
    "crises": lambda request: _render_card_list("crisis", request),
    "crisis": lambda request: _render_card("crisis", request),
    "territories": lambda request: _render_card_list("territory", request),
    "territory": lambda request: _render_card("territory", request),
    "sites": lambda request: _render_card_list("site", request),
    "site": lambda request: _render_card("site", request),
    "handles": lambda request: model.format_handles(request.lang, request.markdown),
    "phases": lambda request: model.format_phases(request.lang, request.markdown),
    "columns": lambda request: model.format_columns(request.name, request.lang, request.markdown),
    "claims": lambda request: cards.format_claim_table(request.folders, request.lang, request.markdown),
    "odd": lambda request: _render_odd(request),
    "odd_summary": lambda request: _render_odd_summary(request),
    "trace": lambda request: _render_trace(request),
    "schema": lambda request: _render_schema(request),
}
CARD_TOPICS = ("lever", "crisis", "territory", "site")
TOPICS_WITH_NAME = ("parameters", "columns", "schema", *CARD_TOPICS)
DEFAULT_TOPICS = ("parameters", "levers", "crises", "territories", "sites", "handles", "phases", "columns")
PLURAL_TOPICS = {"lever": "levers", "crisis": "crises", "territory": "territories", "site": "sites"}


def command(line: CommandLine) -> int:
    """Print the topic asked for; without one, all topics but the cards in full and the ODD document."""
    words = [word for word in line.arguments if not _is_language(word)]
    to = [word.partition("=")[2] for word in words if word.startswith("to=")]
    topic, topic_name = _parse_topic([word for word in words if not word.startswith("to=")])
    request = DescribeRequest(line, topic_name)
    if to:
        return _write_odd(topic, to, request)
    for name in (topic,) if topic else DEFAULT_TOPICS:
        print(TOPICS[name](request))
    return 0


def _render_card_list(group: str, request: DescribeRequest) -> str:
    return cards.format_card_list(group, request.folders, request.lang, request.markdown)


def _render_card(group: str, request: DescribeRequest) -> str:
    return cards.format_card(group, request.name or "", request.folders, request.lang, request.markdown)


def _render_odd(request: DescribeRequest) -> str:
    from ...odd.document import render_odd_document

    return render_odd_document(request.folders, request.lang)


def _render_odd_summary(request: DescribeRequest) -> str:
    from ...odd.document_summary import render_odd_summary

    return render_odd_summary(request.folders, request.lang)


def _render_trace(request: DescribeRequest) -> str:
    from ...odd.trace_document import render_trace_document

    return render_trace_document(request.folders, request.lang)


def _render_schema(request: DescribeRequest) -> str:
    """The JSON Schema of a kind of card; without a kind, those of all kinds by name."""
    from ....cards.json_schema import format_schema
    from ....config.cards.card_schemas import build_schemas

    schemas = build_schemas()
    if request.name is not None and request.name not in schemas:
        raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="schema",
                         word=request.name, choices=suggest_names(request.name, schemas))
    return format_schema(schemas if request.name is None else schemas[request.name]).rstrip("\n")


def _write_odd(topic: str | None, to: list[str], request: DescribeRequest) -> int:
    """Write the ODD+D document and its summary into a folder, as Markdown and as HTML."""
    from ...odd.files import write_odd_files

    if topic != "odd" or len(to) > 1:
        raise UsageError("unexpected word {word!r} after {topic}; leave it out", word=f"to={to[-1]}",
                         topic=f"describe {topic or ''}".strip())
    for file in write_odd_files(_render_odd(request), _render_odd_summary(request), to[0], request.lang):
        print(file)
    return 0


def _is_language(word: str) -> bool:
    """True for a word lang=…. UsageError for an unknown language."""
    if not word.startswith("lang="):
        return False
    check_language(word[5:])
    return True


def _parse_topic(words: list[str]) -> tuple[str | None, str | None]:
    """(topic, name after it), each None if left out. UsageError for an unknown topic or a word too many."""
    wrong = [word for word in words if "=" in word]
    if wrong:
        raise UsageError("unexpected word {word!r} after {topic}; leave it out", word=wrong[0],
                         topic="describe")
    if not words:
        return None, None
    topic = words[0]
    if topic not in TOPICS:
        raise UsageError("unknown topic {word!r}: expected one of {names}; try: {choices}", word=topic,
                         names=", ".join(TOPICS), choices=suggest_names(topic, TOPICS))
    if topic in CARD_TOPICS and len(words) == 1:
        topic = PLURAL_TOPICS[topic]
    most = 2 if topic in TOPICS_WITH_NAME else 1
    if len(words) > most:
        raise UsageError("unexpected word {word!r} after {topic}; leave it out", word=words[most],
                         topic=" ".join(words[:most]))
    return topic, words[1] if len(words) > 1 else None

