"""A world of identical adults without ties around identical sites, for limits that have a closed form."""

from __future__ import annotations

import numpy as np

from simulator.kernel.keyed_random import make_random_key
from simulator.parameters import Model
from simulator.world.places.place import Buildings, Communes, Households, Neighbourhoods
from simulator.world.places.raster import NeighbourhoodRaster
from simulator.world.population.people import CANDIDATES, People, Ties
from simulator.world.sites.site import Institutions, Sites
from simulator.world.world import World


def crowd(settings: Model, sites: int, per_site: int, places: float, seed: int = 1) -> World:
    """`per_site` adults of age 40 for each site, aware of it only, all in one building; neutral values elsewhere."""
    n = sites * per_site
    rows = np.arange(n, dtype=np.int32)
    candidate = np.full((n, CANDIDATES), -1, np.int32)
    candidate[:, 0] = rows // per_site
    people = People(n, uid=rows, household=rows, age=np.full(n, 40), social_hours=np.full(n, 6.0), aware=np.full(n, 1),
                    candidate=candidate, host_trust=np.full((n, CANDIDATES), 0.5), ses=np.ones(n))
    households = Households(n, uid=rows, first=rows, size=np.ones(n), lead=rows)
    building = Buildings(1, uid=[0], households=[n], adults=[n])
    neighbourhood = Neighbourhoods(1, uid=[0], radius=[1.0], buildings=[1], adults=[n])
    table = Sites(sites, uid=np.arange(sites), open=np.ones(sites), places=np.full(sites, places),
                  neighbourhood=np.zeros(sites), commune=np.zeros(sites), age_centre=np.full(sites, 55.0),
                  age_width=np.full(sites, 30.0), ses_centre=np.full(sites, 0.0), staff=np.full(sites, 1.5))
    raster = NeighbourhoodRaster(np.zeros((1, 1), np.int32), 0, 0, 1.0)
    return World(settings, make_random_key(seed), Communes(1, code=[93001], population=[n]), neighbourhood, building,
                 households, people, Ties(n), table, Institutions(1, residents=[n]), rows, rows, raster)
