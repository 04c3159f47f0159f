"""Plain Mesa, part 2: needs and help. Needing, coping, asking, aiding, living. Ordinary Python, no columns."""

from __future__ import annotations

import math
from typing import Any

from .plain_circle import moved, poisson

FOOD, KIT, CARE, KNOW = range(4)
ROUNDS = 3


def logit(x: float) -> float:
    """A logistic probability."""
    return 1.0 / (1.0 + math.exp(-x))


class Giving:
    """What a resident does with the requests received. Mixed into Help."""

    model: Any
    random: Any

    def answer(self) -> None:
        """Accept or refuse the requests received, the most severe first, and give."""
        p, days = self.model.numbers.aiding, self.model.span
        self.inbox.sort(reverse=True)
        for severity, _, asker, d in self.inbox:
            tie = self.ties.get(asker.unique_id)
            trust = tie.trust if tie else self.model.numbers.asking.stranger
            willing = logit(p.base + p.trust * trust + p.severity * severity - p.load * self.load)
            given = 0.0
            if self.random.random() < willing:
                given = min(asker.unmet[d], p.act * days, self.spare(d))
            if given > 0.0:
                self.give(asker, d, given, tie)
            else:
                self.refuse(asker, tie)
        self.inbox.clear()

    def spare(self, d: int) -> float:
        """What one can give of a domain without endangering oneself."""
        p, days = self.model.numbers.aiding, self.model.span
        if d == FOOD:
            return max(0.0, self.home.stock - p.reserve * len(self.home.members))
        if d == KIT:
            return self.model.numbers.coping.kit_days * days - self.household_kit if self.home.kit else 0.0
        hours = self.model.numbers.coping.household * self.functioning * days * (1.0 - self.frailty) - self.busy
        return max(0.0, min(p.cap * days - self.busy, hours * (p.spare + p.spare_agency * self.agency)))

    def give(self, asker: Any, d: int, given: float, tie: Any) -> None:
        """Hand over, and what it does to trust, power to act and load."""
        contact, meeting, aiding = self.model.numbers.contact, self.model.numbers.meeting, self.model.numbers.aiding
        hours = 0.0
        if d == FOOD:
            self.home.stock -= given
        elif d == KIT:
            self.household_kit += given
        else:
            hours = given / (1.0 + self.skill[d]) if d == KNOW else given
            self.busy += hours
        asker.unmet[d] -= given
        self.load += hours * 7.0 / aiding.load_days
        for one in (self, asker):
            one.agency = 1.0 - (1.0 - one.agency) * math.exp(-meeting.event)
        if tie:
            dose = contact.gain * contact.help_hours * given
            back = asker.ties[self.unique_id]
            back.trust = 1.0 - (1.0 - back.trust) * math.exp(-dose)
            tie.trust = 1.0 - (1.0 - tie.trust) * math.exp(-dose * contact.donor_share)

    def refuse(self, asker: Any, tie: Any) -> None:
        """What a refusal does to the one who asked."""
        asker.agency *= math.exp(-self.model.numbers.meeting.refusal)
        if tie:
            asker.ties[self.unique_id].trust *= math.exp(-self.model.numbers.contact.loss)


class Help(Giving):
    """What a resident does in every step with needs. Mixed into Resident."""

    model: Any
    random: Any

    def need_step(self) -> None:
        """Everyday needs, the crisis's needs, and what is left of earlier ones."""
        p, days, crisis = self.model.numbers.needing, self.model.span, self.model.crisis
        self.busy, self.household_kit = 0.0, 0.0
        for d in range(4):
            carry = (crisis.carry[d] if crisis else p.carry) ** days
            self.need[d] = self.unmet[d] * carry
            for _ in range(poisson(self.random, p.rate * days)):
                if self.random.random() < p.others + p.others_frail * self.frailty:
                    self.need[d] += self.random.expovariate(1.0 / p.size)
        if crisis:
            flow = crisis.needs(self)
            for d in range(4):
                self.need[d] += self.exposure * flow[d] * days
        for d in range(4):
            self.unmet[d] = self.need[d]
            if self.need[d] <= 0.0:
                self.asks.discard(d)
                self.drawn.discard(d)
                self.found.discard(d)

    def cope(self) -> None:
        """Own time and stock first, then the household's; its means act in a crisis."""
        p, days = self.model.numbers.coping, self.model.span
        if not self.model.crisis or self.exposure <= 0.0 or not any(self.unmet):
            return
        own = p.own * (1.0 - self.frailty) * self.functioning * days
        self.unmet[KNOW] *= 1.0 - self.skill[KNOW]
        for d in (CARE, KNOW):
            used = min(own, self.unmet[d])
            own -= used
            self.unmet[d] -= used
        if self.home.kit:
            self.unmet[KIT] = 0.0
        eaten = min(self.home.stock, self.unmet[FOOD])
        self.home.stock -= eaten
        self.unmet[FOOD] -= eaten
        for other in self.home.members:
            if other is self or other.age < 18 or other.frailty >= p.able:
                continue
            given = min(max(0.0, p.household * other.functioning * days - other.busy), self.unmet[CARE])
            other.busy += given
            self.unmet[CARE] -= given

    def ask(self) -> None:
        """Speak up once per episode; else be found by a strong tie or by a neighbour."""
        p, days = self.model.numbers.asking, self.model.span
        for d in range(4):
            if self.unmet[d] <= 0.0 or d in self.asks or d in self.found:
                continue
            if d not in self.drawn:
                self.drawn.add(d)
                if self.random.random() < p.ask + p.ask_agency * self.agency:
                    self.asks.add(d)
                    continue
            missed = (1.0 - p.neighbour * self.model.climate) ** days
            for tie in self.ties.values():
                trust = tie.other.ties[self.unique_id].trust
                if trust >= self.model.numbers.binding.strong:
                    missed *= (1.0 - p.found * trust) ** days
            if self.random.random() > missed:
                self.found.add(d)

    def choose(self) -> None:
        """The three best people to turn to for each need: trusted, able, near, not overloaded; or the one next door."""
        p = self.model.numbers.asking
        self.targets = {}
        for d in range(4):
            if self.unmet[d] <= 0.0 or not (d in self.asks or d in self.found):
                continue
            options = [(tie.trust, tie.other) for tie in self.ties.values() if tie.trust >= p.least_ask]
            options.append((p.stranger, self.random.choice(self.building.adults)))
            scored = []
            for trust, other in options:
                if other is not self and other.home is not self.home:
                    distance = math.hypot(self.x - other.x, self.y - other.y)
                    noise = -math.log(-math.log(self.random.random()))
                    score = p.trust * trust + p.skill * other.skill[d] - p.distance * distance - p.load * other.load
                    scored.append((score + noise, other.unique_id, other))
            scored.sort(reverse=True)
            self.targets[d] = [other for _, _, other in scored[:ROUNDS]]

    def turn_to(self, turn: int) -> None:
        """Put this round's request into the chosen person's inbox."""
        for d, people in self.targets.items():
            if turn < len(people) and self.unmet[d] > 0.0:
                people[turn].inbox.append((self.unmet[d] / self.need[d], self.unique_id, self, d))

    def apply(self) -> None:
        """Turn to the town hall for what is still unmet."""
        p = self.model.numbers.aiding
        for d in range(4):
            if self.unmet[d] > 0.0 and (d in self.asks or d in self.found):
                chance = logit(p.apply + p.apply_trust * self.trust_institutions + p.apply_skill * self.skill[KNOW])
                if self.random.random() < chance:
                    self.model.town_hall.append((self, d))

    def live(self) -> None:
        """Coverage of needs moves functioning; beliefs return to their base; hazard of death."""
        p, crisis = self.model.numbers.living, self.model.crisis
        weights = (p.food, p.kit, p.care, p.know)
        wanted = sum(w * n for w, n in zip(weights, self.need))
        missing = sum(w * u for w, u in zip(weights, self.unmet))
        covered = 1.0 - missing / wanted if wanted > 0.0 else 1.0
        damage = self.exposure * (p.frail_base + self.frailty) if crisis else 0.0
        for _ in range(self.model.span):
            self.functioning += (p.recovery + p.recovery_covered * covered) * (1.0 - self.functioning)
            if crisis:
                self.functioning -= crisis.damage * damage * (1.0 - covered) * self.functioning
        hazard = p.gompertz * math.exp(p.gompertz_age * self.age) * self.model.span / 365.0
        if crisis:
            self.excess += hazard * (math.exp(crisis.slope * damage * (1.0 - covered)) - 1.0)
        self.load *= math.exp(-self.model.span / self.model.numbers.aiding.load_days)
        m, days = self.model.numbers.meeting, self.model.span
        self.agency = moved(self.agency, self.agency0, m.wear_agency, days)
        self.trust_institutions = moved(self.trust_institutions, self.trust_institutions0, m.wear_institution, days)
        for d in range(4):
            self.skill[d] = moved(self.skill[d], self.skill0[d], m.wear_skill, days)
