"""Labels looked up by a key that is put together: every key that can be asked for is there."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator

from simulator.engine.tracing.answer_factors import name_helper_kind
from simulator.report.maps.layers import MEASURES
from simulator.report.stories.balance import SOURCE_ORDER
from simulator.report.stories.course import format_source
from simulator.report.stories.events import EVENT_FORMATTERS
from simulator.rules.need_domains import BY_KIN, BY_STRANGER, DOMAINS, KIT_KINDS
from simulator.rules.tie_kinds import TIE_KINDS
from simulator.world.places.place import Households
from simulator.world.population.people import People
from tests.house import tree

TRACING = tree.ROOT / "simulator" / "engine" / "tracing"
ADDERS = {"add_event": 1, "add_once": 2, "add_per_crisis": 1}
"""Function that records an event, and at which argument its kind stands."""
OWN_SENTENCE = {"crisis", "lever", "damage", "left_home", "needs", "found", "everyday"}
"""Events whose sentence is in its formatter, not in the table."""
HELPERS = {*(name_helper_kind(BY_KIN + k, 0) for k in range(len(TIE_KINDS))), name_helper_kind(BY_STRANGER, 0),
           *(name_helper_kind(0, row) for row in (-2, -3))}


def list_event_kinds() -> set[str]:
    """The kinds of events that tracers record: texts given for them, also through a name with few values."""
    found: set[str] = set()
    for path in TRACING.glob("*.py"):
        for function in tree.functions(path):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ADDERS:
                    kind = node.args[ADDERS[node.func.attr]]
                    found |= {kind.value} if isinstance(kind, ast.Constant) else set(_list_values(function, kind))
    return found


def _list_values(function: tree.Function, name: ast.expr) -> Iterator[str]:
    """Texts of a conditional, or those assigned to a name or iterated over by it in a function."""
    if isinstance(name, ast.IfExp):
        yield from _list_results(name)
        return
    assert isinstance(name, ast.Name), ast.dump(name)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name.id
                                                for one in node.targets):
            yield from _list_results(node.value)
        if isinstance(node, ast.For) and isinstance(node.target, ast.Tuple):
            places = [k for k, one in enumerate(node.target.elts) if isinstance(one, ast.Name) and one.id == name.id]
            for row in node.iter.elts if places and isinstance(node.iter, ast.Tuple) else []:
                yield from _list_results(row.elts[places[0]])


def _list_results(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_list_results(node.body), *_list_results(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


KEYS = {
    ("STORY_LABELS", "s_{}"): {"loan", "promises"}, ("STORY_LABELS", "u_{}"): set(DOMAINS),
    ("STORY_LABELS", "k_{}"): HELPERS, ("STORY_LABELS", "kit_{}"): set(KIT_KINDS),
    ("STORY_LABELS", "barrier{}"): set(map(str, range(People.barrier.width))),
    ("STORY_LABELS", "home{}"): set(map(str, range(int(Households.kind.high) + 1))),
    ("STORY_LABELS", "job{}"): set(map(str, range(int(People.job.high) + 1))),
    ("STORY_LABELS", "ev_{}"): list_event_kinds() - OWN_SENTENCE,
    ("STORY_LABELS", "lodged_{}"): {"ties", "institution"},
    ("STORY_LABELS", "reach_{}"): {"person", "site", "commune", "none"},
    ("STORY_LABELS", "by_{}"): {"people", "neighbour", "visit", "call"},
    ("STORY_LABELS", "refused_{}"): {"state", "times", "trust", "luck"},
    ("MAP_LABELS", "short_{}"): {f"{name}_change" for name in MEASURES}, ("MAP_LABELS", "title_{}"): set(MEASURES),
    ("MAP_LABELS", "{}_note"): {"cells", "communes", "outlines"},
}
"""(table, form of its key) to all that may stand for {}."""


def list_composed_keys() -> Iterator[tuple[str, str, str]]:
    """(table, form of the key, where) of every lookup in a table of labels by an f-string."""
    for path in tree.sources("simulator"):
        for node in ast.walk(tree.parsed(path)):
            if (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.JoinedStr)
                    and isinstance(node.value, ast.Name) and node.value.id.isupper()):
                form = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}"
                               for part in node.slice.values)
                yield node.value.id, form, f"{tree.name(path)}:{node.lineno}"


def test_every_composed_lookup_has_its_keys_listed_here() -> None:
    found = list(list_composed_keys())
    tree.nothing(f"{where}: {table}[{form}]" for table, form, where in found if (table, form) not in KEYS)
    assert {(table, form) for table, form, _ in found} == set(KEYS)


def test_every_key_that_can_be_asked_for_is_there() -> None:
    tables = {"STORY_LABELS": importlib.import_module("simulator.i18n.texts.story_texts").STORY_LABELS,
              "MAP_LABELS": importlib.import_module("simulator.i18n.texts.map_texts").MAP_LABELS}
    tree.nothing(f"{table}[{form.format(key)}]" for (table, form), keys in KEYS.items() for key in keys
                 if form.format(key) not in tables[table])
    assert all(KEYS.values()) and len(list_event_kinds()) > 20


def test_every_kind_of_event_that_has_a_formatter_happens() -> None:
    assert set(EVENT_FORMATTERS) <= list_event_kinds() | {"crisis", "needs"}


def test_every_source_of_help_has_a_name() -> None:
    assert all(format_source(source, lang) for source in SOURCE_ORDER for lang in ("fr", "en"))
