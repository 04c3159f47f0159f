"""JSON Schemas of the five kinds of card, as shipped in `configs/schema/`; run as a module, it writes them again."""

from __future__ import annotations

from ...analysis.hindcast.event_card import EventCard
from ...analysis.survey.survey_card import SurveyCard
from ...cards.json_schema import Schema, build_card_schema, format_schema
from ...crises.card import Crisis
from ...levers.card import Lever
from ...studies.study import Study
from ...world.places.territory import Territory
from ...world.sites.site_card import SiteCard
from .card_files import find_shipped_configs

SCHEMA_FOLDER = "schema"
CODES: Schema = {"type": "array", "items": {"type": ["string", "integer"]}}
SETTINGS: Schema = {"type": "object", "additionalProperties": True, "default": {}}
STUDY_ENTRIES: dict[str, Schema] = {
    "set": {**SETTINGS, "description": "settings that hold for every run: name to value"},
    "vary": {**SETTINGS, "description": "settings that vary between points: name to a list, a range or choices"},
    "rows": {"anyOf": [{"type": "array", "items": {"type": "object"}}], "default": [],
             "description": "the points of a design of kind list, each a mapping of settings"},
    "seeds": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "array", "items": {"type": "integer"}}],
              "default": 10, "description": "how many seeds each point is played with, or which"},
}
TERRITORY_ENTRIES: dict[str, Schema] = {
    "communes": {"anyOf": [CODES], "default": []},
    "sites": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}], "default": [],
              "description": "ids of site cards, or the CSV file of a register of sites"},
}


def build_schemas() -> dict[str, Schema]:
    """Kind of card to its schema."""
    return {
        "lever": build_card_schema(Lever, "Lever card"),
        "crisis": build_card_schema(Crisis, "Crisis card"),
        "site": build_card_schema(SiteCard, "Site card"),
        "territory": build_card_schema(Territory, "Territory card", TERRITORY_ENTRIES),
        "event": build_card_schema(EventCard, "Event card"),
        "survey": build_card_schema(SurveyCard, "Survey card"),
        "study": build_card_schema(Study, "Study card", STUDY_ENTRIES),
    }


def write_schemas() -> None:
    """Write the shipped schemas again, after a kind of card has changed."""
    folder = find_shipped_configs() / SCHEMA_FOLDER
    folder.mkdir(exist_ok=True)
    for kind, schema in build_schemas().items():
        (folder / f"{kind}.json").write_text(format_schema(schema), encoding="utf-8")


if __name__ == "__main__":
    write_schemas()
