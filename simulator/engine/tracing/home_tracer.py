"""What a crisis does at the resident's home: damage, leaving it, needs, own means, what passes, the return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...phases import cope, functioning, heat, need, recovery, strike
from ...phases.aftermath.rehousing import count_trusted
from ...phases.aftermath.serving import CrisisMet, OpenAdults, allocate_met
from ...phases.step.columns import find_acting_adult, view_housing, view_residents
from ...phases.step.context import StepContext
from ...records.story import LOAN_SOURCE
from ...rules.need_domains import DOMAIN_COUNT, EQUIPMENT, SOURCES
from ...world.world import World
from .trace_log import TraceLog


def add_amounts(table: dict[str, list[int]], source: str, amounts: np.ndarray) -> None:
    """Add thousandths by domain to what a source gave."""
    if np.any(amounts):
        before = table.setdefault(source, [0] * DOMAIN_COUNT)
        table[source] = [a + int(b) for a, b in zip(before, amounts, strict=True)]


class HomeTracer:
    """Wraps the stages of the phases `strike`, `need`, `cope`, `recovery`, `heat` and `functioning`."""

    def __init__(self, log: TraceLog) -> None:
        self.row, self.log = log.row, log

    def get_household(self, world: World) -> int:
        """Row of the resident's household."""
        return int(world.people.household[self.row])

    def find_actor(self, world: World) -> int:
        """Row of the adult who acts for the home, -1 for nobody."""
        return int(find_acting_adult(self.get_household(world), view_residents(world), view_housing(world)))

    def trace_damage(self, world: World, context: StepContext, card: Any, exposure: np.ndarray) -> np.ndarray:
        """Damage at home, which leaves aftermath."""
        day, before = self.log.open_step(world, context), np.array(self.log.read_work(world))
        out = strike.damage_homes(world, context, card, exposure)
        made = np.array(self.log.read_work(world)) - before
        if made.any():
            day.made = [a + int(b) for a, b in zip(day.made, made, strict=True)]
            self.log.add_event(context.day, "damage", id=card.id, amounts=made.tolist())
        return out

    def trace_leaving(self, world: World, context: StepContext, card: Any, exposure: np.ndarray) -> None:
        """Leaving home, and who lodges the household."""
        homes, h = world.households, self.get_household(world)
        homes_left = int(homes.displaced_on[h]) if homes.displaced[h] else -1
        strike.displace_households(world, context, card, exposure)
        if homes.displaced[h] and homes.displaced_on[h] == context.day != homes_left:
            rows = range(homes.first[h], homes.first[h] + homes.size[h])
            hosts = [int(count_trusted(i, world.settings.displacement.strong_trust, view_residents(world),
                                       world.ties.degree, world.ties.view("trust"), not context.is_cut("ties"),
                                       not context.is_cut("far_ties")))
                     for i in rows if world.people.alive[i]]
            self.log.add_event(context.day, "left_home", id=card.id, hosts=max(hosts, default=0),
                               lodged="ties" if homes.displaced[h] == 1 else "institution")

    def trace_needs(self, world: World, context: StepContext) -> np.ndarray:
        """New crisis needs, added to what lasts of old ones."""
        day = self.log.open_step(world, context)
        out = need.update_needs(world, context)
        day.need = self.log.read_needs(world)
        return out

    def trace_loans(self, world: World, context: StepContext) -> tuple[int, int]:
        """A kit on loan serves again."""
        day, before = self.log.open_step(world, context), int(world.people.crisis_backlog[self.row, EQUIPMENT])
        out = cope.use_loaned_kits(world, context)
        served = before - int(world.people.crisis_backlog[self.row, EQUIPMENT])
        add_amounts(day.met, LOAN_SOURCE, served * (np.arange(DOMAIN_COUNT) == EQUIPMENT))
        return out

    def trace_own_means(self, world: World, context: StepContext, adults: OpenAdults) -> tuple[CrisisMet, int]:
        """Own means, the home's and insurance: adults of the home are played one by one, as within the stage."""
        day, people = self.log.open_step(world, context), world.people
        is_home = people.household[adults.rows] == self.get_household(world)
        met, used = allocate_met().add_up(), 0
        at_home = np.flatnonzero(is_home)
        at_home = at_home[np.argsort(people.uid[adults.rows[at_home]])]
        for part in (np.flatnonzero(~is_home), *at_home[:, None]):
            more, goods = cope.use_own_means(world, context, OpenAdults(adults.rows[part], adults.carries[part]))
            met, used = CrisisMet(met.need + more.need, met.aftermath + more.aftermath), used + goods
            if len(part) == 1 and is_home[part[0]]:
                self._note_own_means(day.met if adults.rows[part[0]] == self.row else {}, day.served, more)
        return met, used

    @staticmethod
    def _note_own_means(met: dict[str, list[int]], served: dict[str, list[int]], more: CrisisMet) -> None:
        for k, source in enumerate(SOURCES):
            add_amounts(met, source, more.need[k])
            add_amounts(served, source, more.aftermath[k])

    def trace_harm(self, world: World, context: StepContext, adults: OpenAdults) -> None:
        """A need that stays unmet costs power to act."""
        before = float(world.people.agency[self.row])
        recovery.harm_power_to_act(world, context, adults)
        after = float(world.people.agency[self.row])
        if after < before and not context.is_cut("power_to_act"):
            self.log.add_event(context.day, "lost_power", before=before, after=after)

    def trace_settling(self, world: World, context: StepContext, adults: OpenAdults) -> np.ndarray:
        """What passes unmet, what that leaves as aftermath, and what is given up."""
        day, homes, h = self.log.open_step(world, context), world.households, self.get_household(world)
        needs = np.array(self.log.read_needs(world))
        made, lost = (column[h].astype(np.int64) for column in (homes.aftermath_made, homes.given_up))
        out = recovery.settle_open_needs(world, context, adults)
        day.passed = (needs - self.log.read_needs(world)).tolist()
        day.made = [a + int(b) for a, b in zip(day.made, homes.aftermath_made[h] - made, strict=True)]
        day.given_up = (homes.given_up[h] - lost).tolist()
        if any(day.given_up) and not lost.any():
            self.log.add_event(context.day, "gives_up_work", amounts=self.log.read_work(world))
        return out

    def trace_return(self, world: World, context: StepContext) -> None:
        """Return home, or trust that is lost by staying away."""
        people, homes, h = world.people, world.households, self.get_household(world)
        was_away, trust = bool(homes.displaced[h]), float(people.trust_general[self.row])
        recovery.return_home(world, context)
        if was_away and not homes.displaced[h]:
            self.log.add_event(context.day, "returned", days=context.day - int(homes.displaced_on[h]))
        if people.trust_general[self.row] < trust:
            self.log.add_event(context.day, "lost_trust", days=context.day - int(homes.displaced_on[h]))

    def trace_heat(self, world: World, context: StepContext, doses: np.ndarray) -> int:
        """Death in a heat wave."""
        alive = bool(world.people.alive[self.row])
        deaths = heat.update_strain_and_deaths(world, context, doses)
        if alive and not world.people.alive[self.row]:
            self.log.add_event(context.day, "died")
        return deaths

    def trace_functioning(self, world: World, context: StepContext) -> None:
        """Functioning at the end of the step, whose record is closed."""
        functioning.update_everybodys_functioning(world, context)
        self.log.close_step(world, context)

    def list_home_stages(self) -> Mapping[str, Any]:
        """Stage name -> function that plays the stage and records what concerns the home."""
        return {"damage_homes": self.trace_damage, "displace_households": self.trace_leaving,
                "update_needs": self.trace_needs, "use_loaned_kits": self.trace_loans,
                "use_own_means": self.trace_own_means, "harm_power_to_act": self.trace_harm,
                "settle_open_needs": self.trace_settling, "return_home": self.trace_return,
                "update_strain_and_deaths": self.trace_heat,
                "update_everybodys_functioning": self.trace_functioning}
