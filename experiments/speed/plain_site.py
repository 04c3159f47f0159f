"""The plain Mesa model, part 3: a project site, its standing groups, the help it gives, and its budget."""

from __future__ import annotations

import math
from typing import Any

import mesa

from .plain_ties import update_belief

WEEK = 7
FOOD, EQUIPMENT, ASSISTANCE, KNOW_HOW = range(4)


class Site(mesa.Agent):
    """A project site: members in standing groups, staff, goods, budget."""

    def __init__(self, model: Any, **attributes: Any) -> None:
        super().__init__(model)
        self.groups: list[list[Any]] = [[] for _ in range(math.ceil(attributes["places"] / attributes["group_size"]))]
        self.queue: list[Any] = []
        self.by_building: dict[int, int] = {}
        self.open, self.members, self.turned = True, 0, set()
        for name, value in attributes.items():
            setattr(self, name, value)

    def quality(self) -> float:
        """Quality of facilitation, 0 to 1."""
        p = self.model.numbers.meeting
        return p.quality_base + p.quality_staff * self.staff / (self.staff + self.members / p.members_per_staff)

    def members_in(self, building: Any) -> int:
        """Number of members who live in a building."""
        return self.by_building.get(building.number, 0)

    def take(self, resident: Any, satisfaction: float = 0.5) -> None:
        """Add a member, or put the resident on the waiting list if the site is full."""
        if self.members >= self.places * self.model.numbers.joining.members_per_place:
            resident.waiting = self
            self.queue.append(resident)
            return
        resident.member, resident.waiting, resident.satisfaction = self, None, satisfaction
        resident.group_number = self.random.randrange(len(self.groups))
        self.groups[resident.group_number].append(resident)
        self.members += 1
        number = resident.building.number
        self.by_building[number] = self.by_building.get(number, 0) + 1

    def lose(self, resident: Any) -> None:
        """Remove a member; somebody drawn from the waiting list may join."""
        self.groups[resident.group_number].remove(resident)
        resident.member = None
        self.members -= 1
        self.by_building[resident.building.number] -= 1
        if self.queue:
            self.take(self.queue.pop(self.random.randrange(len(self.queue))))

    def meet(self) -> None:
        """Hold one session of each standing group. Those who find it full lose trust in the host."""
        p = self.model.numbers.meeting
        if not self.open:
            return
        for group in self.groups:
            present = [one for one in group if self.random.random() < p.attendance]
            self.random.shuffle(present)
            seats = int(p.seats_per_member * self.group_size)
            for one in present[seats:]:
                one.host_trust[self] *= math.exp(-p.host_loss)
            self.session(present[:seats])

    def session(self, present: list[Any]) -> None:
        """One session: every pair may work together, and everybody present gains."""
        p, q, contact = self.model.numbers.meeting, self.quality(), self.model.numbers.contact
        met: dict[Any, list[float]] = {one: [] for one in present}
        chance = min(1.0, p.partners * q / (self.group_size - 1.0))
        for i, one in enumerate(present):
            for other in present[i + 1:]:
                distance = one.unlike(other)
                together = self.random.random() < chance * math.exp(-p.mixing * distance)
                tie = one.ties.get(other.unique_id)
                hours = p.length * p.presence * q if tie else 0.0
                if together:
                    met[one].append(distance)
                    met[other].append(distance)
                    hours += p.length * p.intensity * q
                    self.teach(one, other)
                    if tie is None and one.home is not other.home:
                        first = self.model.numbers.tie_formation.first_trust * (0.5 + self.model.climate)
                        one.tie_to(other, "project", first)
                        tie = one.ties.get(other.unique_id)
                if tie and hours:
                    for side in (tie, other.ties[one.unique_id]):
                        side.trust = 1.0 - (1.0 - side.trust) * math.exp(-contact.gain * hours)
        for one in present:
            self.touch(one, met[one], q)

    def teach(self, one: Any, other: Any) -> None:
        """In each domain the less skilled of the two learns from the other."""
        p = self.model.numbers.meeting
        for d in range(4):
            gap = one.skill[d] - other.skill[d]
            learner = other if gap > 0 else one
            learner.skill[d] += p.learning * p.length * self.profile[d] * abs(gap)

    def touch(self, one: Any, met: list[float], q: float) -> None:
        """Update a participant's beliefs and satisfaction after a session.

        met: social distances to those worked with. q: quality of facilitation.
        """
        p, hours = self.model.numbers.meeting, self.model.numbers.meeting.length
        one.session_hours = hours
        one.agency = 1.0 - (1.0 - one.agency) * math.exp(-p.agency * hours * q)
        one.trust_general = update_belief(one.trust_general, one.trust_general0, p.decay_general, WEEK,
                                          p.general * hours * q)
        one.host_trust[self] = 1.0 - (1.0 - one.host_trust[self]) * math.exp(-p.host * hours * q)
        if self.host == 2:
            one.trust_institutions = 1.0 - (1.0 - one.trust_institutions) * math.exp(-p.institution * hours)
        distance = sum(met) / len(met) if met else 0.0
        target = (p.satisfaction_base + p.satisfaction_met * q * min(1.0, len(met) / p.enough_partners)
                  - p.satisfaction_distance * (1 - q) * distance)
        one.satisfaction += p.satisfaction_rate * (target - one.satisfaction)

    def relieve(self, asking: list[tuple[Any, int]]) -> None:
        """Meet needs of `asking`, pairs (resident, domain), with volunteers' hours, goods and kits."""
        p, q = self.model.numbers.aiding, self.quality()
        volunteers = [one for group in self.groups for one in group if one.on_roster]
        hours = sum(one.spare(ASSISTANCE) for one in volunteers) / 2.0 * min(1.0, p.matched + p.matched_quality * q)
        matched = [(one, d) for one, d in asking if self.random.random() < 1.0 - (1.0 - q) ** self.model.span]
        wanted = sum(one.unmet[d] for one, d in matched if d in (ASSISTANCE, KNOW_HOW))
        share = min(1.0, hours / wanted) if wanted else 0.0
        for one, d in matched:
            if d in (ASSISTANCE, KNOW_HOW):
                one.unmet[d] *= 1.0 - share
            elif d == FOOD:
                given = min(self.pool, one.unmet[FOOD])
                self.pool -= given
                one.unmet[FOOD] -= given
            elif self.kits > 0:
                one.unmet[EQUIPMENT] = 0.0
        for one in volunteers:
            one.busy += hours * share / len(volunteers)

    def fund(self) -> None:
        """A week's budget. Once a year three grants are renewed or not; without money the site closes."""
        p = self.model.numbers.funding
        cost = self.staff * p.post * (1.0 + p.overhead) * WEEK / 365.0
        self.reserve += cost * (p.own + (1.0 - p.own) * sum(self.grants) / 3.0) - cost
        if self.model.new_year:
            self.grants = [self.random.random() < p.renewal for _ in range(3)]
        if self.reserve < 0 and sum(self.grants) < 2 and self.open:
            self.open = False
            for one in [one for group in self.groups for one in group]:
                self.lose(one)
