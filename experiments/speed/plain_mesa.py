"""A plain Mesa model of the same rules, for comparison: written as one would usually write it, without columns.

One Agent per resident, attributes and dictionaries, AgentSet.shuffle_do, Mesa's own random generator, a step per week
in calm and per day in a crisis. It starts from the same population, ties and sites as the simulator
(`TownModel(world)`), so that both do the same amount of work. Left out, which makes it faster: loans and their return,
patience on waiting lists, tallies, ledgers, records and levers. Agents act one after another on each other's current
state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import mesa

from simulator.world.world import World

from .plain_help import ROUNDS, HelpMixin
from .plain_site import Site
from .plain_ties import KINDS, Tie, TiesMixin


class Resident(TiesMixin, HelpMixin, mesa.Agent):
    """One person. attributes: initial state, by name."""

    def __init__(self, model: Any, **attributes: Any) -> None:
        mesa.Agent.__init__(self, model)
        self.ties: dict[int, Tie] = {}
        self.known: set[Site] = set()
        self.member: Site | None = None
        self.waiting: Site | None = None
        self.need, self.unmet = [0.0] * 4, [0.0] * 4
        self.asks: set[int] = set()
        self.drawn: set[int] = set()
        self.found: set[int] = set()
        self.inbox: list[tuple[float, int, Any, int]] = []
        self.targets: dict[int, list[Any]] = {}
        self.busy = self.household_kit = self.session_hours = self.excess = self.strain = self.exposure = 0.0
        for name, value in attributes.items():
            setattr(self, name, value)


class Home:
    """A household: members, stock of essentials, with or without a kit."""

    def __init__(self, stock: float, kit: bool) -> None:
        self.stock, self.full, self.kit = stock, stock, kit
        self.members: list[Resident] = []


class Building:
    """A building and its adults."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.adults: list[Resident] = []


@dataclass(frozen=True)
class Heat:
    """A heat wave: dose of heat, needs carried over by domain, days before institutions help."""

    dose: float = 1.0
    carry: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    delay: int = 2

    def needs(self, resident: Resident) -> tuple[float, ...]:
        """Needs per day at full exposure: food, equipment, assistance, know-how."""
        return 0.05, 0.5, 0.8 * (0.2 + resident.frailty), 0.05


class TownModel(mesa.Model):
    """A town: residents, homes, buildings, sites, one town hall; built from a world of the simulator."""

    def __init__(self, world: World, seed: int = 1) -> None:
        super().__init__(rng=seed)
        self.numbers, self.climate = world.settings, 0.5
        self.day, self.span, self.new_year = 0, 7, False
        self.crisis: Heat | None = None
        self.crisis_days = 0
        self.town_hall: list[tuple[Resident, int]] = []
        self.sites = [self._create_site(world, s) for s in range(world.sites.rows) if world.sites.open[s]]
        self.buildings = [Building(b) for b in range(world.buildings.rows)]
        self.homes = [Home(s / 1000, bool(k)) for s, k in zip(world.households.stock, world.households.kit)]
        self.residents = [self._create_resident(world, i) for i in range(world.people.rows)]
        self.adults = [one for one in self.residents if one.age >= 15]
        self._copy_initial_state(world)
        self.adult_agents = mesa.agent.AgentSet(self.adults, random=self.random)

    def step(self, span: int = 7, crisis: Heat | None = None, calm: bool = True) -> None:
        """One step of `span` days, in calm or in a crisis. Weekly activities are played every seventh day.

        calm: no crisis touches this week, so needs and help are weekly too.
        """
        self.span, self.crisis = 7 if calm else span, crisis
        self.crisis_days = self.crisis_days + span if crisis else 0
        if self.day % 7 == 0:
            self._play_week()
        if self.day % 7 == 0 or not calm:
            self._play_help()
        self.span = span
        self.agents_by_type[Resident].shuffle_do("live")
        self.day += span

    def _play_help(self) -> None:
        people, span = self.agents_by_type[Resident], self.span
        for home in self.homes:
            home.stock = min(home.full, home.stock + home.full / 7.0 * span)
        for act in ("need_step", "cope", "ask", "choose"):
            people.shuffle_do(act)
        for turn in range(ROUNDS):
            people.shuffle_do("turn_to", turn)
            people.shuffle_do("answer")
        self._give_relief()

    def _play_week(self) -> None:
        for act in ("hear", "join"):
            self.adult_agents.shuffle_do(act)
        for one in self.adult_agents:
            one.session_hours = 0.0
        self.agents_by_type[Site].do("meet")
        for act in ("plan", "visit", "bind"):
            self.adult_agents.do(act)
        strong = self.numbers.tie_formation.strong_trust
        close = sum(1 for one in self.adults if any(tie.trust >= strong for tie in one.ties.values()))
        self.climate = max(self.numbers.tie_formation.min_neighbourhood_support, close / len(self.adults))
        year = 365
        self.new_year = self.day // year != (self.day + 7) // year
        self.agents_by_type[Site].do("fund")

    def _give_relief(self) -> None:
        for site in self.sites:
            if site.open:
                site.relieve([(one, d) for one in self.residents if self._helped_by(one, site)
                              for d in one.asks | one.found if one.unmet[d] > 0])
        self.agents_by_type[Resident].do("apply")
        if self.crisis is None or self.crisis_days > self.crisis.delay:
            capacity = self.numbers.aiding.capacity * len(self.residents) / 1000.0 * self.span
            wanted = sum(one.unmet[d] for one, d in self.town_hall)
            share = min(1.0, capacity / wanted) if wanted else 0.0
            for one, d in self.town_hall:
                one.unmet[d] *= 1.0 - share
        self.town_hall.clear()

    def _helped_by(self, one: Resident, site: Site) -> bool:
        trusts = one.host_trust.get(site, 0.0) >= self.numbers.aiding.host_trust
        return one.member is site or (site in one.known and trusts)

    def _create_site(self, world: World, s: int) -> Site:
        t = world.sites
        attributes = {name: float(getattr(t, name)[s]) for name in
                      ("x", "y", "places", "group_size", "staff", "age_centre", "age_width", "ses_centre")}
        return Site(self, host=int(t.host[s]), profile=t.profile[s].tolist(), pool=t.pool[s] / 1000,
                    kits=int(t.kits[s]), reserve=t.reserve[s] / 1000, grants=[True] * 3, row=s, **attributes)

    def _create_resident(self, world: World, i: int) -> Resident:
        p = world.people
        attributes = {name: getattr(p, name)[i].item() for name in (
            "age", "group", "ses", "frailty", "social_hours", "agency", "agency0", "trust_institutions",
            "trust_institutions0", "trust_general", "trust_general0", "satisfaction", "load", "functioning")}
        home, building = self.homes[p.household[i]], self.buildings[p.building[i]]
        start = world.settings.start
        far = p.far_kin[i] * start.trust_kin + p.far_other[i] * start.trust_friend
        by_row = {site.row: site for site in self.sites}
        choice = [by_row[s] for s in p.candidate[i].tolist() if s in by_row]
        one = Resident(
            self, home=home, building=building, x=float(world.buildings.x[p.building[i]]),
            y=float(world.buildings.y[p.building[i]]), barrier=float(p.barrier[i].sum()), skill=p.skill[i].tolist(),
            skill0=p.skill0[i].tolist(), far_trust=float(far), candidates=choice if p.age[i] >= 15 else [],
            host_trust=dict(zip(choice, p.host_trust[i].tolist())), on_roster=self.random.random() < 0.3, **attributes)
        home.members.append(one)
        if one.age >= 15:
            building.adults.append(one)
        return one

    def _copy_initial_state(self, world: World) -> None:
        """Copy ties, awareness and members from the world; exposure to heat from dwellings."""
        ties, people, buildings = world.ties, world.people, world.buildings
        for i, one in enumerate(self.residents):
            for k in range(ties.degree[i]):
                other = self.residents[ties.alter[i, k]]
                one.ties[other.unique_id] = Tie(other, KINDS[ties.kind[i, k]], float(ties.trust[i, k]))
            one.known = {site for k, site in enumerate(one.candidates) if people.aware[i] >> k & 1}
            member = [site for site in self.sites if site.row == people.member[i]]
            if member:
                member[0].take(one, one.satisfaction)
            b = people.building[i]
            one.exposure = 0.2 * float(buildings.poor_insulation[b]) + 0.2 * float(
                world.neighbourhoods.heat_island[buildings.neighbourhood[b]])
