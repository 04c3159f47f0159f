"""Describes phases, equations and the initialisation of a world from the docstrings of their modules."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from ..cli.text_table import format_cli_table
from .source_text import (
    format_function_code,
    format_signature,
    get_module_doc,
    list_compiled_functions,
    list_imports_from,
    list_module_names,
    list_public_functions,
    list_sibling_imports,
)

HELPER_MODULES = ("step.context", "step.columns", "step.row_lists", "order")
"""Modules of simulator/phases that phases import but that describe no process."""


def list_phase_modules() -> dict[str, list[ModuleType]]:
    """Phase to its modules: its own first, then its helpers, each listed under the first phase that needs it."""
    from ... import phases
    from ...phases.order import PHASES

    own = {module.__name__ for module in PHASES.values()}
    seen = {f"{phases.__name__}.{name}" for name in HELPER_MODULES}
    found: dict[str, list[ModuleType]] = {}
    for name, module in PHASES.items():
        found[name], pending = [module], list_sibling_imports(module)
        while pending:
            helper_name = pending.pop(0)
            if helper_name not in own and helper_name not in seen:
                seen.add(helper_name)
                helper = importlib.import_module(helper_name)
                found[name].append(helper)
                pending += list_sibling_imports(helper)
    return found


def document_phases() -> str:
    """Each phase: its docstring, the columns it writes, the rules it uses, its helpers."""
    from ...phases.order import PHASES

    known = {node.name for _, _, node in list_equations()}
    return "\n\n".join(_document_phase(name, PHASES[name], modules, known)
                       for name, modules in list_phase_modules().items())


def _document_phase(name: str, phase: ModuleType, modules: list[ModuleType], known: set[str]) -> str:
    rules = dict.fromkeys(f"`{rule}`" for module in modules for _, rule in list_imports_from(module, "rules")
                          if rule in known)
    lines = [f"#### `{name}`", get_module_doc(phase),
             "Writes " + ", ".join(f"`{column}`" for column in phase.WRITES) + "."]
    if rules:
        lines.append(f"Equations: {', '.join(rules)}.")
    for module in modules:
        if module is not phase:
            lines.append(f"**{module.__name__.rpartition('.')[2]}.** {get_module_doc(module)}")
        lines.append("\n".join(f"- `{format_signature(node)}`: {_flatten_docstring(node)}"
                               for node in list_public_functions(module)))
    return "\n\n".join(line for line in lines if line)


def _flatten_docstring(node: ast.FunctionDef) -> str:
    return " ".join((ast.get_docstring(node) or "").split())


def list_equations() -> Iterator[tuple[str, ModuleType, ast.FunctionDef]]:
    """(name of the module, module, function) of every equation in simulator/rules."""
    from ... import rules

    for name in list_module_names(rules):
        module = importlib.import_module(f"{rules.__name__}.{name}")
        for node in list_compiled_functions(module):
            yield name, module, node


def find_equation_users() -> dict[str, list[str]]:
    """Equation to the phases that use it, and `building of the world`."""
    found: dict[str, list[str]] = {}
    for phase, modules in list_phase_modules().items():
        for module in modules:
            for _, rule in list_imports_from(module, "rules"):
                found.setdefault(rule, []).append(phase)
    from ... import world

    for item in pkgutil.walk_packages(world.__path__, f"{world.__name__}."):
        for _, rule in list_imports_from(importlib.import_module(item.name), "rules"):
            found.setdefault(rule, []).append("building of the world")
    return {rule: list(dict.fromkeys(users)) for rule, users in found.items()}


def document_equations() -> str:
    """Each equation with its docstring, its code and who uses it."""
    lines, last, users = [], "", find_equation_users()
    for name, module, node in list_equations():
        if name != last:
            lines.append(f"#### rules/{name}\n\n{get_module_doc(module)}")
            last = name
        lines.append(f"**`{format_signature(node)}`** {_flatten_docstring(node)}")
        lines.append(f"```python\n{format_function_code(module, node)}\n```")
        lines.append(f"Used by: {', '.join(users.get(node.name, ['other equations']))}.")
    return "\n\n".join(lines)


def document_initialisation() -> str:
    """The modules that build a world, in the order of the builder's imports, each with its first paragraph."""
    from ...world import build

    lines = [f"- `world/build`: {_get_first_paragraph(build)}"]
    for name in list_sibling_imports(build):
        path = name.partition(".")[2].replace(".", "/")
        lines.append(f"- `{path}`: {_get_first_paragraph(importlib.import_module(name))}")
    return "\n".join(lines)


def _get_first_paragraph(module: ModuleType) -> str:
    return " ".join(get_module_doc(module).split("\n\n")[0].split())


def document_card_checks() -> str:
    """What `resilience check` checks, of levers and of crises."""
    from ...crises.card_checks import check_crisis
    from ...levers.card_checks import check_lever

    checks = {"lever": check_lever, "crisis": check_crisis}
    return "\n".join(f"- {name}: {' '.join((check.__doc__ or '').split())}" for name, check in checks.items())


def document_decisions() -> str:
    """The decisions that a subclass of Resident may override, with the stages of a step that take them."""
    from ...agents.decision_stages import STAGES_BY_DECISION
    from ...agents.resident import Resident

    rows = [(f"`{name}`", " ".join((getattr(Resident, name).__doc__ or "").split()), ", ".join(stages))
            for name, stages in STAGES_BY_DECISION.items()]
    return format_cli_table(("decision", "what is decided", "stages of a step"), rows, markdown=True)
