"""What the columns and the types of registers of sites are called, ours and those of others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from ...i18n.input_error import InputError
from .register_rows import simplify_column_name

FIGURE_COLUMNS = {"capacity": "places", "hours": "hours", "staff": "staff", "grants": "grants"}
"""Column to the entry of a site card; an empty cell keeps the value of the site's type."""
COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "name": ("name", "nom", "nom_structure", "nom_de_la_structure", "nom_du_lieu", "nom_lieu", "nom_site",
             "nom_usuel", "nom_officiel", "nom_etablissement", "nom_equipement", "denomination", "raison_sociale",
             "nomrs", "libelle", "intitule", "titre", "title", "appellation", "structure", "label"),
    "type": ("type", "categorie", "category", "type_lieu", "type_de_lieu", "type_structure", "type_de_structure",
             "type_equipement", "typologie", "famille", "nature", "kind", "sous_categorie", "thematique", "activite"),
    "lon": ("lon", "longitude", "lng", "long", "geo_lon", "x_wgs84", "wgs84_lon", "coord_lon", "coordonnees_lon"),
    "lat": ("lat", "latitude", "geo_lat", "y_wgs84", "wgs84_lat", "coord_lat", "coordonnees_lat"),
    "point": ("geo_point_2d", "geo_point", "geopoint", "geopoint2d", "geom_x_y", "coordonnees", "coordonnees_geo",
              "coordonnees_gps", "coordonnees_geographiques", "geolocalisation", "geocoordonnees", "gps", "lat_lon",
              "latlon", "latlng", "lat_lng", "localisation", "point_geo", "position", "geom", "geometry", "the_geom",
              "wkt"),
    "x": ("x", "lambert_x", "coord_x", "coordx", "x_l93", "x_lambert93", "coordonnees_x", "coordonnee_x"),
    "y": ("y", "lambert_y", "coord_y", "coordy", "y_l93", "y_lambert93", "coordonnees_y", "coordonnee_y"),
    "capacity": ("capacity", "capacite", "places", "capacite_accueil", "nombre_de_places", "jauge", "effectif"),
    "hours": ("hours", "heures", "horaires", "heures_semaine", "heures_par_semaine", "heures_ouverture"),
    "staff": ("staff", "postes", "etp", "salaries", "nb_salaries", "effectif_salarie", "nombre_etp"),
    "grants": ("grants", "subventions", "nb_subventions"),
}
"""Our name of a column to the names it is known by, without accents, words joined by _; the first found is used."""
ADDRESS_NAMES = ("adresse", "address", "adresse_postale", "adresse_complete", "rue", "voie", "adr", "code_postal",
                 "adresse_1", "adresse1", "nom_voie", "cp")
SITE_TYPE_WORDS = {
    # words in the name of a type -> our type; the first that occurs counts
    "garden": ("jardin", "garden", "potager", "ferme urbaine", "ferme pedagogique", "verger", "agriculture urbaine",
               "compost"),
    "third_place": ("tiers lieu", "tiers lieux", "third place", "fablab", "fab lab", "coworking", "cafe associatif",
                    "cafe", "ressourcerie", "recyclerie", "repair cafe", "atelier partage", "friche", "conciergerie",
                    "tiers espace", "hackerspace", "makerspace", "bar associatif"),
    "social_centre": ("centre social", "centres sociaux", "social centre", "centre socioculturel",
                      "centre socio culturel", "espace de vie sociale", "maison de quartier", "maison des associations",
                      "maison de la jeunesse", "mjc", "evs", "centre d animation", "maison pour tous", "foyer",
                      "point information jeunesse", "accueil de jour", "epicerie", "aide alimentaire", "resto du coeur",
                      "restos du coeur", "secours", "ccas", "france services", "regie de quartier", "pimms"),
    "cultural_venue": ("lieu culturel", "cultural venue", "culturel", "culture", "bibliotheque", "mediatheque",
                       "ludotheque", "theatre", "musee", "cinema", "conservatoire", "galerie", "salle de spectacle",
                       "ecole de musique", "centre d art", "salle de concert", "archives"),
}


def is_register_header(own: Mapping[str, str]) -> Callable[[Sequence[str]], bool]:
    """A test of a row's cells: True if a name and a position are among them, or the columns that the user named."""
    def test(cells: Sequence[str]) -> bool:
        names = {simplify_column_name(cell) for cell in cells}
        wanted = {simplify_column_name(name) for name in own.values()}
        known = {ours for ours, theirs in COLUMN_NAMES.items() if names & set(theirs)}
        return bool(wanted) and wanted <= names or len(known & {"name", "type", "lon", "lat", "point", "x", "y"}) > 1

    return test


def find_register_columns(found: Sequence[str], own: Mapping[str, str], file: str) -> dict[str, str]:
    """Our name of a column to the register's own. InputError for one that the user named and that is not there.

    own: what the user says, our name to the register's own.
    """
    by_name = {simplify_column_name(name): name for name in reversed(found)}
    columns: dict[str, str] = {}
    for ours, theirs in own.items():
        if ours not in COLUMN_NAMES:
            raise InputError("territory.site_columns: {name}: expected some of {known}", name=ours,
                             known=tuple(COLUMN_NAMES))
        if simplify_column_name(str(theirs)) not in by_name:
            raise InputError("{file}: has no column {name}; columns found: {found}", file=file, name=theirs,
                             found=tuple(found))
        columns[ours] = by_name[simplify_column_name(str(theirs))]
    for ours, names in COLUMN_NAMES.items():
        known = [by_name[name] for name in names if name in by_name and by_name[name] not in columns.values()]
        if ours not in columns and known:
            columns[ours] = known[0]
    return columns


def find_site_type(word: str, types: Collection[str], own: Mapping[str, str]) -> str:
    """Which of our types a register's word means; "" if it is none.

    own: what the user says, the register's type to ours.
    """
    plain = simplify_column_name(word)
    for theirs, ours in own.items():
        if simplify_column_name(theirs) == plain:
            if ours not in types:
                raise InputError("territory.site_types: {word}: expected one of {known}", word=ours,
                                 known=sorted(types))
            return ours
    if plain in types:
        return plain
    words = f" {plain.replace('_', ' ')} "
    for ours, meanings in SITE_TYPE_WORDS.items():
        if ours in types and any(f" {meaning}" in words for meaning in meanings):
            return ours
    return ""
