"""The plain Mesa model, part 2: needs, coping, asking for help, giving it, and functioning."""

from __future__ import annotations

import math
from typing import Any

from .plain_ties import draw_poisson, update_belief

FOOD, EQUIPMENT, ASSISTANCE, KNOW_HOW = range(4)
ROUNDS = 3
"""Residents that are asked, one after the other, for one need."""


def logistic(x: float) -> float:
    """The logistic function."""
    return 1.0 / (1.0 + math.exp(-x))


class GivingMixin:
    """What a resident does with the requests received."""

    model: Any
    random: Any

    def answer(self) -> None:
        """Accept or refuse the requests received, the most severe first, and give help."""
        p, days = self.model.numbers.aiding, self.model.span
        self.inbox.sort(reverse=True)
        for severity, _, asker, d in self.inbox:
            tie = self.ties.get(asker.unique_id)
            trust = tie.trust if tie else self.model.numbers.asking.stranger
            willing = logistic(p.base + p.trust * trust + p.severity * severity - p.load * self.load)
            given = 0.0
            if self.random.random() < willing:
                given = min(asker.unmet[d], p.act * days, self.spare(d))
            if given > 0.0:
                self.give(asker, d, given, tie)
            else:
                self.refuse(asker, tie)
        self.inbox.clear()

    def spare(self, d: int) -> float:
        """Help that can be given in a domain without putting oneself at risk."""
        p, days = self.model.numbers.aiding, self.model.span
        if d == FOOD:
            return max(0.0, self.home.stock - p.reserve * len(self.home.members))
        if d == EQUIPMENT:
            return self.model.numbers.coping.kit_days * days - self.household_kit if self.home.kit else 0.0
        hours = self.model.numbers.coping.household * self.functioning * days * (1.0 - self.frailty) - self.busy
        return max(0.0, min(p.cap * days - self.busy, hours * (p.spare + p.spare_agency * self.agency)))

    def give(self, asker: Any, d: int, given: float, tie: Any) -> None:
        """Give help, and update trust, power to act and load."""
        contact, meeting, aiding = self.model.numbers.contact, self.model.numbers.meeting, self.model.numbers.aiding
        hours = 0.0
        if d == FOOD:
            self.home.stock -= given
        elif d == EQUIPMENT:
            self.household_kit += given
        else:
            hours = given / (1.0 + self.skill[d]) if d == KNOW_HOW else given
            self.busy += hours
        asker.unmet[d] -= given
        self.load += hours * 7.0 / aiding.load_days
        for resident in (self, asker):
            resident.agency = 1.0 - (1.0 - resident.agency) * math.exp(-meeting.event)
        if tie:
            dose = contact.gain * contact.help_hours * given
            back = asker.ties[self.unique_id]
            back.trust = 1.0 - (1.0 - back.trust) * math.exp(-dose)
            tie.trust = 1.0 - (1.0 - tie.trust) * math.exp(-dose * contact.donor_share)

    def refuse(self, asker: Any, tie: Any) -> None:
        """Refuse: the asker's power to act and trust fall."""
        asker.agency *= math.exp(-self.model.numbers.meeting.refusal)
        if tie:
            asker.ties[self.unique_id].trust *= math.exp(-self.model.numbers.contact.loss)


class HelpMixin(GivingMixin):
    """What a resident does in every step in which needs are played."""

    model: Any
    random: Any

    def need_step(self) -> None:
        """New needs: everyday ones, those of the crisis, and what remains of earlier ones."""
        p, days, crisis = self.model.numbers.needing, self.model.span, self.model.crisis
        self.busy, self.household_kit = 0.0, 0.0
        for d in range(4):
            carry = (crisis.carry[d] if crisis else p.carry) ** days
            self.need[d] = self.unmet[d] * carry
            for _ in range(draw_poisson(self.random, p.rate * days)):
                if self.random.random() < p.other_person + p.other_person_frail * self.frailty:
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
        """Meet needs with own time and stock, then the household's. Only in a crisis."""
        p, days = self.model.numbers.coping, self.model.span
        if not self.model.crisis or self.exposure <= 0.0 or not any(self.unmet):
            return
        own = self.model.numbers.aftermath.pace_assistance / 7.0 * (1.0 - self.frailty) * self.functioning * days
        self.unmet[KNOW_HOW] *= 1.0 - self.skill[KNOW_HOW]
        for d in (ASSISTANCE, KNOW_HOW):
            used = min(own, self.unmet[d])
            own -= used
            self.unmet[d] -= used
        if self.home.kit:
            self.unmet[EQUIPMENT] = 0.0
        eaten = min(self.home.stock, self.unmet[FOOD])
        self.home.stock -= eaten
        self.unmet[FOOD] -= eaten
        for other in self.home.members:
            if other is self or other.age < 18 or other.frailty >= p.able:
                continue
            given = min(max(0.0, p.household * other.functioning * days - other.busy), self.unmet[ASSISTANCE])
            other.busy += given
            self.unmet[ASSISTANCE] -= given

    def ask(self) -> None:
        """Ask for help, decided once per episode; else needs may be detected by a strong tie or a neighbour."""
        p, days = self.model.numbers.asking, self.model.span
        for d in range(4):
            if self.unmet[d] <= 0.0 or d in self.asks or d in self.found:
                continue
            if d not in self.drawn:
                self.drawn.add(d)
                if self.random.random() < p.ask + p.ask_agency * self.agency:
                    self.asks.add(d)
                    continue
            missed = (1.0 - p.neighbour_detection * self.model.climate) ** days
            for tie in self.ties.values():
                trust = tie.other.ties[self.unique_id].trust
                if trust >= self.model.numbers.tie_formation.strong_trust:
                    missed *= (1.0 - p.tie_detection * trust) ** days
            if self.random.random() > missed:
                self.found.add(d)

    def choose(self) -> None:
        """Choose the best helpers for each need, by trust, skill, distance and load, among ties and one neighbour."""
        p = self.model.numbers.asking
        self.targets = {}
        for d in range(4):
            if self.unmet[d] <= 0.0 or not (d in self.asks or d in self.found):
                continue
            options = [(tie.trust, tie.other) for tie in self.ties.values() if tie.trust >= p.min_trust_to_ask]
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
        """Put this round's request into the inbox of the helper chosen for it."""
        for d, people in self.targets.items():
            if turn < len(people) and self.unmet[d] > 0.0:
                people[turn].inbox.append((self.unmet[d] / self.need[d], self.unique_id, self, d))

    def apply(self) -> None:
        """Apply to the town hall for needs that are still unmet."""
        p = self.model.numbers.aiding
        for d in range(4):
            if self.unmet[d] > 0.0 and (d in self.asks or d in self.found):
                log_odds = p.apply + p.apply_trust * self.trust_institutions + p.apply_skill * self.skill[KNOW_HOW]
                if self.random.random() < logistic(log_odds):
                    self.model.town_hall.append((self, d))

    def bear_heat(self, dose: float) -> None:
        """Update heat strain and expected excess deaths; only the household looks after a resident."""
        p = self.model.numbers.heat
        has_company = any(one is not self and one.age >= 15 and one.frailty < 0.5 for one in self.home.members)
        odds = math.exp(-p.contact * p.home) if has_company else 1.0
        usual = p.man * math.exp(p.man_age * self.age) / 365.0 * math.exp(p.age * (self.age - 50.0))
        for _ in range(self.model.span):
            self.strain = p.lag * self.strain + (1.0 - p.lag) * dose
            self.excess += usual * self.strain * (p.at_home * odds + p.elsewhere)

    def live(self) -> None:
        """Update functioning from needs of the crisis that stay open, heat strain, load, beliefs and skills."""
        p, crisis = self.model.numbers.functioning, self.model.crisis
        weights = (p.weight_food, p.weight_equipment, p.weight_assistance, p.weight_know_how)
        open_needs = zip(weights, self.unmet) if crisis else ()
        ceiling = 1.0 - sum(w * p.need_weight * min(1.0, u / p.need_scale) for w, u in open_needs)
        for _ in range(self.model.span):
            rate = p.fall if self.functioning > ceiling else p.climb
            self.functioning += (ceiling - self.functioning) * -math.expm1(-rate)
        self.bear_heat(crisis.dose if crisis else 0.0)
        self.load *= math.exp(-self.model.span / self.model.numbers.aiding.load_days)
        m, days = self.model.numbers.meeting, self.model.span
        self.agency = update_belief(self.agency, self.agency0, m.decay_agency, days)
        self.trust_institutions = update_belief(self.trust_institutions, self.trust_institutions0,
                                                m.decay_institution, days)
        for d in range(4):
            self.skill[d] = update_belief(self.skill[d], self.skill0[d], m.decay_skill, days)
