"""The NetworkX graph contains exactly the ties of the world."""

from __future__ import annotations

import networkx
import numpy as np
import pytest

from simulator.agents import TerritoryModel
from simulator.kernel.union_find import largest_component_size, merge_rows, singleton_components
from simulator.rules.tie_kinds import TIE_KINDS
from tests.agents.village import village


@pytest.fixture(scope="module")
def model() -> TerritoryModel:
    model = TerritoryModel(village(crises=False))
    model.step()
    return model


def test_every_tie_is_an_edge_once(model: TerritoryModel) -> None:
    graph, ties, people = model.residents.to_networkx(), model.world.ties, model.world.people
    assert graph.number_of_nodes() == len(people) and 2 * graph.number_of_edges() == ties.degree.sum()
    row = int(np.argmax(ties.degree))
    neighbours = graph[int(people.uid[row])]
    for slot in range(ties.degree[row]):
        edge = neighbours[int(people.uid[ties.alter[row, slot]])]
        assert edge["trust"] == pytest.approx((float(ties.trust[row, slot]) + float(ties.alter_trust[row, slot])) / 2)
        assert edge["kind"] == TIE_KINDS[ties.kind[row, slot]]


def test_directed_edges_carry_the_trust_of_their_source(model: TerritoryModel) -> None:
    graph = model.residents.to_networkx(directed=True)
    assert graph.number_of_edges() == model.world.ties.degree.sum()
    for resident in model.residents.sort("age")[:40]:
        for friend in resident.acquaintances:
            assert graph[resident.unique_id][friend.unique_id]["trust"] == resident.trust_in(friend)


def test_a_subset_keeps_the_ties_within_it_and_the_requested_columns(model: TerritoryModel) -> None:
    whole, selected = model.residents.to_networkx(), model.residents.array("neighbourhood") == 0
    part = model.residents.select(selected).to_networkx(columns=["neighbourhood", "frailty"])
    assert 0 < len(part) < len(whole)
    assert {frozenset(edge) for edge in part.edges} == {frozenset(edge) for edge in whole.subgraph(part).edges}
    node = part.nodes[next(iter(part))]
    assert set(node) == {"row", "neighbourhood", "frailty"} and node["neighbourhood"] == 0
    with pytest.raises(AttributeError, match="no column shoe"):
        model.residents.to_networkx(columns=["shoe"])


def test_components_agree_with_union_find(model: TerritoryModel) -> None:
    ties = model.world.ties
    parent = singleton_components(len(ties))
    merge_rows(parent, ties.degree, ties.alter, ties.trust, -1.0, 2.0)
    found = largest_component_size(parent, np.ones(len(ties), bool))
    assert found == max(map(len, networkx.connected_components(model.residents.to_networkx())))
