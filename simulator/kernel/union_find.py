"""Connected components of a network by union-find: int64[nodes] `parent`, each node's next step to its root.

Source: Galler & Fischer 1964, doi:10.1145/364099.364331. The giant share of a random graph of mean degree c is the root
of S = 1 - exp(-c S) (Erdős & Rényi 1960).
"""

from __future__ import annotations

import numpy as np

from .compiled import allocating_kernel, kernel, rule


@rule
def find_root(parent, node):
    """The root, which represents a node's component. Shortens the path on the way (path halving)."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@rule
def merge_components(parent, a, b):
    """Merge the components of two nodes. The smaller root represents both, whatever the order of merging."""
    a, b = find_root(parent, a), find_root(parent, b)
    if a < b:
        parent[b] = a
    elif b < a:
        parent[a] = b


def singleton_components(nodes: int) -> np.ndarray:
    """int64[nodes]: parents with every node in a component of its own."""
    return np.arange(nodes)


@kernel
def merge_pairs(parent, first, second):
    """Merge the components of every pair first[e], second[e]."""
    for e in range(first.size):
        merge_components(parent, first[e], second[e])


@kernel
def merge_rows(parent, degree, other, strength, low, high):
    """Merge along every tie whose strength is at least `low` and below `high`.

    degree[i]: slots that node i uses; other, strength [nodes, slots]: the node at the other end, the tie's strength.
    """
    for i in range(degree.size):
        for k in range(degree[i]):
            j = other[i, k]
            if i < j and low <= strength[i, k] < high:
                merge_components(parent, i, j)


@allocating_kernel
def largest_component_size(parent, mask):
    """Number of nodes with mask True in the component that has most of them."""
    size = np.zeros(parent.size, np.int64)
    for node in range(parent.size):
        if mask[node]:
            size[find_root(parent, node)] += 1
    return size.max() if size.size else 0
