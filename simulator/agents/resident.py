"""A resident as a Mesa agent, and the six decisions a researcher may override."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..kernel import stream as streams
from ..kernel.random import uniform
from ..world.population.people import People
from . import choices
from .view import View, wear_columns

if TYPE_CHECKING:
    from .choices import Request
    from .residents import Views
    from .site import Site


class Resident(View):
    """One person: a view of one row. Override a decision in a subclass and only that decision leaves the fast path.

        class Proud(Resident):
            def dares_to_ask(self, need):
                return self.age < 60 and super().dares_to_ask(need)

        TerritoryModel(run, residents=Proud).run_model()

    Every column of people is an attribute (`self.agency`). A decision may look at anything, keep attributes of its own
    (they stay with the resident), and draw luck with `self.chance`; it may not write columns: phases do.
    """

    TABLE: ClassVar[str] = "people"
    FIXED: ClassVar[frozenset[str]] = frozenset(
        {"uid", "household", "building", "neighbourhood", "commune", "member", "waiting", "waiting_since", "loan",
         "alive", "candidate"})

    # whom one knows
    def ties(self) -> list[tuple[int, int]]:
        """(slot, row of the other) of every tie, in order of the others' uids."""
        ties = self.model.world.ties
        return list(enumerate(ties.other[self.row, : ties.degree[self.row]].tolist()))

    def trust_in(self, other: Resident | int) -> float:
        """Trust in another resident (or row), 0 to 1: 1 within the household, 0 without a tie."""
        row, world = _row(other), self.model.world
        if world.people.household[row] == self.household:  # type: ignore[attr-defined]
            return 1.0
        slot = next((slot for slot, there in self.ties() if there == row), None)
        return 0.0 if slot is None else float(world.ties.trust[self.row, slot])

    @property
    def acquaintances(self) -> Views:
        """Everybody one has a tie with."""
        return self.model.residents.at([row for _, row in self.ties()])

    @property
    def neighbours(self) -> Views:
        """Everybody else in the building, outside the household."""
        people = self.model.world.people
        near = (people.building == people.building[self.row]) & (people.household != people.household[self.row])
        return self.model.residents.at(np.flatnonzero(near & (people.alive > 0)))

    @property
    def household_members(self) -> Views:
        """The other living members of the household."""
        people, homes = self.model.world.people, self.model.world.households
        first, home = int(homes.first[people.household[self.row]]), people.household[self.row]
        rows = np.arange(first, first + int(homes.size[home]))
        return self.model.residents.at(rows[(rows != self.row) & (people.alive[rows] > 0)])

    @property
    def site(self) -> Site | None:
        """The site one belongs to, or None."""
        member = self.model.world.people.member[self.row]
        return self.model.sites[int(member)] if member >= 0 else None

    # rules and luck
    @property
    def rules(self) -> SimpleNamespace:
        """The model's numbers by group, such as rules.aiding.trust."""
        return self.model.numbers

    def chance(self, stream: str, other: View | int = 0, domain: int = 0, turn: int = 0) -> float:
        """One's luck in one decision today, in (0, 1): keyed, so the same in every arm and in whatever order.

        stream: a name of simulator.kernel.stream such as "accept". other: the agent it concerns, or any whole number.
        """
        number = streams.names().get(stream.upper())
        if number is None:
            raise ValueError(f"stream {stream!r}: expected one of {', '.join(sorted(streams.names())).lower()}")
        second = other.unique_id if isinstance(other, View) else other
        now = self.model.now
        return uniform(now.key, self.unique_id, second, now.day, number, domain, turn)

    # decisions
    def wants_to_join(self, site: Site | int) -> float:
        """Days until one would join a site one has heard of; 7 or more, or inf, means not this week. The soonest wins.

        Asked of adults who are neither members nor waiting, for each open candidate site they are aware of.
        """
        return choices.days_till_joining(self, _row(site))

    def wants_to_leave(self) -> bool:
        """Whether a member leaves the site this week."""
        return choices.leaves(self)

    def chooses_company(self) -> np.ndarray:
        """Weight of each tie in the sharing of one's social time: float64[ties] in the order of ties(), 0 or more.

        Asked at the start of the week's visits; the hours of each tie are in proportion to it. Out-of-map ties keep
        the weight of their kind.
        """
        return choices.company(self)

    def dares_to_ask(self, need: int) -> bool:
        """Whether one asks for help in an episode of need that opens now.

        need: 0 food, 1 place and kit, 2 hands, 3 know-how. For a child an adult of the household speaks.
        """
        return choices.asks(self, need)

    def turns_to(self, need: int) -> list[int]:
        """Rows of at most three residents one would ask, best first: one's ties, or a stranger of the building.

        For a child: ties of the adult who speaks for it. Living adults outside the household only.
        """
        return choices.targets(self, need)

    def accepts(self, request: Request) -> bool:
        """Whether one accepts a request for help; what one has left to give is then worked out."""
        return choices.accepts(self, request)


def _row(of: View | int) -> int:
    return of.row if isinstance(of, View) else int(of)


wear_columns(Resident, People)
