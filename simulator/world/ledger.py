"""The ledger: integer flows of needs, hours, goods and money in one step, which must balance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..rules.ledger_flows import COUNTS, GOODS, MONEY
from ..rules.need_domains import DOMAINS, SOURCES
from ..rules.tie_kinds import TIE_KINDS


class HelpEvents(NamedTuple):
    """Acts of help and refusals of one phase, k of them, as columns."""

    giver: np.ndarray
    """int64[k]: row of the resident who gives; -1 for a site, an institution or somebody off the map."""
    receiver: np.ndarray
    """int64[k]: row of the resident in need."""
    asker: np.ndarray
    """int64[k]: row of the resident who asks; for a child's need an adult of its household."""
    source: np.ndarray
    """int64[k]: index in SOURCES."""
    domain: np.ndarray
    """int64[k]: index in DOMAINS, -1 for several at once."""
    amount: np.ndarray
    """int64[k]: thousandths given, 0 for a refusal."""


class Ledger:
    """Integer flows of the current step, in thousandths, but for `counts`. `clear` starts a new step.

    met: int64[sources, domains], needs met, each unit counted once, at its source.
    new, carried, faded, unmet: int64[domains]. They balance: new + carried = sum(met) + unmet, and the unmet of a step
    is the carried + faded of the next.
    crisis_new, crisis_carried, crisis_faded, crisis_unmet: int64[domains], and crisis_met: int64[sources, domains], the
    same for needs that a crisis causes. aftermath_made (by damage), aftermath_scars (left behind by needs that passed
    unmet), aftermath_given_up, aftermath_open: int64[domains]; aftermath_met: int64[sources, domains]. The open
    aftermath of a step is that of the step before, plus what is made and scars, less what is met and given up.
    hours_given, hours_received: int64[tie kinds + 1], clock hours by kind of tie, strangers last.
    goods, money, counts: int64, one value for each name of GOODS, MONEY and COUNTS.
    """

    GOODS, MONEY, COUNTS = GOODS, MONEY, COUNTS

    def __init__(self) -> None:
        d, s = len(DOMAINS), len(SOURCES)
        self.met = np.zeros((s, d), np.int64)
        self.new = np.zeros(d, np.int64)
        self.carried = np.zeros(d, np.int64)
        self.faded = np.zeros(d, np.int64)
        self.unmet = np.zeros(d, np.int64)
        self.crisis_new = np.zeros(d, np.int64)
        self.crisis_carried = np.zeros(d, np.int64)
        self.crisis_faded = np.zeros(d, np.int64)
        self.crisis_unmet = np.zeros(d, np.int64)
        self.crisis_met = np.zeros((s, d), np.int64)
        self.aftermath_made = np.zeros(d, np.int64)
        self.aftermath_scars = np.zeros(d, np.int64)
        self.aftermath_given_up = np.zeros(d, np.int64)
        self.aftermath_open = np.zeros(d, np.int64)
        self.aftermath_met = np.zeros((s, d), np.int64)
        self.hours_given = np.zeros(len(TIE_KINDS) + 1, np.int64)
        self.hours_received = np.zeros(len(TIE_KINDS) + 1, np.int64)
        self.goods = np.zeros(len(self.GOODS), np.int64)
        self.money = np.zeros(len(self.MONEY), np.int64)
        self.counts = np.zeros(len(self.COUNTS), np.int64)
        self.help_events: list[HelpEvents] | None = None
        """Who helped whom in this step; None, the usual case, when help is not recorded."""

    def clear(self) -> None:
        """Start a new step."""
        for array in self.arrays().values():
            array[...] = 0
        if self.help_events is not None:
            self.help_events = []

    def arrays(self) -> dict[str, np.ndarray]:
        """The flows, by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, np.ndarray)}

    def start_recording_help(self) -> None:
        """Record each act of help from now on, for output only: the simulation does not read them."""
        self.help_events = []

    def record_help(self, source: int | np.ndarray, receiver: np.ndarray, amount: np.ndarray, *,
                    giver: np.ndarray | int = -1, asker: np.ndarray | None = None,
                    domain: int | np.ndarray = -1) -> None:
        """Append acts of help, as columns of HelpEvents or one value for all, if help is recorded."""
        if self.help_events is not None:
            size = len(receiver)
            columns = (giver, receiver, receiver if asker is None else asker, source, domain, amount)
            self.help_events.append(HelpEvents(*(np.broadcast_to(np.asarray(column, np.int64), (size,))
                                                 for column in columns)))

    def unmet_share(self) -> float | None:
        """Share of the step's needs that stay unmet; None when there is no need."""
        total = int(self.new.sum() + self.carried.sum() + self.crisis_new.sum() + self.crisis_carried.sum())
        return int(self.unmet.sum() + self.crisis_unmet.sum()) / total if total else None

    def count(self, name: str, by: int = 1) -> None:
        """Add `by` to one of COUNTS."""
        self.counts[self.COUNTS.index(name)] += by

    def add_goods(self, name: str, by: int) -> None:
        """Add `by` to one of GOODS: milli person-days or kits."""
        self.goods[self.GOODS.index(name)] += by
