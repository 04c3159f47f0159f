"""Closed forms of projects: sites as queues, awareness as contagion, exponential leaving (model A6 to A8, A10)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from simulator.kernel.keyed_random import draw_uniform
from simulator.kernel.random_streams import LEAVE
from simulator.parameters import Model
from simulator.phases import join
from simulator.phases.step.context import StepContext
from simulator.rules.belief import apply_gain, decay_to_baseline
from simulator.rules.hearing import event_occurs
from simulator.rules.joining import leaving_rate
from simulator.rules.meeting import meeting_probability, tie_session_hours
from tests.phases.plain_handles import PlainHandles
from tests.science.crowd import crowd

LEAVE_RATE = 1.5
"""Higher than in the model, so that a site forgets its start within the test; low enough for weekly steps."""


def queue_settings(arrivals: float, per_site: int, waiting: bool) -> Model:
    """Members leave at a fixed rate; the adults of a site together arrive at `arrivals` times that rate."""
    settings = Model()
    p = settings.joining
    p.members_per_place, p.leave, p.leave_satisfaction, p.leave_load = 1.0, LEAVE_RATE, 0.0, 0.0
    p.leave_spread = 0.0
    p.rate, p.affinity, p.patience = LEAVE_RATE * arrivals / per_site, 0.0, 1e9 if waiting else 0.0
    settings.meeting.host_loss = 0.0
    return settings


def play(world, weeks: int, warm_up: int) -> dict[str, float]:
    """Means per site and week after the warm-up: joined, queued, waiting, members."""
    handles, ledger = PlainHandles(world), world.ledger
    joined = queued = waiting = members = 0
    for week in range(weeks):
        ledger.clear()
        with world.writable(join.WRITES):
            join.step(world, StepContext(7 * week, 7, world.key, handles))
        if week >= warm_up:
            joined += int(ledger.counts[ledger.COUNTS.index("joined")])
            queued += int(ledger.counts[ledger.COUNTS.index("queued")])
            waiting += int((world.people.waiting >= 0).sum())
            members += int(world.sites.members.sum())
    count = len(world.sites) * (weeks - warm_up)
    return {"joined": joined / count, "queued": queued / count, "waiting": waiting / count, "members": members / count}


def erlang_b(servers: int, load: float) -> float:
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    blocked = erlang_b(servers, load)
    return blocked / (1 - load / servers * (1 - blocked))


def test_erlang_formulas_give_published_values() -> None:
    assert erlang_b(10, 9) == pytest.approx(0.168, abs=5e-4) and erlang_b(20, 18) == pytest.approx(0.1092, abs=5e-5)
    assert erlang_c(10, 8) == pytest.approx(0.4092, abs=5e-5) and erlang_c(10, 9) == pytest.approx(0.6687, abs=5e-5)


@pytest.mark.slow
@pytest.mark.parametrize(("places", "load"), [(10, 9.0), (20, 18.0)])
def test_site_without_waiting_is_an_erlang_loss_system(places: int, load: float) -> None:
    """A6: who finds the site full gives up at once; the share blocked is Erlang's B."""
    per_site = 100
    expected = erlang_b(places, load)
    # Members do not arrive again: a higher rate makes up for them.
    settings = queue_settings(load * per_site / (per_site - load * (1 - expected)), per_site, waiting=False)
    world = crowd(settings, sites=150, per_site=per_site, places=places)
    seen = play(world, weeks=2000, warm_up=200)
    assert seen["queued"] / (seen["queued"] + seen["joined"]) == pytest.approx(expected, abs=0.01)


def queue_distribution(people: int, servers: int, arrive: float, leave: float) -> np.ndarray:
    """float64[people + 1]: stationary distribution of the number who belong or wait, week after week.

    Each of the others arrives, and each who belongs leaves, with these probabilities a week.
    """
    step = np.zeros((people + 1, people + 1))
    for k in range(people + 1):
        gone = stats.binom(min(k, servers), leave).pmf(np.arange(servers + 1))
        come = stats.binom(people - k, arrive).pmf(np.arange(people - k + 1))
        for lost, share in enumerate(gone[: min(k, servers) + 1]):
            step[k, k - lost: people - lost + 1] += share * come
    distribution = np.full(people + 1, 1 / (people + 1))
    for _ in range(16):
        step = step @ step
    return distribution @ step


def mean_waiting(distribution: np.ndarray, servers: int) -> float:
    return float(distribution @ np.maximum(0, np.arange(len(distribution)) - servers))


def birth_and_death(people: int, servers: int, ratio: float) -> np.ndarray:
    """float64[people + 1]: the same in continuous time; ratio: rate of arrival of one over rate of leaving."""
    k = np.arange(1, people + 1)
    distribution = np.r_[1.0, np.cumprod((people - k + 1) * ratio / np.minimum(k, servers))]
    return distribution / distribution.sum()


@pytest.mark.parametrize("load", [8.0, 9.0])
def test_the_distribution_of_the_queue_tends_to_erlang(load: float) -> None:
    """A7: in a large crowd Wq mu = C / (servers - load) = .2046 at 8 and .6687 at 9."""
    expected, crowd_size = erlang_c(10, load) / (10 - load), 10000
    distribution = birth_and_death(crowd_size, 10, load / (crowd_size - load * (1 + expected)))
    assert mean_waiting(distribution, 10) / load == pytest.approx(expected, abs=0.02)
    leave, arrive = chance_of(LEAVE_RATE, 7), chance_of(LEAVE_RATE * load / 50, 7)
    by_week = mean_waiting(queue_distribution(50, 10, arrive, leave), 10)
    assert by_week == pytest.approx(mean_waiting(birth_and_death(50, 10, load / 50), 10), rel=0.12)


@pytest.mark.slow
@pytest.mark.parametrize("load", [8.0, 9.0])
def test_site_with_a_waiting_list_is_an_erlang_queue(load: float) -> None:
    """A7: members and those waiting follow the exact distribution of the queue, which tends to Erlang's."""
    per_site, sites, places = 50, 300, 10
    world = crowd(queue_settings(load, per_site, waiting=True), sites, per_site, places, seed=3)
    arrive, leave = chance_of(LEAVE_RATE * load / per_site, 7), chance_of(LEAVE_RATE, 7)
    distribution = queue_distribution(per_site, places, arrive, leave)
    seen = play(world, weeks=700, warm_up=200)
    # Weeks are correlated: 300 sites for 500 weeks are worth some 2000 independent observations.
    assert seen["waiting"] == pytest.approx(mean_waiting(distribution, places), rel=0.15)
    assert seen["members"] == pytest.approx(float(distribution @ np.minimum(places, np.arange(per_site + 1))), rel=0.01)


def test_leaving_is_exponential() -> None:
    """A10: survival of members who feel neutral, against the exponential (Kolmogorov-Smirnov)."""
    p = Model().joining.numbers
    rate = leaving_rate(0.5, 0.0, 1.0, p)
    assert rate == p.leave
    spells = []
    for member in range(3000):
        week = 0
        while not event_occurs(draw_uniform((np.uint32(5), np.uint32(0)), member, 1, 7 * week, LEAVE), rate, 7):
            week += 1
        # Spread evenly over the week, so that the distribution is continuous.
        spells.append((week + (member + 0.5) / 3000) * 7 / 365)
    assert stats.kstest(spells, "expon", args=(0, 1 / rate)).pvalue > 1e-6
    assert stats.kstest(spells, "expon", args=(0, 1 / (1.3 * rate))).pvalue < 1e-6


@pytest.mark.parametrize(("forget", "half", "at_30"), [(0.0, 45.95, 0.1687), (0.6, 46.89, 0.1614)])
def test_awareness_spreads_like_a_logistic(forget: float, half: float, at_30: float) -> None:
    """A8, complete mixing: each of 40 000 hears at .1 a day times the share that knows. Steps of a tenth of a day."""
    n, beta, step = 40000, 0.1, 0.1
    rng, knows = np.random.default_rng(3), np.zeros(n, bool)
    knows[: n // 100] = True
    share, step_of = [0.01], {}
    hear_chance, forget_chance = np.vectorize(chance_of), chance_of(forget, step)
    while share[-1] < 0.5:
        hears = rng.random(n) < hear_chance(beta * 365 * share[-1], step)
        knows = np.where(knows, rng.random(n) >= forget_chance, hears)
        share.append(knows.mean())
        step_of[len(share) - 1] = share[-1]
    assert (len(share) - 1) * step == pytest.approx(half, rel=0.02)
    assert step_of[300] == pytest.approx(at_30, rel=0.06)


def chance_of(rate: float, days: float) -> float:
    """Probability of an event of `rate` a year within `days`, by bisection of the rule itself."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if event_occurs(middle, rate, days) else (low, middle)
    return low


def test_hours_and_trust_of_a_strand_pair() -> None:
    """A11: at q = .493 and attendance .6 a pair collects 10.47 h a year; sessions alone hold trust at .141."""
    settings = Model()
    p, q = settings.meeting.numbers, 0.4931506849
    share = meeting_probability(q, 0.0, 0.0, 12.0, p)
    both = p.attendance**2
    weekly = both * (share * tie_session_hours(True, True, q, p) + (1 - share) * tie_session_hours(True, False, q, p))
    assert weekly * 365 / 7 == pytest.approx(10.47, abs=0.05)
    trust = 0.0
    for _ in range(52 * 60):
        trust = apply_gain(decay_to_baseline(trust, 0.0, settings.contact.decay_project, 7),
                           settings.contact.gain * weekly)
    assert trust == pytest.approx(0.141, abs=0.001)


def test_full_strands_turn_few_away() -> None:
    """150 members on 8 strands, attendance .6, 18 seats: about .3 % of attendances find no seat (model 7.3)."""
    strand = stats.binom(150, 1 / 8)
    lost = attended = 0.0
    for size in range(151):
        comes = stats.binom(size, 0.6)
        attended += strand.pmf(size) * size * 0.6
        lost += strand.pmf(size) * sum(comes.pmf(k) * (k - 18) for k in range(19, size + 1))
    assert lost / attended == pytest.approx(0.003, abs=0.001)
    assert math.isclose(attended, 150 / 8 * 0.6, rel_tol=1e-9)
