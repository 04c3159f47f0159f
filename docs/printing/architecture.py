"""The packages of the simulator and how they import one another, drawn from the code at every build."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Mapping
from html import escape
from importlib.util import resolve_name
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "simulator"
ROW, BOX_HEIGHT, BOX_WIDTH, GAP, WIDTH = 64, 40, 220.0, 16, 760
"""Pixels."""


def list_layers() -> list[list[str]]:
    """The packages of each layer, from the top one down, as the import contract in pyproject.toml has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    lines = next(contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers")
    return [[name.strip(" ()") for name in line.split("|")] for line in lines if line != "__main__"]


def list_modules(package: str) -> list[Path]:
    """The files of a package."""
    return sorted((ROOT / PACKAGE / package).rglob("*.py"))


def build_import_graph() -> nx.DiGraph:
    """An edge from each package to every other one that it imports from, with the number of import statements."""
    names = [name for layer in list_layers() for name in layer]
    graph = nx.DiGraph()
    graph.add_nodes_from(names)
    for package in names:
        for path in list_modules(package):
            for target in _list_imported_packages(path):
                if target in names and target != package:
                    count = graph.get_edge_data(package, target, {"imports": 0})["imports"]
                    graph.add_edge(package, target, imports=count + 1)
    return graph


def _list_imported_packages(path: Path) -> list[str]:
    """The package behind each relative import of a file, once a statement."""
    inside = ".".join(path.relative_to(ROOT).parent.parts)
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            full = resolve_name("." * node.level + (node.module or ""), inside)
            parts = full.rstrip(".").split(".")
            found += [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
    return found


def render_architecture() -> str:
    """The picture as an SVG within HTML, and the same as a list for who cannot see it."""
    graph, layers = build_import_graph(), list_layers()
    boxes = {name: _place(row, column, len(layer)) for row, layer in enumerate(layers)
             for column, name in enumerate(layer)}
    height = ROW * len(layers) + GAP
    reduced = nx.transitive_reduction(graph)
    parts = [f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Packages and their imports" '
             'style="max-width:100%;height:auto;font-family:sans-serif">',
             '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
             'orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#6b6b6b"/></marker></defs>']
    parts += [_arrow(boxes[source], boxes[target]) for source, target in reduced.edges]
    parts += [_box(name, *boxes[name]) for name in boxes]
    lines = [f"- `{name}` imports {_list_counts(graph[name])}" for name in boxes if graph[name]]
    return "\n".join([*parts, "</svg>", "", "Arrows that follow from others are left out of the picture. All of them, "
                      "with the number of import statements:", "", *lines, ""])


def _list_counts(targets: Mapping[str, Mapping[str, int]]) -> str:
    return ", ".join(f"`{target}` ({targets[target]['imports']})" for target in sorted(targets))


def _place(row: int, column: int, count: int) -> tuple[float, float, float]:
    """Left, top and width of a box."""
    width = min(BOX_WIDTH, (WIDTH - GAP * (count + 1)) / count)
    left = (WIDTH - count * width - (count - 1) * GAP) / 2 + column * (width + GAP)
    return left, GAP + row * ROW, width


def _box(name: str, left: float, top: float, width: float) -> str:
    count = sum(path.name != "__init__.py" for path in list_modules(name))
    middle = left + width / 2
    return (f'<rect x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{BOX_HEIGHT}" rx="6" fill="#e8f1f8" '
            f'stroke="#0072B2"/><text x="{middle:.0f}" y="{top + 18:.0f}" text-anchor="middle" font-size="15" '
            f'fill="#222">{escape(name)}</text><text x="{middle:.0f}" y="{top + 33:.0f}" text-anchor="middle" '
            f'font-size="11" fill="#555">{count} modules</text>')


def _arrow(source: tuple[float, float, float], target: tuple[float, float, float]) -> str:
    """A line to the next layer; a curve beside the boxes to one further down."""
    x0, foot, x1, head = source[0] + source[2] / 2, source[1] + BOX_HEIGHT, target[0] + target[2] / 2, target[1]
    if head - foot <= ROW - BOX_HEIGHT:
        return f'<path d="M{x0:.0f},{foot} L{x1:.0f},{head}" {_STROKE}/>'
    away = x1 - WIDTH / 2 or x0 - WIDTH / 2 or (1 if (source[1] // ROW) % 2 else -1)
    side = 1 if away > 0 else -1
    end, middle = x1 + side * target[2] / 2, head + BOX_HEIGHT / 2
    if source[2] < BOX_WIDTH or source[0] != (WIDTH - BOX_WIDTH) / 2:  # one of several in its row: from its foot
        return (f'<path d="M{x0:.0f},{foot} C{x0:.0f},{middle:.0f} {end + side * ROW:.0f},{middle:.0f} '
                f'{end:.0f},{middle:.0f}" {_STROKE}/>')
    out, begin = end + side * (GAP + (head - foot) / 3), x0 + side * source[2] / 2
    top = source[1] + BOX_HEIGHT / 2
    return (f'<path d="M{begin:.0f},{top:.0f} C{out:.0f},{top:.0f} {out:.0f},{middle:.0f} {end:.0f},{middle:.0f}" '
            f'{_STROKE}/>')


_STROKE = 'fill="none" stroke="#6b6b6b" stroke-width="1.3" marker-end="url(#tip)"'
