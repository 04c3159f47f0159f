"""Phases, equations and the building of a world, told by their own modules."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from ..cli.tables import table
from .source_text import beside, body, compiled, doc_of, functions, modules, neighbours, signature

NOT_TOLD = ("step.context", "step.columns", "order")
"""Modules of `phases` that phases lean on without their being a process."""


def phase_parts() -> dict[str, list[ModuleType]]:
    """Phase to its modules: its own first, then those it is made of, each told where it first appears."""
    from ... import phases as phases_room
    from ...phases.order import PHASES

    own = {module.__name__ for module in PHASES.values()}
    told = {f"{phases_room.__name__}.{name}" for name in NOT_TOLD}
    found: dict[str, list[ModuleType]] = {}
    for name, module in PHASES.items():
        found[name], todo = [module], neighbours(module)
        while todo:
            part = todo.pop(0)
            if part not in own and part not in told:
                told.add(part)
                one = importlib.import_module(part)
                found[name].append(one)
                todo += neighbours(one)
    return found


def phases() -> str:
    """Each phase: its documentation, what it writes, the rules it uses, what it is made of."""
    from ...phases.order import PHASES

    known = {node.name for _, _, node in equations()}
    return "\n\n".join(_phase(name, PHASES[name], parts, known) for name, parts in phase_parts().items())


def _phase(name: str, module: ModuleType, parts: list[ModuleType], known: set[str]) -> str:
    rules = dict.fromkeys(f"`{rule}`" for part in parts for _, rule in beside(part, "rules") if rule in known)
    lines = [f"#### `{name}`", doc_of(module),
             "Writes " + ", ".join(f"`{column}`" for column in module.WRITES) + "."]
    if rules:
        lines.append(f"Equations: {', '.join(rules)}.")
    for part in parts:
        if part is not module:
            lines.append(f"**{part.__name__.rpartition('.')[2]}.** {doc_of(part)}")
        lines.append("\n".join(f"- `{signature(node)}`: {_flat(node)}" for node in functions(part)))
    return "\n\n".join(line for line in lines if line)


def _flat(node: ast.FunctionDef) -> str:
    return " ".join((ast.get_docstring(node) or "").split())


def equations() -> Iterator[tuple[str, ModuleType, ast.FunctionDef]]:
    """Every equation of the floor of rules: module's name, module, function."""
    from ... import rules

    for name in modules(rules):
        module = importlib.import_module(f"{rules.__name__}.{name}")
        for node in compiled(module):
            yield name, module, node


def users() -> dict[str, list[str]]:
    """Equation to the phases, and the floors apart from phases, that use it."""
    found: dict[str, list[str]] = {}
    for phase, parts in phase_parts().items():
        for part in parts:
            for _, rule in beside(part, "rules"):
                found.setdefault(rule, []).append(phase)
    from ... import world

    for item in pkgutil.walk_packages(world.__path__, f"{world.__name__}."):
        for _, rule in beside(importlib.import_module(item.name), "rules"):
            found.setdefault(rule, []).append("building of the world")
    return {rule: list(dict.fromkeys(by)) for rule, by in found.items()}


def rules() -> str:
    """Each equation with its documentation, its code and who uses it."""
    lines, last, by = [], "", users()
    for name, module, node in equations():
        if name != last:
            lines.append(f"#### rules/{name}\n\n{doc_of(module)}")
            last = name
        lines.append(f"**`{signature(node)}`** {_flat(node)}")
        lines.append(f"```python\n{body(module, node)}\n```")
        lines.append(f"Used by: {', '.join(by.get(node.name, ['other equations']))}.")
    return "\n\n".join(lines)


def initialisation() -> str:
    """The modules that build a world, in the order in which the builder names them, with what they say they do."""
    from ...world import build

    lines = [f"- `world/build`: {_first(build)}"]
    for name in neighbours(build):
        path = name.partition(".")[2].replace(".", "/")
        lines.append(f"- `{path}`: {_first(importlib.import_module(name))}")
    return "\n".join(lines)


def _first(module: ModuleType) -> str:
    return " ".join(doc_of(module).split("\n\n")[0].split())


def harness() -> str:
    """What the public harness looks at, of levers and of crises."""
    from ...crises import check as crises
    from ...levers import check as levers

    told = {"lever": levers.check_lever, "crisis": crises.check_crisis}
    return "\n".join(f"- {name}: {' '.join((check.__doc__ or '').split())}" for name, check in told.items())


def decisions() -> str:
    """The decisions that a subclass of Resident may take in its own way, with the default."""
    from ...agents.decisions import DECISIONS
    from ...agents.resident import Resident

    rows = [(f"`{name}`", " ".join((getattr(Resident, name).__doc__ or "").split()), ", ".join(stages))
            for name, stages in DECISIONS.items()]
    return table(("decision", "what is decided", "stages of a step"), rows, markdown=True)
