"""What a place's figures are when a file is missing or silent: its commune's, the published ones, the département's."""

from __future__ import annotations

from collections.abc import Mapping

from ...i18n.refusal import Refusal
from ...parameters import Model
from ...world.places.official_data import number
from ...world.places.outline import Outline
from ...world.population.communes import Margins, communes
from .counts import BANDS, FAMILIES, Figures, Place, poverty, usual
from .topic import TOPICS, Source

SUM = 0.02
"""The most by which ages may differ from residents, kinds from households, in share of the whole; plus one."""
TITLES = ("LIBCOM", "LIBGEO")
"""Columns that may hold a commune's name."""
OLDEST = ("age75_89", "age90p")


class Filler:
    """Places out of tables and outlines. came_from: topic to where it came from, for people and for the run's id."""

    def __init__(self, tables: Mapping[tuple[str, bool], Source], shapes: Mapping[str, Outline]) -> None:
        self.tables, self.shapes, self.usual, self.settings = tables, shapes, usual(), Model()
        self.came_from: dict[str, str] = {}

    def tell(self, topic: str, source: str) -> None:
        """Remember where a topic came from, every source once."""
        known = self.came_from.get(topic, "")
        if source not in known.split(", "):
            self.came_from[topic] = f"{known}, {source}" if known else source

    def residents(self, code: str) -> float | None:
        """Residents of a commune by the table of communes, None without one."""
        source = self.tables.get(("population", False))
        row = source.read(code) if source else None
        return row["population"] if row else None

    def parts(self, code: str) -> list[Place]:
        """The commune's IRIS; none when no table of residents tells them apart, or there is only one."""
        source = self.tables.get(("population", True))
        known = sorted(one for one in source.sheet.rows if one[:5] == code) if source else []
        return [self._place(one, self._figures(one)) for one in known]

    def commune(self, code: str, figures: Figures | None = None) -> Place:
        """The commune as a whole, by the tables of communes unless its figures are given."""
        return self._place(code, figures or self._figures(code))

    def placed(self, code: str) -> bool:
        """True if every IRIS of the commune has its outline."""
        source = self.tables["population", True]
        missing = [one for one in source.sheet.rows if one[:5] == code and one not in self.shapes]
        self.tell("places", f"{code}: {len(missing)} without" if missing else "outlines")
        return not missing

    def _place(self, code: str, figures: Figures) -> Place:
        """Name, centre and area: by its outline, its commune's outline, or as published."""
        shape = self.shapes.get(code) or self.shapes.get(code[:5])
        old = communes().get(number(code[:5]))
        inside = [one for one in self.shapes.values() if one.commune == code[:5] and len(one.code) > 5]
        if shape is None and old is None and inside:
            area = sum(one.area_km2 for one in inside)
            lon, lat = (sum(one.area_km2 * one.centre[k] for one in inside) / area for k in (0, 1))
            return Place(code, self._name(code[:5], inside), lon, lat, area, figures)
        if shape is not None and (len(shape.code) == len(code) or old is None):
            return Place(code, old.name if old else shape.name, *shape.centre, shape.area_km2, figures)
        if old is None:
            raise Refusal("{code}: no outline says where it lies and how large it is: expected a GeoJSON of communes "
                          "or IRIS in the folder; add one",
                          "{code} : aucun contour ne dit où elle est ni sa surface : attendu un GeoJSON des communes "
                          "ou des IRIS dans le dossier ; ajoutez-en un", code=code[:5])
        return Place(code, old.name, old.lon, old.lat, old.area_km2, figures)

    def _name(self, commune: str, inside: list[Outline]) -> str:
        """The commune's name by a table, or by outlines of IRIS that all bear it; else its code."""
        for source in self.tables.values():
            column = next((source.sheet.columns[one] for one in TITLES if one in source.sheet.columns), None)
            cells = next((row for code, row in source.sheet.rows.items() if code[:5] == commune), [])
            if column is not None and column < len(cells) and cells[column].strip():
                return cells[column].strip()
        names = {one.name for one in inside}
        return names.pop() if len(names) == 1 else commune

    def _figures(self, code: str) -> Figures:
        """Counts of a place, complete. Refusal when a table that has its topic does not know it."""
        read = {topic: self._read(topic, code) for topic in TOPICS if topic != "income"}
        like = communes().get(number(code[:5]), self.usual)
        found = _ages(read["population"], self.tables, code, like)
        people = found["population"]
        found |= _households(read["households"], read["housing"], people, like, code)
        found |= _homes(read["housing"], found["households"], like)
        found |= _work(read["activity"], people, like)
        found |= self._income(code, like)
        return found | {"flood_share": like.flood_share, "failing_share": like.failing_share}

    def _income(self, code: str, like: Margins) -> Figures:
        """Median and rate of poverty; where secret, the mean median of the commune's other IRIS."""
        source = self.tables.get(("income", True))
        others = [row["median"] for one in (source.sheet.rows if source else ())
                  if source and one[:5] == code[:5] and (row := source.read(one)) and row["median"]]
        figures: Mapping[str, float | None] | None = self._read("income", code, "neighbours" if others else "")
        if figures is None:
            median, rate = (sum(others) / len(others), 0.0) if others else (like.median_income_eur, like.poverty_pct)
        else:
            median, rate = figures["median"] or like.median_income_eur, figures.get("poverty") or 0.0
        return {"median": median, "poverty": poverty(median, rate, self.settings)}

    def _read(self, topic: str, code: str, instead: str = "") -> Mapping[str, float | None] | None:
        """A topic of a place by the first table that has it: of IRIS, then of communes, in proportion."""
        main = TOPICS[topic][2][0]
        for by_iris in (True, False) if len(code) > 5 else (False,):
            source = self.tables.get((topic, by_iris))
            row = source.read(code if by_iris else code[:5]) if source else None
            if source and row and row.get(main) is not None:
                self.tell(topic, f"{'iris' if by_iris else 'commune'} {source.year}")
                return row
            if source and row is None and topic == "population" and by_iris == (len(code) > 5):
                raise Refusal("{name}: no line for {code}; check territory.communes, or the file",
                              "{name} : aucune ligne pour {code} ; vérifiez territory.communes, ou le fichier",
                              name=source.sheet.name, code=code)
        self.tell(topic, instead or ("published" if number(code[:5]) in communes() else "93"))
        return None


def _ages(row: Mapping[str, float | None] | None, tables: Mapping[tuple[str, bool], Source], code: str,
          like: Margins) -> Figures:
    """Residents by age. Refusal when ages do not add up; the oldest are parted as in the commune."""
    if row is None:
        raise Refusal("{code}: no table says how many residents it has; check territory.communes, or add the file",
                      "{code} : aucun tableau ne dit son nombre d'habitants ; vérifiez territory.communes, ou ajoutez "
                      "le fichier", code=code)
    found = {name: value or 0.0 for name, value in row.items()}
    source = tables.get(("population", False))
    commune = source.read(code[:5]) if source else None
    if "age75_89" not in found or "age90p" not in found:
        old = [float((commune or {}).get(name) or 0) for name in OLDEST]
        old = old if sum(old) else [float(like.age75_89), float(like.age90p)]
        for name, part in zip(OLDEST, old):
            found[name] = found["age75p"] * part / sum(old)
    total = sum(found[band] for band in BANDS)
    _adds_up(code, total, found["population"], ("ages", "les âges"))
    return {name: found[name] for name in ("population", *BANDS)}


def _adds_up(code: str, found: float, whole: float, what: tuple[str, str]) -> None:
    if abs(found - whole) > SUM * whole + 1:
        raise Refusal("{code}: {what} sum to {found:.0f}, the total is {whole:.0f}: expected the same within "
                      "{most:.0f} %; check the file",
                      "{code} : {quoi} totalisent {found:.0f}, le total est {whole:.0f} : attendu le même nombre à "
                      "{most:.0f} % près ; vérifiez le fichier",
                      code=code, what=what[0], quoi=what[1], found=found, whole=whole, most=100 * SUM)


def _households(row: Mapping[str, float | None] | None, housing: Mapping[str, float | None] | None, people: float,
                like: Margins, code: str) -> Figures:
    """Households by kind; without a file as many as main homes, of kinds as in the commune that stands in."""
    if row is not None:
        found = {name: value or 0.0 for name, value in row.items()}
        families = sum(found[name] for name in FAMILIES)
        others = found.get("others", max(0.0, found["households"] - found["one_person"] - families))
        _adds_up(code, found["one_person"] + families + others, found["households"],
                 ("kinds of households", "les types de ménages"))
        return {"others": others, **{name: found[name] for name in ("households", "one_person", *FAMILIES)}}
    homes = (housing or {}).get("homes") or people * like.households / like.population
    kinds = dict(zip(("one_person", *FAMILIES, "others"), map(float, like.kinds)))
    return {"households": homes, **{name: homes * kind / like.households for name, kind in kinds.items()}}


def _homes(row: Mapping[str, float | None] | None, households: float, like: Margins) -> Figures:
    """Owners, social housing and houses among main homes, scaled to the households."""
    usual_owners = {"owners": households * like.owner_occupied / like.households}
    if not row or not row.get("homes"):
        return usual_owners
    f = {name: value for name, value in row.items() if value is not None}
    if "houses" not in f and f.get("all_homes") and "all_houses" in f:
        f["houses"] = f["homes"] * min(1.0, f["all_houses"] / f["all_homes"])
    return {"homes": households, **usual_owners, **{name: households * min(1.0, f[name] / f["homes"])
                                                    for name in ("owners", "social", "houses") if name in f}}


def _work(row: Mapping[str, float | None] | None, people: float, like: Margins) -> Figures:
    """Active and unemployed residents of two ages; without a file as in the commune that stands in."""
    names = ("active15_64", "unemployed15_64", "active15_24", "unemployed15_24")
    if row and all(row.get(name) is not None for name in names):
        return {name: float(row[name] or 0) for name in names}
    return {name: people * getattr(like, name) / like.population for name in names}
