"""Clichy-sous-Bois as shipped, in small files with INSEE's own columns, titles, encodings and marks.

Columns and their order are those of the published files: base-ic-evol-struct-pop, base-ic-couples-familles-menages,
base-ic-logement, base-ic-activite-residents (2022), BASE_TD_FILO_DISP_IRIS (2021), base-cc-… (2022), and the long files
DS_RP_POPULATION_PRINC, DS_RP_MENAGES_COMP, DS_RP_LOGEMENT_PRINC, DS_RP_EMPLOI_LR_PRINC (2022), DS_FILOSOFI_CC (2021).
Columns that the loader does not read hold 0.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl

from simulator.world.population.communes import Margins, apportion_total, load_commune_counts

CODE, PARTS = "93014", 12
CLICHY = load_commune_counts()[93014]
IC_POPULATION = (
    "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP;P22_POP0002;P22_POP0305;P22_POP0610;P22_POP1117;P22_POP1824;P22_POP2539;"
    "P22_POP4054;P22_POP5564;P22_POP6579;P22_POP80P;P22_POP0014;P22_POP1529;P22_POP3044;P22_POP4559;P22_POP6074;"
    "P22_POP75P;P22_POP0019;P22_POP2064;P22_POP65P;P22_POPH;P22_H0014;P22_H1529;P22_H3044;P22_H4559;P22_H6074;P22_H75P;"
    "P22_H0019;P22_H2064;P22_H65P;P22_POPF;P22_F0014;P22_F1529;P22_F3044;P22_F4559;P22_F6074;P22_F75P;P22_F0019;"
    "P22_F2064;P22_F65P;C22_POP15P;C22_POP15P_STAT_GSEC11_21;C22_POP15P_STAT_GSEC12_22;C22_POP15P_STAT_GSEC13_23;"
    "C22_POP15P_STAT_GSEC14_24;C22_POP15P_STAT_GSEC15_25;C22_POP15P_STAT_GSEC16_26;C22_POP15P_STAT_GSEC32;"
    "C22_POP15P_STAT_GSEC40;P22_POP_FR;P22_POP_ETR;P22_POP_IMM;P22_PMEN;P22_PHORMEN").split(";")
IC_HOUSEHOLDS = (
    "IRIS;COM;TYP_IRIS;LAB_IRIS;C22_MEN;C22_MENPSEUL;C22_MENHSEUL;C22_MENFSEUL;C22_MENSFAM;C22_MENFAM;C22_MENCOUPSENF;"
    "C22_MENCOUPAENF;C22_MENFAMMONO;C22_PMEN;C22_PMEN_MENPSEUL;P22_POP15P;P22_POP1524;P22_POP2554;C22_FAM;"
    "C22_COUPAENF;C22_FAMMONO").split(";")
IC_HOUSING = (
    "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_LOG;P22_RP;P22_RSECOCC;P22_LOGVAC;P22_MAISON;P22_APPART;P22_RP_1P;P22_RP_2P;"
    "P22_RPMAISON;P22_RPAPPART;P22_MEN;P22_PMEN;P22_RP_PROP;P22_RP_LOC;P22_RP_LOCHLMV;P22_RP_GRAT;P22_NPER_RP").split(";")
IC_ACTIVITY = (
    "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP1564;P22_POP1524;P22_POP2554;P22_POP5564;P22_H1564;P22_F1564;P22_ACT1564;"
    "P22_ACT1524;P22_ACT2554;P22_ACT5564;P22_ACTOCC1564;P22_CHOM1564;P22_CHOM1524;P22_INACT1564;C22_ACT1564").split(";")
IC_INCOME = (
    "IRIS;DISP_TP6021;DISP_INCERT21;DISP_Q121;DISP_MED21;DISP_Q321;DISP_EQ21;DISP_D121;DISP_D221;DISP_D321;DISP_D421;"
    "DISP_D621;DISP_D721;DISP_D821;DISP_D921;DISP_RD21;DISP_S80S2021;DISP_GI21;DISP_PACT21;DISP_PTSA21;DISP_PCHO21;"
    "DISP_PBEN21;DISP_PPEN21;DISP_PPAT21;DISP_PPSOC21;DISP_PPFAM21;DISP_PPMINI21;DISP_PPLOGT21;DISP_PIMPOT21;"
    "DISP_NOTE21").split(";")
SHARES = [0.6 + 0.07 * part for part in range(PARTS)]
MEDIAN_STEPS = [-550 + 100 * part for part in range(PARTS)]


def figures(margins: Margins = CLICHY) -> dict[str, float]:
    """INSEE's name of a column, without its year, to the commune's figure."""
    m, (couples, with_children, lone) = margins, margins.household_kind_counts[1:4]
    return {
        "POP": m.population, "POP0014": m.age0_14, "POP1529": m.age15_29, "POP3044": m.age30_44, "POP4559": m.age45_59,
        "POP6074": m.age60_74, "POP75P": m.age75_89 + m.age90p, "POP7589": m.age75_89, "POP90P": m.age90p,
        "MEN": m.households, "MENPSEUL": m.one_person, "MENSFAM": m.households - m.one_person - m.family_households,
        "MENFAM": m.family_households, "MENCOUPSENF": int(couples), "MENCOUPAENF": int(with_children),
        "MENFAMMONO": int(lone), "LOG": m.households * 1.08, "RP": m.households, "MAISON": m.households * 0.2,
        "RPMAISON": m.households * 0.18, "RP_PROP": m.owner_occupied, "RP_LOCHLMV": m.households * 0.3,
        "ACT1564": m.active15_64, "CHOM1564": m.unemployed15_64, "ACT1524": m.active15_24,
        "CHOM1524": m.unemployed15_24,
    }


def iris_codes(commune: str = CODE) -> list[str]:
    """Codes of the commune's IRIS."""
    return [f"{commune}{101 + part:04d}" for part in range(PARTS)]


def iris_figures() -> list[dict[str, float]]:
    """The figures of each IRIS: whole numbers that add up to the commune's, in unequal shares."""
    whole = figures()
    split = {name: apportion_total(SHARES, round(value)) for name, value in whole.items()}  # type: ignore[arg-type]
    return [{name: int(values[part]) for name, values in split.items()} for part in range(PARTS)]


def medians() -> list[float]:
    """Median income of each IRIS; their mean, weighted by residents, is the commune's."""
    people = [one["POP"] for one in iris_figures()]
    shift = sum(step * n for step, n in zip(MEDIAN_STEPS, people)) / sum(people)
    return [CLICHY.median_income_eur + step - shift for step in MEDIAN_STEPS]


def lines(columns: Sequence[str], keys: Iterable[Sequence[str]], values: Iterable[dict[str, float]]) -> list[list[str]]:
    """Rows in the order of the columns, codes first; columns that nobody reads hold 0."""
    out = []
    for codes, found in zip(keys, values):
        figures_of_row = [str(found.get(name.partition("_")[2], 0)) for name in columns[len(codes):]]
        out.append([*codes, *figures_of_row])
    return out


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], encoding: str = "utf-8") -> bytes:
    """A CSV as INSEE writes it: semicolons, Windows line ends."""
    return "".join(";".join(map(str, row)) + "\r\n" for row in (columns, *rows)).encode(encoding)


def ic_rows(columns: Sequence[str]) -> list[list[str]]:
    """Rows of a base by IRIS."""
    return lines(columns, [(code, CODE, "H", "1") for code in iris_codes()], iris_figures())


def income_rows() -> list[list[str]]:
    """Rows of the incomes by IRIS, with decimal commas."""
    return [[code, f"{CLICHY.poverty_pct:.1f}".replace(".", ","), "1", "", f"{median:.2f}".replace(".", ","),
             *["0"] * (len(IC_INCOME) - 5)] for code, median in zip(iris_codes(), medians())]


def write_by_iris(folder: Path) -> Path:
    """The five bases by IRIS, zipped with their metadata, as downloaded."""
    folder.mkdir(parents=True)
    tables = {"base-ic-evol-struct-pop-2022": IC_POPULATION, "base-ic-couples-familles-menages-2022": IC_HOUSEHOLDS,
              "base-ic-logement-2022": IC_HOUSING, "base-ic-activite-residents-2022": IC_ACTIVITY}
    for name, columns in tables.items():
        with zipfile.ZipFile(folder / f"{name}_csv.zip", "w") as archive:
            archive.writestr(f"{name}.CSV", to_csv(columns, ic_rows(columns)))
            archive.writestr(f"meta_{name}.CSV", "COD_VAR;LIB_VAR;LIB_VAR_LONG;COD_MOD;LIB_MOD\r\nIRIS;IRIS;;;\r\n")
    with zipfile.ZipFile(folder / "BASE_TD_FILO_IRIS_2021_DISP_CSV.zip", "w") as archive:
        archive.writestr("BASE_TD_FILO_IRIS_2021_DISP.csv", to_csv(IC_INCOME, income_rows()))
        archive.writestr("meta_BASE_TD_FILO_IRIS_2021_DISP.csv", "VARIABLE;LIBELLE\r\nDISP_MED21;Médiane\r\n")
    return folder


def write_by_commune(folder: Path) -> Path:
    """The bases by commune, in Latin-1: several censuses side by side, other communes too."""
    folder.mkdir(parents=True)
    found = figures()
    topics = {"base-cc-evol-struct-pop": ("P", ("POP", "POP0014", "POP1529", "POP3044", "POP4559", "POP6074", "POP7589",
                                                "POP90P")),
              "base-cc-coupl-fam-men": ("C", ("MEN", "MENPSEUL", "MENSFAM", "MENFAM", "MENCOUPSENF", "MENCOUPAENF",
                                              "MENFAMMONO")),
              "base-cc-logement": ("P", ("LOG", "RP", "MAISON", "RPMAISON", "RP_PROP", "RP_LOCHLMV")),
              "base-cc-emploi-pop-active": ("P", ("ACT1564", "CHOM1564", "ACT1524", "CHOM1524"))}
    for name, (letter, columns) in topics.items():
        head = ["CODGEO", *(f"{letter}{year}_{one}" for year in (22, 16, 11) for one in columns)]
        row = [str(found[one] * factor) for factor in (1, 0.9, 0.8) for one in columns]
        (folder / f"{name}-2022.CSV").write_bytes(to_csv(head, [["01001", *row], [CODE, *row]], "latin-1"))
    (folder / "cc_filosofi_2021_COM.csv").write_bytes(to_csv(
        ["CODGEO", "LIBGEO", "NBMENFISC21", "NBPERSMENFISC21", "MED21", "PIMP21", "TP6021", "TP60AGE121"],
        [["01001", "L'Abergement-Clémenciat", "s", "s", "s", "s", "s", "s"],
         [CODE, "Clichy-sous-Bois", "9000", "28000", f"{CLICHY.median_income_eur}", "s", f"{CLICHY.poverty_pct}", "s"]],
        "latin-1"))
    return folder


def write_long(folder: Path, ages: Sequence[tuple[str, int]] = ()) -> Path:
    """The long files by commune, each zipped with its metadata. ages: code and residents of each band."""
    folder.mkdir(parents=True)
    m, f = CLICHY, figures()
    ages = ages or [("Y_LT15", m.age0_14), ("Y15T29", m.age15_29), ("Y30T44", m.age30_44), ("Y45T59", m.age45_59),
                    ("Y60T74", m.age60_74), ("Y_GE75", m.age75_89 + m.age90p)]
    people = [(code, "_T", "POP", n) for code, n in [*ages, ("Y_LT20", 999), ("Y20T64", 999), ("_T", m.population)]]
    population = [[age, CODE, level, measure, sex, year, n * factor] for age, sex, measure, n in people
                  for level in ("COM", "BV2022") for year, factor in (("2022", 1), ("2016", 0.9))]
    kinds = {"_T": "MEN", "11": "MENPSEUL", "110": "", "12": "MENSFAM", "2": "MENFAM", "MF21": "MENFAMMONO",
             "MF221": "MENCOUPSENF", "MF222": "MENCOUPAENF"}
    households = [[CODE, "COM", pcs, "_T", measure, tph, "2022", f.get(name, 5)] for tph, name in kinds.items()
                  for measure in ("DWELLINGS", "DWELLINGS_POPSIZE") for pcs in (("_T", "1") if measure == "DWELLINGS"
                                                                                else ("_T",))
                  if not (pcs == "1" and tph == "_T")]
    homes = [("_T", "_T", "_T", "LOG"), ("DW_MAIN", "_T", "_T", "RP"), ("DW_MAIN", "100", "_T", "RP_PROP"),
             ("DW_MAIN", "221", "_T", "RP_LOCHLMV"), ("DW_MAIN", "200", "_T", ""), ("DW_MAIN", "_T", "1", "RPMAISON"),
             ("_T", "_T", "1", "MAISON"), ("DW_VAC", "_T", "_T", "")]
    housing = [[CODE, "COM", ocs, "_T", tdw, "_T", "DWELLINGS", "_T", "_T", tsh, "_T", "_T", "A", "A", "2022",
                f.get(name, 7)] for ocs, tsh, tdw, name in homes]
    activity = [[CODE, "COM", "_T", age, status, "_T", "POP", "2022", f.get(name, 9)]
                for age, status, name in (("Y15T64", "1T2", "ACT1564"), ("Y15T64", "2", "CHOM1564"),
                                          ("Y15T64", "_T", ""), ("Y15T24", "1T2", "ACT1524"),
                                          ("Y15T24", "2", "CHOM1524"))]
    income = [[CODE, "COM", measure, unit, "0", status, "A", "2021", value] for measure, unit, status, value in
              (("MED_SL", "EUR_YR", "F", m.median_income_eur), ("PR_MD60", "PT", "F", m.poverty_pct),
               ("D1_SL", "EUR_YR", "C", ""))]
    for name, head, rows in (
            ("DS_RP_POPULATION_PRINC_2022", "AGE;GEO;GEO_OBJECT;RP_MEASURE;SEX;TIME_PERIOD;OBS_VALUE", population),
            ("DS_RP_MENAGES_COMP_2022", "GEO;GEO_OBJECT;PCS;PREFPH;RP_MEASURE;TPH;TIME_PERIOD;OBS_VALUE", households),
            ("DS_RP_LOGEMENT_PRINC_2022", "GEO;GEO_OBJECT;OCS;L_STAY;TDW;CARS;RP_MEASURE;CARPARK;NOR;TSH;BUILD_END;"
                                          "NRG_SRC;FREQ;OBS_STATUS;TIME_PERIOD;OBS_VALUE", housing),
            ("DS_RP_EMPLOI_LR_PRINC_2022", "GEO;GEO_OBJECT;SEX;AGE;EMPSTA_ENQ;EDUC;RP_MEASURE;TIME_PERIOD;OBS_VALUE",
             activity),
            ("DS_FILOSOFI_CC_2021", "GEO;GEO_OBJECT;FILOSOFI_MEASURE;UNIT_MEASURE;UNIT_MULT;CONF_STATUS;OBS_STATUS;"
                                    "TIME_PERIOD;OBS_VALUE", income)):
        quoted = [[f'"{cell}"' if isinstance(cell, str) else cell for cell in row] for row in rows]
        with zipfile.ZipFile(folder / f"{name}_CSV_FR.zip", "w") as archive:
            archive.writestr(f"{name}_data.csv", to_csv([f'"{one}"' for one in head.split(";")], quoted))
            archive.writestr(f"{name}_metadata.csv", '"COD_VAR";"LIB_VAR";"COD_MOD"\r\n"GEO";"Commune";"01001"\r\n')
    return folder


def write_workbook(file: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A workbook as INSEE ships it: a title, a date, a source, long labels, then codes; notes on a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "IRIS"
    for line in (["Population en 2022 - IRIS"], ["Mise en ligne le 21/10/2025"], ["France hors Mayotte"],
                 ["Source : Insee, RP2022"], [f"Libellé de {name}" for name in columns], list(columns)):
        sheet.append(line)
    for row in rows:
        sheet.append([float(cell) if place > 3 else cell for place, cell in enumerate(row)])
    notes = book.create_sheet("Variables")
    notes.append(["COD_VAR", "LIB_VAR"])
    notes.append(["IRIS", "Code de l'IRIS"])
    book.save(file)


def write_workbooks(folder: Path) -> Path:
    """The bases by IRIS as workbooks, incomes as CSV."""
    folder.mkdir(parents=True)
    for name, columns in (("base-ic-evol-struct-pop-2022", IC_POPULATION), ("base-ic-logement-2022", IC_HOUSING),
                          ("base-ic-couples-familles-menages-2022", IC_HOUSEHOLDS),
                          ("base-ic-activite-residents-2022", IC_ACTIVITY)):
        write_workbook(folder / f"{name}.xlsx", columns, ic_rows(columns))
    (folder / "BASE_TD_FILO_IRIS_2021_DISP.csv").write_bytes(to_csv(IC_INCOME, income_rows()))
    return folder
