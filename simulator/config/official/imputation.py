"""Completes the figures of areas where files or cells are missing.

In order: the table by IRIS, that by commune in proportion, published counts of the commune, means of the département.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...i18n.input_error import InputError
from ...i18n.translation import Message
from ...parameters import Model
from ...world.places.insee_code import COMMUNE_CODE_LENGTH, UNDIVIDED_IRIS, is_undivided
from ...world.places.official_data import parse_commune_code
from ...world.places.outline import Outline
from ...world.population.communes import Margins, load_commune_counts
from .census_area import AGE_BANDS, FAMILIES, CensusArea, Figures, average_department, reconcile_poverty_rate
from .iris_places import locate_iris
from .topic import TOPIC_COLUMNS, TopicSource

MAX_SUM_GAP = 0.02
"""Largest gap between the sum of ages and residents, or of kinds and households, as a share of the total; plus one."""
UNKNOWN_EXPOSURE = 0.0
"""Share of neighbourhoods in flood zones, and of homes in failing buildings, where nothing gives it: none."""
OLDEST_AGE_BANDS = ("age75_89", "age90p")


class FigureImputer:
    """Areas with complete figures, from tables and outlines.

    provenance: topic to its sources, for the user and for the id of the run. Sources are "iris 2021", "commune 2021",
    or a stand-in and why it is needed: "93 no_file", "published no_line 93055", "neighbours secret".
    """

    def __init__(self, tables: Mapping[tuple[str, bool], TopicSource], outlines: Mapping[str, Outline],
                 names: Mapping[str, str]) -> None:
        self.tables, self.outlines, self.names = tables, outlines, names
        self.department_margins, self.settings = average_department(), Model()
        self.provenance: dict[str, str] = {}

    def record_source(self, topic: str, source: str) -> None:
        """Note a source of a topic, each source once."""
        sources = self.provenance.get(topic, "")
        if source not in sources.split(", "):
            self.provenance[topic] = f"{sources}, {source}" if sources else source

    def read_residents(self, code: str) -> float | None:
        """Residents of a commune by the table of communes; None without one."""
        source = self.tables.get(("population", False))
        row = source.read_figures(code) if source else None
        return row["population"] if row else None

    def read_commune_income(self, code: str) -> Figures:
        """Median income and poverty rate of a whole commune by the table of communes; empty where it has none."""
        source = self.tables.get(("income", False))
        row = source.read_figures(code) if source else None
        if not row or not row["median"]:
            return {}
        median = row["median"]
        return {"median": median, "poverty": reconcile_poverty_rate(median, row.get("poverty") or 0.0, self.settings)}

    def list_iris_codes(self, code: str) -> list[str]:
        """Codes of the commune's IRIS in the table of residents; empty if it is not by IRIS."""
        source = self.tables.get(("population", True))
        return sorted(one for one in source.table.rows if one[:5] == code) if source else []

    def build_iris_areas(self, code: str) -> list[CensusArea]:
        """The areas of the commune's IRIS, by code; empty if no table of residents is by IRIS."""
        codes = self.list_iris_codes(code)
        places = locate_iris(codes, self.outlines, self._find_commune_outline(code))
        return [CensusArea(one, self.names.get(code, code), *places.get(one, self._locate_commune(code)),
                           self._complete_figures(one)) for one in codes]

    def build_commune_area(self, code: str, figures: Figures | None = None) -> CensusArea:
        """The area of the whole commune, with these figures or those of the tables of communes."""
        figures = figures or self._complete_figures(code)
        return CensusArea(code, self._find_commune_name(code), *self._locate_commune(code), figures)

    def note_outlines(self, code: str) -> bool:
        """True if outlines position the commune's IRIS; notes the answer as provenance of `places`."""
        codes = self.list_iris_codes(code)
        missing = [one for one in codes if one not in self.outlines]
        self.record_source("places", f"{code}: {len(missing)} of {len(codes)} without" if missing else "outlines")
        return len(missing) < len(codes)

    def _find_commune_outline(self, code: str) -> Outline | None:
        """The outline of a commune, also where it is drawn as its only IRIS."""
        return self.outlines.get(code) or self.outlines.get(code + UNDIVIDED_IRIS)

    def _locate_commune(self, code: str) -> tuple[float, float, float]:
        """Longitude, latitude and km2 of a commune: of its outline, the published commune or the outlines of its IRIS.

        InputError for a commune without any of them.
        """
        outline = self._find_commune_outline(code)
        if outline is not None:
            return (*outline.centre, outline.area_km2)
        published = load_commune_counts().get(parse_commune_code(code))
        if published is not None:
            return published.lon, published.lat, published.area_km2
        inside = [one for one in self.outlines.values() if one.commune == code]
        if not inside:
            raise InputError("{code}: no outline says where it lies and how large it is: expected a GeoJSON of "
                             "communes or IRIS in the folder; add one", code=code)
        area = sum(one.area_km2 for one in inside)
        lon, lat = (sum(one.area_km2 * one.centre[k] for one in inside) / area for k in (0, 1))
        return lon, lat, area

    def _find_commune_name(self, code: str) -> str:
        """The commune's name: published, in a table, or in its outlines; else its code."""
        if code in self.names:
            return self.names[code]
        own = self.outlines.get(code)
        drawn = {one.commune_name or (one.name if is_undivided(one.code) else "")
                 for one in self.outlines.values() if one.commune == code} - {""}
        return own.name if own else drawn.pop() if len(drawn) == 1 else code

    def _complete_figures(self, code: str) -> Figures:
        """All figures of an area. InputError if the table of residents lacks it."""
        read = {topic: self._read_topic(topic, code) for topic in TOPIC_COLUMNS if topic != "income"}
        published = load_commune_counts().get(parse_commune_code(code[:5]))
        reference = published or self.department_margins
        figures = _complete_ages(read["population"], self.tables, code, reference)
        people = figures["population"]
        figures |= _complete_households(read["households"], read["housing"], people, reference, code)
        figures |= _complete_homes(read["housing"], figures["households"], reference)
        figures |= _complete_activity(read["activity"], people, reference)
        figures |= self._complete_income(code, reference)
        return figures | {name: getattr(published, name) if published else UNKNOWN_EXPOSURE
                          for name in ("flood_share", "failing_share")}

    def _complete_income(self, code: str, reference: Margins) -> Figures:
        """Median income and poverty rate; if secret, the mean of the medians of the commune's other IRIS."""
        source = self.tables.get(("income", True))
        others = [row["median"] for one in (source.table.rows if source else ())
                  if source and one[:5] == code[:5] and (row := source.read_figures(one)) and row["median"]]
        figures: Mapping[str, float | None] | None = self._read_topic("income", code, "neighbours" if others else "")
        if figures is None:
            median = sum(others) / len(others) if others else reference.median_income_eur
            rate = 0.0 if others else reference.poverty_pct
        else:
            median, rate = figures["median"] or reference.median_income_eur, figures.get("poverty") or 0.0
        return {"median": median, "poverty": reconcile_poverty_rate(median, rate, self.settings)}

    def _read_topic(self, topic: str, code: str, stand_in: str = "") -> Mapping[str, float | None] | None:
        """Figures of a topic in the first table that has it, by IRIS, then by commune; None if no table has it.

        stand_in: what is noted to replace it then. InputError if the table of residents has no line for the area.
        """
        main = TOPIC_COLUMNS[topic][2][0]
        reason = "no_file"
        for by_iris in (True, False) if len(code) > COMMUNE_CODE_LENGTH else (False,):
            source = self.tables.get((topic, by_iris))
            row = source.read_figures(code if by_iris else code[:5]) if source else None
            if source and row and row.get(main) is not None:
                self.record_source(topic, f"{'iris' if by_iris else 'commune'} {source.year}")
                return row
            if source and reason != "secret":
                reason = f"no_line {code[:5]}" if row is None else "secret"
            if source and row is None and topic == "population" and by_iris == (len(code) > COMMUNE_CODE_LENGTH):
                raise InputError("{name}: no line for {code}; check territory.communes, or the file",
                                 name=source.table.name, code=code)
        is_published = parse_commune_code(code[:5]) in load_commune_counts()
        self.record_source(topic, f"{stand_in or ('published' if is_published else '93')} {reason}")
        return None


def _complete_ages(row: Mapping[str, float | None] | None, tables: Mapping[tuple[str, bool], TopicSource], code: str,
                   reference: Margins) -> Figures:
    """Residents by age; the oldest are split as in the commune. InputError if ages do not add up to the residents."""
    if row is None:
        raise InputError("{code}: no table says how many residents it has; check territory.communes, or add the file",
                         code=code)
    found = {name: value or 0.0 for name, value in row.items()}
    source = tables.get(("population", False))
    commune = source.read_figures(code[:5]) if source else None
    if "age75_89" not in found or "age90p" not in found:
        old = [float((commune or {}).get(name) or 0) for name in OLDEST_AGE_BANDS]
        old = old if sum(old) else [float(reference.age75_89), float(reference.age90p)]
        for name, part in zip(OLDEST_AGE_BANDS, old):
            found[name] = found["age75p"] * part / sum(old)
    total = sum(found[band] for band in AGE_BANDS)
    _check_sum(code, total, found["population"], Message("ages"))
    return {name: found[name] for name in ("population", *AGE_BANDS)}


def _check_sum(code: str, found: float, whole: float, what: Message) -> None:
    """InputError unless the parts sum to the total. what: name of the parts."""
    if abs(found - whole) > MAX_SUM_GAP * whole + 1:
        raise InputError("{code}: {what} sum to {found:.0f}, the total is {whole:.0f}: expected the same within "
                         "{most:.0f} %; check the file", code=code, what=what, found=found, whole=whole,
                         most=100 * MAX_SUM_GAP)


def _complete_households(row: Mapping[str, float | None] | None, housing: Mapping[str, float | None] | None,
                         people: float, reference: Margins, code: str) -> Figures:
    """Households by kind; without a file as many as main homes, with the kinds of the reference."""
    if row is not None:
        found = {name: value or 0.0 for name, value in row.items()}
        families = sum(found[name] for name in FAMILIES)
        others = found.get("others", max(0.0, found["households"] - found["one_person"] - families))
        _check_sum(code, found["one_person"] + families + others, found["households"],
                   Message("kinds of households"))
        return {"others": others, **{name: found[name] for name in ("households", "one_person", *FAMILIES)}}
    homes = (housing or {}).get("homes") or people * reference.households / reference.population
    kinds = dict(zip(("one_person", *FAMILIES, "others"), map(float, reference.household_kind_counts)))
    return {"households": homes, **{name: homes * kind / reference.households for name, kind in kinds.items()}}


def _complete_homes(row: Mapping[str, float | None] | None, households: float, reference: Margins) -> Figures:
    """Owners, social housing and houses among main homes, scaled to the number of households."""
    reference_owners = {"owners": households * reference.owner_occupied / reference.households}
    if not row or not row.get("homes"):
        return reference_owners
    f = {name: value for name, value in row.items() if value is not None}
    if "houses" not in f and f.get("all_homes") and "all_houses" in f:
        f["houses"] = f["homes"] * min(1.0, f["all_houses"] / f["all_homes"])
    shares = {name: min(1.0, f[name] / f["homes"]) for name in ("owners", "social", "houses") if name in f}
    return {"homes": households, **reference_owners, **{name: households * share for name, share in shares.items()}}


def _complete_activity(row: Mapping[str, float | None] | None, people: float, reference: Margins) -> Figures:
    """Active and unemployed residents of two age ranges; without a file in the proportions of the reference."""
    names = ("active15_64", "unemployed15_64", "active15_24", "unemployed15_24")
    if row and all(row.get(name) is not None for name in names):
        return {name: float(row[name] or 0) for name in names}
    return {name: people * getattr(reference, name) / reference.population for name in names}
