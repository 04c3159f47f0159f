"""Reads a register of sites as people have it, one line a site, which replaces the shipped and the generic sites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...cards.reader import CardError, CardLocation, build_card
from ...i18n.input_error import InputError
from ...i18n.translation import Message
from ...world.sites.site_card import SiteCard
from .number_format import AmbiguousNumber, find_decimal_sign, parse_number
from .register_columns import (
    ADDRESS_NAMES,
    COLUMN_NAMES,
    FIGURE_COLUMNS,
    find_register_columns,
    find_site_type,
    is_register_header,
)
from .register_position import make_number_error, read_register_position
from .register_rows import RegisterRow, read_register_rows, simplify_column_name

MAX_ID_CHARS = 50
MAX_NAMED = 3
"""Most sites that a note names."""


@dataclass(frozen=True)
class RegisterOptions:
    """How a register says what it says. columns: our name of a column to the register's own. types: a type of the
    register's to one of ours. default_type: of lines without a type, or with one that is not known."""

    columns: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    default_type: str = ""


@dataclass
class SiteRegister:
    """The sites of a register, in its order, and what is said of it."""

    cards: list[SiteCard] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def read_site_register(file: str, types: Sequence[SiteCard], options: RegisterOptions | None = None) -> SiteRegister:
    """The sites of a register. InputError naming what is missing, or the faulty line.

    types: site cards, of which the generic ones are the types a line may name.
    """
    return _RegisterReader(file, types, options or RegisterOptions()).read()


class _RegisterReader:
    """One reading of a register."""

    def __init__(self, file: str, types: Sequence[SiteCard], options: RegisterOptions) -> None:
        self.file, self.options = file, options
        self.types = {card.id: card for card in types if card.generic}
        self.register = SiteRegister()
        self.decimals: dict[str, str] = {}
        self.without_place: list[str] = []
        self.of_default_type: dict[str, int] = {}
        self.check_type(options.default_type) if options.default_type else None

    def read(self) -> SiteRegister:
        """The register."""
        found, rows = read_register_rows(self.file, is_register_header(self.options.columns))
        columns = self.find_columns(found)
        if not rows:
            raise InputError("{file}: lists no site: expected one line a site; add them", file=self.file)
        for name in FIGURE_COLUMNS:
            self.decimals[name] = find_decimal_sign(row.cells.get(columns.get(name, ""), "") for row in rows)
        cards: dict[str, SiteCard] = {}
        for row in rows:
            cells = {name: row.cells.get(column, "") for name, column in columns.items()}
            self.add_site(cells, f"{self.file}:{row.number}", cards)
        self.register.cards = list(cards.values())
        if not cards:
            raise InputError("{file}: none of its {n} lines has coordinates: expected lon and lat; add them",
                             file=self.file, n=len(rows))
        self.describe(columns, rows)
        return self.register

    def find_columns(self, found: Sequence[str]) -> dict[str, str]:
        """Our name of a column to the register's own. InputError for one that is needed and not there."""
        columns = find_register_columns(found, self.options.columns, self.file)
        needs = [name for name in ("name", "type") if name not in columns]
        if "type" in needs and self.options.default_type:
            needs.remove("type")
        if not ({"lon", "lat"} <= set(columns) or "point" in columns or {"x", "y"} <= set(columns)):
            if any(simplify_column_name(name) in ADDRESS_NAMES for name in found):
                raise InputError("{file}: has addresses, but no coordinates; columns found: {found}. Add columns lon "
                                 "and lat (the national address base geocodes a CSV for free), or geo_point_2d",
                                 file=self.file, found=tuple(found))
            needs += [name for name in ("lon", "lat") if name not in columns]
        for name in needs:
            raise InputError("{file}: column {name} is missing; columns found: {found}; names accepted for it: "
                             "{names}; or say which it is: territory.site_columns={{{name}: …}}{default}",
                             file=self.file, name=name, found=tuple(found), names=COLUMN_NAMES[name],
                             default=Message(", or one type for all: territory.site_type=…") if name == "type" else "")
        return columns

    def add_site(self, cells: Mapping[str, str], where: str, cards: dict[str, SiteCard]) -> None:
        """Add the card of a line; a line without coordinates is passed over."""
        name = re.sub(r"\s*\(\s*\)", "", cells["name"]).strip()
        site_id = simplify_column_name(name)[:MAX_ID_CHARS].strip("_")
        if not site_id:
            raise InputError("{where}: no name; give the site one", where=where)
        position = read_register_position(cells, where)
        if position is None:
            self.without_place.append(name)
            return
        card = self.build_card(name, site_id, position, cells, where)
        while card.id in cards:
            other = cards[card.id]
            if (other.lon, other.lat) == (card.lon, card.lat):
                raise InputError("{where}: the name {name} is there twice at one place; rename one of the two",
                                 where=where, name=name)
            number = re.fullmatch(r"(.*)_(\d+)", card.id)
            card = replace(card, id=f"{number[1]}_{int(number[2]) + 1}" if number else f"{card.id}_2")
        cards[card.id] = card

    def build_card(self, name: str, site_id: str, position: tuple[float, float], cells: Mapping[str, str],
                   where: str) -> SiteCard:
        """The card of a line: that of its type, with the position and the figures of the line."""
        kind = self.find_type(cells.get("type", ""), where)
        figures = {entry: self.read_figure(cells, column, where) for column, entry in FIGURE_COLUMNS.items()
                   if cells.get(column)}
        figures = {entry: value for entry, value in figures.items() if value is not None}
        sources = {entry: text for entry, text in self.types[kind].sources.items()
                   if entry not in figures and entry != "frequency"}
        sources |= {entry: "measured: the register of sites" for entry in figures}
        try:
            checked = build_card(SiteCard, {"id": site_id, "lon": position[0], "lat": position[1], **figures},
                                 CardLocation(where))
        except CardError as problem:
            raise InputError(problem.args[0]) from None
        changed = {entry: getattr(checked, entry) for entry in ("id", "lon", "lat", *figures)}
        return replace(self.types[kind], generic=False, label_fr=name, label_en=name, sources=sources, **changed)

    def find_type(self, word: str, where: str) -> str:
        """The type of a line. InputError for one that is not known, unless there is a default."""
        kind = find_site_type(word, self.types, self.options.types)
        if kind:
            return kind
        if self.options.default_type:
            self.of_default_type[word] = self.of_default_type.get(word, 0) + 1
            return self.options.default_type
        raise InputError("{where}: type {word}: expected one of {known}; say what it is, "
                         "territory.site_types={{'{word}': …}}, or give one for all others, territory.site_type=…",
                         where=where, word=word or "''", known=sorted(self.types))

    def check_type(self, kind: str) -> None:
        """InputError for a default that is no type of site."""
        if kind not in self.types:
            raise InputError("territory.site_type = {word}: expected one of {known}", word=kind,
                             known=sorted(self.types))

    def read_figure(self, cells: Mapping[str, str], name: str, where: str) -> float | None:
        """The number in a cell; None where it is missing. InputError for anything else."""
        try:
            return parse_number(cells[name], self.decimals[name])
        except AmbiguousNumber:
            raise InputError("{where}: {name} is {word}: two or two thousand? Write it without a sign for thousands",
                             where=where, name=name, word=cells[name]) from None
        except ValueError:
            raise make_number_error(cells, name, where) from None

    def describe(self, columns: Mapping[str, str], rows: Sequence[RegisterRow]) -> None:
        """Notes on what was read as what."""
        self.register.notes.append(Message("{file}: read, {n} of {all} sites; columns {columns}", file=self.file,
                                           n=len(self.register.cards), all=len(rows),
                                           columns=tuple(f"{ours}={theirs}" for ours, theirs in columns.items())))
        if self.without_place:
            self.register.notes.append(Message("{file}: {n} lines without coordinates are left: {names}",
                                               file=self.file, n=len(self.without_place),
                                               names=_shorten(self.without_place)))
        if self.of_default_type:
            self.register.notes.append(Message("{file}: types not known, taken as {kind}: {names}", file=self.file,
                                               kind=self.options.default_type,
                                               names=_shorten([word or "''" for word in self.of_default_type])))


def _shorten(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(names[:MAX_NAMED]) + (("…",) if len(names) > MAX_NAMED else ())
