"""The brief: one page for people who decide, as one HTML file that needs no network, no script and no other file."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ...i18n.brief_texts import tell
from ...i18n.typography import held
from ...records.results import Results
from ..figures.equity import Gain, gains, gains_figure, label
from ..figures.findings import effects_title
from ..figures.inline import inline
from ..maps.maps import Shown, place_table, ties, where
from . import parts
from .answer import answer, asked, facts, notices, scene
from .assumptions import leans
from .case import SEVERAL, Case, case
from .curve import curve_figure, curve_note
from .ranking import ranking

if TYPE_CHECKING:
    from jinja2 import Template

    from ...world.places.outline import Outline

TEMPLATE = "brief.html"


def brief_html(results: Results, lang: str, study: str | None = None,
               outlines: Mapping[str, Outline] | None = None) -> str:
    """The brief of a folder of results in French ("fr") or English ("en").

    study: its name where the folder holds several. outlines: of communes, for the map; our own layout without them.
    ValueError if nothing was played, or no study is named among several.
    """
    told = case(results, lang, study)
    return _template().render(**_page(told, where(told, outlines), ties(told, outlines)))


def _template() -> Template:
    """Every value is escaped but figures, which are markup of our own and marked safe in the template."""
    from jinja2 import Environment, StrictUndefined

    page = files(__package__) / TEMPLATE
    own = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=held)
    return own.from_string(page.read_text(encoding="utf-8"))


def _page(told: Case, place_map: Shown | None, tie_map: Shown | None) -> dict[str, Any]:
    """All that the template shows, in words and markup."""
    lang = told.lang
    found = _groups(told)
    shown = parts.tables(told, found)
    if place_map:
        shown["map"] = place_table(place_map, lang)
    place = {name: number for number, name in enumerate(shown, 1)}
    return {
        "lang": lang, "tell": lambda key, **facts: tell(key, lang, **facts), "question": asked(told),
        "scene": scene(told), "answer": answer(told), "facts": facts(told), "notices": list(notices(told)),
        "calm": shown.pop("calm", None), "curve": _curve(told), "ranking": _ranking(told),
        "groups": _gains(told, found),
        "where": _mapped(place_map), "ties": _mapped(tie_map), "leans": leans(told),
        "left_out": parts.left_out(lang), "again": parts.settings(told), "tables": shown, "place": place,
        "cards": parts.cards(told), "glossary": parts.glossary(told),
        "kept": label("all_settings", lang, folder=told.results.folder.name),
    }


def _curve(told: Case) -> dict[str, Any] | None:
    if not told.crisis:
        return None
    picture = curve_figure(told)
    return {"title": picture.title, "svg": inline(picture), "note": curve_note(told)}


def _ranking(told: Case) -> dict[str, Any] | None:
    """Levers in order; None where there is no crisis to recover from, or nothing to compare."""
    if not (told.compared and told.crisis):
        return None
    heads = [label(name, told.lang) for name in ("lever", "days", "share", "cost", "price")]
    return {"title": _rank_title(told), "rows": ranking(told), "heads": heads, "note": _rank_note(told),
            "costs": parts.costs_note(told)}


def _rank_note(told: Case) -> str:
    """How to read the ranking."""
    if told.search and told.search.fresh:
        return label("effects_note_search", told.lang, n=len(told.search.seeds), fresh=len(told.search.fresh))
    n = len(told.seeds)
    note = "one_note" if n < SEVERAL else "effects_note_sets" if told.sets else "effects_note"
    return label(note, told.lang, n=len(told.draws), sets=n)


def _rank_title(told: Case) -> str:
    assert told.baseline is not None
    if told.search and told.lead:
        return tell("rank_search" if len(told.lead) == 1 else "rank_search_many", told.lang, n=len(told.lead),
                    lever=told.first.label[told.lang])
    if len(told.lead) > 1:
        return tell("rank_title", told.lang, n=len(told.lead))
    if told.lead:
        best = told.lead[0] is told.found[0][0]
        key = "rank_settled" if not best else "rank_one" if told.first is told.lead[0] else "rank_shown"
        return tell(key, told.lang, lever=told.lead[0].label[told.lang])
    return effects_title(told.baseline, told.found, told.seeds, told.lang)


def _mapped(found: Shown | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"title": found.picture.title, "svg": inline(found.picture), "note": found.note}


def _groups(told: Case) -> list[Gain]:
    if not (told.compared and told.crisis and told.baseline) or len(told.seeds) < SEVERAL:
        return []
    return gains(told.baseline, told.first, told.seeds, told.lang)


def _gains(told: Case, found: list[Gain]) -> dict[str, Any] | None:
    if not found:
        return None
    picture = gains_figure(told, found)
    note = label("gains_note", told.lang, lever=told.first.label[told.lang],
                 over=label("over_sets" if told.sets else "over", told.lang, n=found[0].change.n))
    return {"title": picture.title, "svg": inline(picture), "note": note}

