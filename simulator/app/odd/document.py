"""The ODD+D document: a template filled with tables and texts printed from the program."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from ... import __version__
from ...i18n.translation import translate
from ..commands.describe import model
from . import document_tables, submodels
from .chart_blocks import format_chart_blocks
from .headings import HEADINGS, NOTE, TITLE, get_odd_heading

ODD_TEMPLATE = "odd.md"


def render_odd_document(folders: list[Path], lang: str) -> str:
    """The document as Markdown. folders: folders of cards. lang: language of headings, labels and cards."""
    return render_odd_template(ODD_TEMPLATE, {**collect_head(lang), **_overview(lang), **_concepts(),
                                              **_details(folders, lang)})


def render_odd_template(name: str, facts: dict[str, Any]) -> str:
    """A template of this folder, filled; an undeclared blank is an error."""
    import jinja2

    folder = resources.files(__package__)
    loader = jinja2.FunctionLoader(lambda file: folder.joinpath(file).read_text(encoding="utf-8"))
    environment = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
                                     autoescape=False)
    return environment.get_template(name).render(**facts)


def collect_head(lang: str) -> dict[str, Any]:
    """Headings, title and versions."""
    from ...records.schema import SCHEMA_VERSION
    from ...scenario.run import MODEL_VERSION

    return {"h": {key: get_odd_heading(key, lang) for key in HEADINGS}, "title": translate(TITLE, lang),
            "note": translate(NOTE, lang), "version": __version__, "model_version": MODEL_VERSION,
            "schema_version": SCHEMA_VERSION}


def _overview(lang: str) -> dict[str, Any]:
    from ...phases.order import CRISIS_PHASES, HELP_PHASES
    from ...rules.need_domains import SOURCES
    from ...rules.tie_kinds import MAX_TIES, TIE_KINDS
    from ...scenario.run import Calendar

    return {
        "charts": format_chart_blocks(lang), "slots": MAX_TIES,
        "calendar": document_tables.document_parameter_group(Calendar(), "calendar", lang),
        "domains": document_tables.document_domains(), "sources": document_tables.format_code_list(SOURCES),
        "kinds": document_tables.format_code_list(TIE_KINDS), "entities": document_tables.document_entities(lang),
        "schedule": document_tables.strip_first_heading(model.format_phases(lang, True)),
        "helping": document_tables.format_code_list(HELP_PHASES),
        "crisis_phases": document_tables.format_code_list(CRISIS_PHASES),
        "channels": document_tables.document_channels()}


def _concepts() -> dict[str, Any]:
    from ...parameters.model import BEHAVIOURS

    graded = document_tables.format_grades()
    return {
        "graded": graded.partition(": ")[2].rstrip("."), "graded_all": graded,
        "behaviours": document_tables.format_code_list(BEHAVIOURS), "decisions": submodels.document_decisions(),
        "streams": document_tables.document_random_streams(), "outcomes": document_tables.document_outcomes(),
        "records": document_tables.document_records()}


def _details(folders: list[Path], lang: str) -> dict[str, Any]:
    cards = {name: document_tables.document_cards(group, folders, lang) for name, group in
             (("territories", "territory"), ("sites", "site"), ("levers", "lever"), ("crises", "crisis"))}
    return {
        **cards, "initialisation": submodels.document_initialisation(), "phases": submodels.document_phases(),
        "rules": submodels.document_equations(), "parameters": document_tables.document_parameters(lang),
        "harness": submodels.document_card_checks(),
        "handles": document_tables.strip_first_heading(model.format_handles(lang, True))}
