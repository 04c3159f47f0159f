"""`resilience check territory` and `check site`: cards of places, official files and registers of sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ....cards.reader import CardLocation, build_card, read_yaml_card
from ....config.cards.card_files import find_shipped_configs
from ....config.cards.catalogue import load_cards
from ....config.errors import UsageError
from ....config.places.territory import ResolvedTerritory, TerritorySettings, resolve_territory_files
from ....i18n.translation import Message
from ....world.sites.site_card import SiteCard

CARD_KINDS = (".yaml", ".yml")


def check_territory_file(file: Path) -> tuple[list[Message], list[Message]]:
    """(what is wrong with a territory card, what is said of it): the files it reads, its communes and its size.

    A ValueError is a fault that leaves nothing to be checked.
    """
    mapping, where = read_yaml_card(file)
    build_card(TerritorySettings, {**mapping, "sites": []} if isinstance(mapping.get("sites"), str) else mapping, where)
    found = resolve_territory_files(_find_beside(mapping, file), _load_sites())
    if not mapping.get("label_fr"):
        return [Message("{where}: label_fr: is empty: expected the name in French; write it", where=file)], []
    return [], [*found.notes, *_describe_territory(found)]


def check_site_file(file: Path, columns: Mapping[str, str]) -> tuple[list[Message], list[Message]]:
    """(what is wrong with a site card or a register of sites, what is said of it).

    columns: our name of a column to the register's own; under "type" also one of our types, for lines without one.
    """
    if file.suffix.lower() not in CARD_KINDS:
        from ....config.official.site_register import RegisterOptions, read_site_register

        sites, own = _load_sites(), dict(columns)
        is_type = own.get("type") in [card.id for card in sites if card.generic]
        default_type = own.pop("type") if is_type else ""
        register = read_site_register(str(file), sites, RegisterOptions(own, {}, default_type))
        return [], register.notes
    mapping, where = read_yaml_card(file)
    card = build_card(SiteCard, mapping, where)
    card.check()
    return list(_find_site_faults(card, mapping, where)), []


def _load_sites() -> list[SiteCard]:
    """The shipped site cards."""
    return [found.card for found in load_cards("site", [find_shipped_configs()])]


def _find_beside(mapping: Mapping[str, Any], file: Path) -> dict[str, Any]:
    """The entries of a card, with files that lie beside it and not in the current folder by their path."""
    entries = dict(mapping)
    for name in ("data", "sites"):
        value = entries.get(name)
        if isinstance(value, str) and value and not Path(value).exists() and (file.parent / value).exists():
            entries[name] = str(file.parent / value)
    return entries


def _describe_territory(found: ResolvedTerritory) -> Iterator[Message]:
    """How large the territory is. UsageError if no neighbourhood belongs to it."""
    from ....kernel.keyed_random import make_random_key
    from ....parameters import Model
    from ....world.places.layout import lay_out_all_communes
    from ....world.places.selection import select_neighbourhoods

    card, sites = found.card, {one.id: one for one in found.sites}
    if card.residents:
        yield Message("{name}: residents {n}", name=card.label_fr or card.id, n=card.residents)
        return
    layouts = lay_out_all_communes(Model(), make_random_key(1), card.official_data)
    try:
        masks = select_neighbourhoods(card, layouts, sites)
    except ValueError as problem:
        raise UsageError(problem.args[0]) from None
    people = sum(float(layouts[code].people[mask].sum()) for code, mask in masks.items())
    yield Message("{name}: communes {communes}, neighbourhoods {places}, residents about {n}",
                  name=card.label_fr or card.id, communes=len(masks), n=round(people),
                  places=sum(int(mask.sum()) for mask in masks.values()))


def _find_site_faults(card: SiteCard, mapping: Mapping[str, Any], where: CardLocation) -> Iterator[Message]:
    """What a site card lacks."""
    if not card.label_fr:
        yield Message("{where}: label_fr: is empty: expected the name in French; write it", where=where.at(()))
    unsourced = [name for name in mapping if name not in ("id", "label_fr", "label_en", "generic", "sources", "commune")
                 and name not in card.sources]
    if unsourced:
        yield Message("{where}: sources: says nothing of {names}: expected 'grade: source' for each; write it",
                      where=where.at(()), names=tuple(unsourced))
