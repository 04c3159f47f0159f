"""A resident as a Mesa agent, and the six decisions a researcher may override."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ..i18n.translation import shorten_fact
from ..kernel import random_streams as streams
from ..kernel.keyed_random import draw_uniform
from ..world.population.people import People
from . import default_decisions
from .agent_view import AgentView, add_column_properties

if TYPE_CHECKING:
    from .default_decisions import Request
    from .model import TerritoryModel
    from .residents import AgentViewSet
    from .site import Site


class Resident(AgentView):
    """One person: a view of one row of the table people. Decisions that a subclass overrides run in Python.

        class Proud(Resident):
            def dares_to_ask(self, need):
                return self.age < 60 and super().dares_to_ask(need)

        TerritoryModel(run, residents=Proud).run_model()

    Every column of the table is an attribute (`self.agency`). A decision may read anything, set attributes that are no
    columns (they persist), and draw random numbers with `self.draw_uniform`. It may not write columns: phases do.
    """

    TABLE: ClassVar[str] = "people"
    READ_ONLY_COLUMNS: ClassVar[frozenset[str]] = frozenset(
        {"uid", "household", "building", "neighbourhood", "commune", "member", "waiting", "waiting_since", "loan",
         "alive", "candidate"})

    @property
    def pos(self) -> tuple[float, float]:  # type: ignore[override]
        """Where the resident lives: (x, y) of the building, km."""
        buildings, row = self.model.world.buildings, self.building  # type: ignore[attr-defined]
        return float(buildings.x[row]), float(buildings.y[row])

    @classmethod
    def attach_host(cls, engine: Any) -> TerritoryModel:
        """A model around a running engine, whose residents are of this class and take the decisions it overrides."""
        model: TerritoryModel = import_module(f"{__package__}.hosting").attach_model(engine, cls)
        return model

    @classmethod
    def copy_host(cls, model: TerritoryModel, engine: Any) -> TerritoryModel:
        """The same around a fork of the engine."""
        copied: TerritoryModel = import_module(f"{__package__}.hosting").copy_model(model, engine)
        return copied

    # ties and relations
    def ties(self) -> list[tuple[int, int]]:
        """(slot, row of the other resident) of every tie, in order of the others' uids."""
        ties = self.model.world.ties
        return list(enumerate(ties.alter[self.row, : ties.degree[self.row]].tolist()))

    def trust_in(self, other: Resident | int) -> float:
        """Trust in another resident (or row), 0 to 1: 1 within the household, 0 without a tie."""
        row, world = _get_row(other), self.model.world
        if world.people.household[row] == self.household:  # type: ignore[attr-defined]
            return 1.0
        slot = next((slot for slot, tied_row in self.ties() if tied_row == row), None)
        return 0.0 if slot is None else float(world.ties.trust[self.row, slot])

    @property
    def acquaintances(self) -> AgentViewSet:
        """The residents this one has a tie with."""
        return self.model.residents.at([row for _, row in self.ties()])

    @property
    def neighbours(self) -> AgentViewSet:
        """The living residents of the building outside the household."""
        people = self.model.world.people
        next_door = (people.building == people.building[self.row]) & (people.household != people.household[self.row])
        return self.model.residents.at(np.flatnonzero(next_door & (people.alive > 0)))

    @property
    def household_members(self) -> AgentViewSet:
        """The other living members of the household."""
        people, homes = self.model.world.people, self.model.world.households
        first, home = int(homes.first[people.household[self.row]]), people.household[self.row]
        rows = np.arange(first, first + int(homes.size[home]))
        return self.model.residents.at(rows[(rows != self.row) & (people.alive[rows] > 0)])

    @property
    def site(self) -> Site | None:
        """The site this resident is a member of, or None."""
        member = self.model.world.people.member[self.row]
        return self.model.sites[int(member)] if member >= 0 else None

    # parameters and random numbers
    @property
    def parameters(self) -> SimpleNamespace:
        """The model's parameters by group, such as `parameters.aiding.trust`."""
        return self.model.parameters

    def draw_uniform(self, stream: str, other: AgentView | int = 0, domain: int = 0, turn: int = 0) -> float:
        """A keyed random number in (0, 1) for one decision today: the same in every arm and in any order of calls.

        stream: a name of simulator.kernel.random_streams such as "accept". other: the agent concerned, or any integer.
        ValueError for an unknown stream; RuntimeError between steps.
        """
        number = streams.list_streams().get(stream.upper())
        if number is None:
            raise ValueError(f"stream {shorten_fact(repr(stream))}: expected one of "
                             f"{', '.join(sorted(streams.list_streams())).lower()}")
        second = other.unique_id if isinstance(other, AgentView) else other
        context = self.model.context
        return draw_uniform(context.key, self.unique_id, second, context.day, number, domain, turn)

    # decisions
    def days_until_joining(self, site: Site | int) -> float:
        """Days until this resident would join a site, 0 or more; from 7 days on, or inf: not this week.

        The site that is joined soonest counts. Called for adults who are neither members nor waiting, for each open
        candidate site they are aware of.
        """
        return default_decisions.compute_days_to_join(self, _get_row(site))

    def wants_to_leave(self) -> bool:
        """Whether this resident leaves the site this week. Called for members."""
        return default_decisions.decide_leaving(self)

    def chooses_company(self) -> np.ndarray:
        """float64[ties], 0 or more: weight of each tie, in the order of ties(), when social time is shared out.

        Called before the week's visits; hours are in proportion to weights. Ties outside the territory keep the weight
        of their kind.
        """
        return default_decisions.weigh_company(self)

    def dares_to_ask(self, need: int) -> bool:
        """Whether this resident asks for help: in an episode of need that opens in this step, or in a crisis.

        need: 0 food, 1 equipment, 2 assistance, 3 know-how. For a child an adult of the household speaks. In a crisis
        adults with work left are asked anew at every round of asking; others may still find them in need.
        """
        return default_decisions.decide_asking(self, need)

    def turns_to(self, need: int) -> list[int]:
        """Rows of at most three residents to ask, best first: ties, or a stranger of the building.

        need: as in dares_to_ask. For a child: ties of the adult who speaks for it. Living adults outside the household
        only. For everyday needs: whom one turns to in a crisis is compiled.
        """
        return default_decisions.choose_whom_to_ask(self, need)

    def accepts(self, request: Request) -> bool:
        """Whether this resident accepts a request for help with an everyday need. What is given is computed later."""
        return default_decisions.decide_accepting(self, request)


def _get_row(agent: AgentView | int) -> int:
    return agent.row if isinstance(agent, AgentView) else int(agent)


add_column_properties(Resident, People)
