# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Une commune à partir des fichiers de l'INSEE · A commune out of INSEE's files
#
# Les fichiers fabriqués ici sont petits et inventés, mais dans la forme de ceux que l'INSEE publie : un vrai dossier se
# lit de même. En ligne de commande : `territory.data=dossier`, `territory.communes=[…]`, `territory.sites=sites.csv`.
#
# *The files created here are small and invented, but have the format in which INSEE publishes them: a real folder is
# read the same way. On the command line: `territory.data=folder`, `territory.communes=[…]`,
# `territory.sites=sites.csv`.*

# %%
import json
from pathlib import Path
from tempfile import mkdtemp

import matplotlib.pyplot as plt

import simulator
from simulator import Run, Scenario, TerritoryModel
from simulator.cards.reader import build_card, read_yaml_card
from simulator.config.official.data_provenance import describe_data_provenance
from simulator.config.places.territory import resolve_territory
from simulator.world.places.outline import read_outlines
from simulator.world.sites.site_card import SiteCard

LANG = "fr"  # or "en"
ROOT = Path(simulator.__file__).resolve().parents[1]
folder = Path(mkdtemp(prefix="insee-"))

# %% [markdown]
# ## Les fichiers · The files
#
# Quatre IRIS d'une commune inventée. Il n'y a ni logement ni activité : nous verrons ce qui en tient lieu. Un revenu
# est secret.
#
# *Four IRIS of an invented commune. Files on housing and activity are missing: see below what replaces them. One income
# is confidential.*

# %%
COMMUNE, WEST, SOUTH, SIDE = "37999", 0.680, 47.390, 0.010
IRIS = {f"{COMMUNE}0101": (620, "15200"), f"{COMMUNE}0102": (540, "24800"), f"{COMMUNE}0103": (480, "ns"),
        f"{COMMUNE}0104": (410, "19900")}
AGES = {"0014": 0.20, "1529": 0.20, "3044": 0.22, "4559": 0.19, "6074": 0.12, "75P": 0.07}
HOMES = {"MEN": 1.0, "MENPSEUL": 0.35, "MENSFAM": 0.03, "MENFAM": 0.62, "MENCOUPSENF": 0.17, "MENCOUPAENF": 0.30,
         "MENFAMMONO": 0.15}


def write(name: str, head: list[str], lines: list[list]) -> None:
    """Write a CSV file as INSEE publishes it."""
    rows = [";".join(head), *(";".join(str(cell) for cell in line) for line in lines)]
    (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")


write("base-ic-evol-struct-pop-2021.CSV", ["IRIS", "COM", "P21_POP", *(f"P21_POP{age}" for age in AGES)],
      [[code, COMMUNE, people, *(people * share for share in AGES.values())] for code, (people, _) in IRIS.items()])
write("base-ic-couples-familles-menages-2021.CSV", ["IRIS", "COM", *(f"C21_{kind}" for kind in HOMES)],
      [[code, COMMUNE, *(people / 2.4 * share for share in HOMES.values())] for code, (people, _) in IRIS.items()])
write("BASE_TD_FILO_DISP_IRIS_2021.csv", ["IRIS", "DISP_TP6021", "DISP_MED21"],
      [[code, "ns", median] for code, (_, median) in IRIS.items()])


def square(column: int, row: int) -> list:
    """The outline of one cell of a grid, in degrees."""
    x, y = WEST + SIDE * column, SOUTH + SIDE * row
    return [[[x, y], [x + SIDE, y], [x + SIDE, y + SIDE], [x, y + SIDE], [x, y]]]


shapes = [{"type": "Feature", "properties": {"CODE_IRIS": code, "NOM_COM": "Bourg-Neuf"},
           "geometry": {"type": "Polygon", "coordinates": square(place % 2, place // 2)}}
          for place, code in enumerate(IRIS)]
(folder / "iris.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": shapes}))
register = folder / "sites.csv"
register.write_text("name;type;lon;lat;capacity;hours;staff;grants\n"
                    "Le Potager;garden;0,685;47,395;40;20;0,5;2\nMaison du Bourg;social_centre;0,695;47,405;;;;\n")
data = folder / "files"
data.mkdir()
for file in [*folder.glob("*.CSV"), *folder.glob("BASE*.csv"), folder / "iris.geojson"]:
    file.rename(data / file.name)

# %% [markdown]
# ## Lire · Read
#
# `resolve_territory` vérifie tout (colonnes, codes, totaux, années) et rend du contenu : la simulation ne dépend plus
# de l'endroit où sont les fichiers. Ce qui manque est dit.
#
# *`resolve_territory` checks everything (columns, codes, totals, years) and returns the content: the run no longer
# depends on where the files are. Missing data are reported.*

# %%
types = [build_card(SiteCard, read_yaml_card(file)[0], file.name)
         for file in sorted((ROOT / "configs" / "site").glob("*.yaml"))]
card = {"id": "bourg_neuf", "label_fr": "Bourg-Neuf", "label_en": "Bourg-Neuf", "communes": [COMMUNE],
        "data": str(data), "sites": str(register)}
place, sites = resolve_territory(card, types)
for line in describe_data_provenance(place.official_data, LANG):
    print("·", line)
for iris in place.official_data.communes[0].iris_data:
    margins = iris.margins
    print(iris.code, margins.population, margins.households, margins.median_income_eur, margins.poverty_pct)

# %% [markdown]
# ## Simuler · Simulate

# %%
model = TerritoryModel(Run(Scenario(place, sites=tuple(sites))))
for _ in range(4):
    model.step()
print(model.datacollector.get_model_vars_dataframe().tail(2))
assert model.world.people.rows == sum(people for people, _ in IRIS.values())

# %%
iris_data = place.official_data.communes[0].iris_data
fig, axes = plt.subplots(figsize=(5, 4.5), layout="constrained")
for shape in read_outlines(data / "iris.geojson").values():
    for rings in shape.polygons:
        axes.fill(*rings[0].T, facecolor="#dfe8ef", edgecolor="white", linewidth=2)
for iris in iris_data:
    margins = iris.margins
    axes.annotate(f"{iris.code[-4:]}\n{margins.population}", (margins.lon, margins.lat + 0.002), ha="center")
for site in sites:
    if not site.generic:
        axes.plot(site.lon, site.lat, "o", color="#b5452c")
        axes.annotate(site.label_fr, (site.lon, site.lat - 0.0012), ha="center", fontsize=8)
axes.set(title="Habitants par IRIS et lieux · Residents by IRIS and sites", aspect=1.47)
axes.axis("off")
plt.show()

# %% [markdown]
# ## Les vrais contours · True outlines
#
# Quand les contours des communes de Seine-Saint-Denis sont à côté du projet, voici ce qu'ils donnent ; sinon rien.
#
# *If a file with the outlines of the communes of Seine-Saint-Denis is beside the project, they are drawn here.*

# %%
beside = ROOT.parent / "shared" / "facts" / "communes93.geojson"
if beside.is_file():
    towns = read_outlines(beside)
    fig, axes = plt.subplots(figsize=(6, 5), layout="constrained")
    for town in towns.values():
        for rings in town.polygons:
            axes.fill(*rings[0].T, facecolor="#dfe8ef", edgecolor="white")
    axes.set(title=f"{len(towns)} communes", aspect=1.52)
    axes.axis("off")
    plt.show()
