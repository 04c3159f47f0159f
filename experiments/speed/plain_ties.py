"""The plain Mesa model, part 1: sites and ties of a resident. Hearing, joining, visiting, new ties."""

from __future__ import annotations

import math
from typing import Any

WEEK = 7
YEAR = 365.0
KINDS = ("kin", "friend", "neighbour", "other", "project")
SLOTS = 24
"""Largest number of ties of a resident."""


class Tie:
    """One side of a tie: the other resident, kind, trust in the other, and hours planned for this week."""

    __slots__ = ("other", "kind", "trust", "hours")

    def __init__(self, other: Any, kind: str, trust: float) -> None:
        self.other, self.kind, self.trust, self.hours = other, kind, trust, 0.0


def update_belief(value: float, base: float, wear: float, days: float, gain: float = 0.0, loss: float = 0.0) -> float:
    """A belief after `days`: it decays to `base`, closes part of the gap to 1 (gain), and loses a part (loss)."""
    value = base + (value - base) * math.exp(-wear * days / YEAR)
    value = 1.0 - (1.0 - value) * math.exp(-gain)
    return value * math.exp(-loss)


def draw_poisson(random: Any, mean: float) -> int:
    """A Poisson random number, by inversion."""
    u, term, count = random.random(), math.exp(-mean), 0
    total = term
    while u >= total and count < 1000:
        count += 1
        term *= mean / count
        total += term
    return count


class TiesMixin:
    """What a resident does every week with sites and ties."""

    model: Any
    random: Any

    def hear(self) -> None:
        """Hear of candidate sites by sight, from the building and by word of mouth; forget some."""
        p = self.model.numbers.hearing
        for site in self.candidates:
            if site in self.known:
                if self.member is not site and self.happens(p.forget):
                    self.known.discard(site)
                continue
            mentions = 0.0
            for tie in self.ties.values():
                if tie.other.member is site:
                    mentions += tie.trust
                elif site in tie.other.known:
                    mentions += tie.trust * p.nonmember_weight
            share = site.members_in(self.building) / max(1, len(self.building.adults))
            if self.happens(p.visibility + p.building * share + p.word_of_mouth * mentions):
                self.known.add(site)

    def join(self) -> None:
        """Leave the site, or join the one with the shortest waiting time; queue where it is full."""
        p = self.model.numbers.joining
        if self.member is not None:
            rate = p.leave * math.exp(-p.leave_satisfaction * (self.satisfaction - 0.5)
                                      + p.leave_load * max(0.0, self.load - p.bearable_load))
            if self.happens(rate):
                self.member.lose(self)
            return
        if self.waiting is not None or not self.known:
            return
        first, when = None, float(WEEK)
        mean_trust = sum(t.trust for t in self.ties.values()) / len(self.ties) if self.ties else 0.0
        for site in self.candidates:
            if site in self.known and site.open:
                wait = self.random.expovariate(1.0) * YEAR / self.joining_rate(site, mean_trust, p)
                if wait < when:
                    first, when = site, wait
        if first is not None:
            first.take(self)

    def joining_rate(self, site: Any, mean_trust: float, p: Any) -> float:
        """Rate of joining a site, 1/year."""
        friends = sum(1 for tie in self.ties.values() if tie.other.member is site)
        distance = math.hypot(self.x - site.x, self.y - site.y)
        fit = (1.0 - 2.0 * min(1.0, abs(self.age - site.age_centre) / site.age_width)
               + 1.0 - min(2.0, abs(self.ses - site.ses_centre))) / 2.0
        return p.rate * math.exp(
            -distance / p.distance + p.friends * math.log(1.0 + friends) + p.agency * (self.agency - 0.5)
            + p.host * (self.host_trust[site] - 0.5) + p.institution * (self.trust_institutions - 0.5)
            + p.trust * mean_trust + p.affinity * fit - self.barrier * (p.welcome - site.quality())
            - (p.no_time if self.social_hours < p.little_time else 0.0))

    def plan(self) -> None:
        """Share out the week's free hours among ties, in proportion to a power of trust."""
        p = self.model.numbers.contact
        free = max(self.social_hours - self.session_hours, p.min_free_share * self.social_hours)
        total = self.far_trust + sum(tie.trust**p.concentration for tie in self.ties.values())
        for tie in self.ties.values():
            tie.hours = free * tie.trust**p.concentration / total if total else 0.0

    def visit(self) -> None:
        """Visit ties (each pair once, by the smaller id): trust grows and decays, some ties end."""
        p = self.model.numbers.contact
        for tie in list(self.ties.values()):
            if tie.other.unique_id < self.unique_id:
                continue
            back = tie.other.ties[self.unique_id]
            hours = p.visit * draw_poisson(self.random, (tie.hours + back.hours) / 2.0 / p.visit)
            wear = getattr(p, f"decay_{tie.kind}")
            for side in (tie, back):
                side.trust = update_belief(side.trust, 0.0, wear, WEEK, gain=p.gain * hours)
            over = min(tie.trust, back.trust) < p.min_trust
            if over or self.happens(getattr(p, f"end_{tie.kind}")):
                self.part(tie.other)

    def bind(self) -> None:
        """Propose new ties in the building, through friends, and anywhere."""
        p = self.model.numbers.tie_formation
        years = WEEK / YEAR
        for _ in range(draw_poisson(self.random, p.building * years)):
            self.propose(self.random.choice(self.building.adults), "neighbour")
        for _ in range(draw_poisson(self.random, p.friend * years)):
            friend = self.random.choice(list(self.ties.values())).other if self.ties else None
            if friend is not None and friend.ties:
                self.propose(self.random.choice(list(friend.ties.values())).other, "friend")
        for _ in range(draw_poisson(self.random, p.other * years)):
            self.propose(self.random.choice(self.model.adults), "other")

    def propose(self, other: Any, kind: str) -> None:
        """Create a tie with another resident, with a probability that falls with social distance."""
        stranger = other is not self and other.home is not self.home and other.unique_id not in self.ties
        p = self.model.numbers.tie_formation
        if stranger and self.random.random() < math.exp(-p.homophily * self.unlike(other)):
            self.tie_to(other, kind, p.first_trust * (0.5 + self.model.climate))

    def unlike(self, other: Any) -> float:
        """Social distance to another resident."""
        p = self.model.numbers.tie_formation
        return (p.group * (self.group != other.group) + p.age * abs(self.age - other.age) / 20.0
                + p.ses * (self.ses != other.ses))

    def tie_to(self, other: Any, kind: str, trust: float) -> None:
        """Create a tie on both sides. A resident with SLOTS ties drops the weakest, or refuses if none is weaker."""
        for resident in (self, other):
            if len(resident.ties) >= SLOTS:
                weakest = min(resident.ties.values(), key=lambda tie: tie.trust)
                if weakest.trust >= trust:
                    return
                resident.part(weakest.other)
        self.ties[other.unique_id] = Tie(other, kind, trust)
        other.ties[self.unique_id] = Tie(self, kind, trust)

    def part(self, other: Any) -> None:
        """End a tie, on both sides."""
        del self.ties[other.unique_id]
        del other.ties[self.unique_id]

    def happens(self, rate: float, days: float = WEEK) -> bool:
        """True if an event with a rate of `rate` per year happens within `days`."""
        return self.random.random() < 1.0 - math.exp(-rate * days / YEAR)
