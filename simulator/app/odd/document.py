"""The whole ODD+D document: the template filled with what the program says of itself."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from ... import __version__
from ...parameters import GRADES
from ..commands.describe import model
from . import parts, submodels
from .headings import HEADINGS, NOTE, TITLE, heading

TEMPLATE = "odd.md"


def document(folders: list[Path], lang: str) -> str:
    """The document as Markdown; folders: where cards are looked for."""
    import jinja2

    source = resources.files(__package__).joinpath(TEMPLATE).read_text(encoding="utf-8")
    blank = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)
    return blank.from_string(source).render(**_head(lang), **_overview(lang), **_concepts(),
                                            **_details(folders, lang))


def _head(lang: str) -> dict[str, Any]:
    from ...records.schema import SCHEMA_VERSION
    from ...scenario.run import MODEL_VERSION

    at = 0 if lang == "en" else 1
    return {"h": {key: heading(key, lang) for key in HEADINGS}, "title": TITLE[at], "note": NOTE[at],
            "version": __version__, "model_version": MODEL_VERSION, "schema_version": SCHEMA_VERSION}


def _overview(lang: str) -> dict[str, Any]:
    from ...phases.order import HELP
    from ...rules.domain import SOURCES
    from ...rules.kind import KINDS, SLOTS
    from ...scenario.run import Calendar

    return {"slots": SLOTS, "calendar": parts.quantities(Calendar(), "calendar", lang), "domains": parts.domains(),
            "sources": parts.listed(SOURCES), "kinds": parts.listed(KINDS), "entities": parts.entities(lang),
            "schedule": parts.bare(model.phases(lang, True)), "helping": parts.listed(HELP)}


def _concepts() -> dict[str, Any]:
    from ...parameters.model import BEHAVIOURS

    count = parts.grades()
    told = ", ".join(f"{count[grade]} {grade}" for grade in GRADES if count[grade])
    return {"graded": told, "graded_all": f"{sum(count.values())} numbers: {told}.",
            "behaviours": parts.listed(BEHAVIOURS), "decisions": submodels.decisions(), "streams": parts.streams(),
            "outcomes": parts.outcomes(), "records": parts.records()}


def _details(folders: list[Path], lang: str) -> dict[str, Any]:
    cards = {name: parts.cards(group, folders, lang) for name, group in
             (("territories", "territory"), ("sites", "site"), ("levers", "lever"), ("crises", "crisis"))}
    return {**cards, "initialisation": submodels.initialisation(), "phases": submodels.phases(),
            "rules": submodels.rules(), "parameters": parts.parameters(lang), "harness": submodels.harness(),
            "handles": parts.bare(model.handles(lang, True))}
