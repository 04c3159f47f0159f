"""Networks as arrays: who can reach whom, by union-find.

Source: Galler & Fischer 1964, doi:10.1145/364099.364331. The giant share of a random graph of mean degree c is the root
of S = 1 - exp(-c S) (Erdős & Rényi 1960).
"""

from __future__ import annotations

import numpy as np

from .compiled import kernel, making_kernel, rule


@rule
def root(parent, node):
    """The representative of a node's component; halves the path on the way."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@rule
def join(parent, a, b):
    """Make two nodes' components one. The smaller number represents it, whatever the order of joining."""
    a, b = root(parent, a), root(parent, b)
    if a < b:
        parent[b] = a
    elif b < a:
        parent[a] = b


def apart(nodes: int) -> np.ndarray:
    """int64[nodes]: every node a component of its own."""
    return np.arange(nodes)


@kernel
def join_pairs(parent, first, second):
    """Join the components of every pair first[e], second[e]."""
    for e in range(first.size):
        join(parent, first[e], second[e])


@kernel
def join_rows(parent, degree, other, strength, low, high):
    """Join along every slot whose strength is at least `low` and below `high`. other, strength: [nodes, slots]."""
    for i in range(degree.size):
        for k in range(degree[i]):
            j = other[i, k]
            if i < j and low <= strength[i, k] < high:
                join(parent, i, j)


@making_kernel
def largest(parent, counted):
    """Number of counted nodes in the component that has most of them."""
    size = np.zeros(parent.size, np.int64)
    for node in range(parent.size):
        if counted[node]:
            size[root(parent, node)] += 1
    return size.max() if size.size else 0
