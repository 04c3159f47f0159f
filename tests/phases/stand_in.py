"""What reference stages need of a TerritoryModel: a world, and a resident for each row."""

from __future__ import annotations

from typing import Any

from simulator.world.world import World


class PlainResident:
    """A view of one resident: every column of people as an attribute, ties as (slot, other's row)."""

    def __init__(self, model: StandIn, row: int) -> None:
        self.model, self.row = model, row

    def __getattr__(self, name: str) -> Any:
        try:
            return self.model.world.people.arrays()[name][self.row]
        except KeyError:
            raise AttributeError(f"a resident has no column {name}") from None

    def ties(self) -> list[tuple[int, int]]:
        """(slot, other's row) of each tie."""
        ties = self.model.world.ties
        return [(k, int(ties.alter[self.row, k])) for k in range(int(ties.degree[self.row]))]

    def trust_in(self, other: int) -> float:
        """Trust in a resident's row, 0 without a tie."""
        ties = self.model.world.ties
        return next((float(ties.trust[self.row, k]) for k, row in self.ties() if row == other), 0.0)


class StandIn:
    """model.world and model.residents[row]."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.residents = [PlainResident(self, row) for row in range(world.people.rows)]
