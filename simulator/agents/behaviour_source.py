"""What a class of residents given from outside does, as hashes: its classes, their modules, and the values they use.

Two classes with the same name are told apart by the source of their modules, by values that a function closes over or
reads from its module, and by functions set on a class later. What has no readable source is listed as unreadable.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import sys
import sysconfig
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from ..scenario.run import BehaviourSource
from .resident import Resident

OWN_PACKAGE = __name__.partition(".")[0]
PLAIN_TYPES = (type(None), bool, int, float, complex, str, bytes, date, timedelta, np.generic, type(Ellipsis))
CLASS_BOOKKEEPING = {"__module__", "__qualname__", "__dict__", "__weakref__", "__doc__", "__annotations__",
                     "__annotate__", "__annotate_func__", "__annotations_cache__", "__firstlineno__",
                     "__static_attributes__", "__abstractmethods__", "_abc_impl", "__parameters__", "__slots__",
                     "__orig_bases__", "__type_params__", "__match_args__", "__dataclass_params__"}
"""Attributes that Python sets on every class; they decide nothing."""
DIGEST_LENGTH = 16


def describe_behaviour(resident_class: type[Resident]) -> tuple[BehaviourSource | None, tuple[str, ...]]:
    """(the class as names and hashes, names without readable source). (None, ()) for `Resident` itself."""
    if resident_class is Resident:
        return None, ()
    walk = _SourceWalk()
    for base in resident_class.__mro__:
        walk.add("", base)
    name = f"{resident_class.__module__}.{resident_class.__qualname__}"
    return BehaviourSource(name, dict(sorted(walk.hashes.items()))), tuple(dict.fromkeys(walk.unreadable))


def _digest(value: object) -> str:
    data = value if isinstance(value, bytes) else repr(value).encode()
    return hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]


@functools.cache
def _is_from_outside(module_name: str) -> bool:
    """True for a researcher's own module: neither this package, nor the standard library, nor an installed one."""
    top = module_name.partition(".")[0]
    if top == OWN_PACKAGE or top in sys.stdlib_module_names and top != "__main__":
        return False
    file = getattr(sys.modules.get(top), "__file__", None) or next(
        iter(getattr(sys.modules.get(top), "__path__", ())), None)
    installed = {Path(sysconfig.get_path(kind)).resolve() for kind in ("purelib", "platlib")}
    return file is None or not installed & set(Path(file).resolve().parents)


class _SourceWalk:
    """Collects `hashes`, dotted name to hash, of all that the added classes and functions use from outside."""

    def __init__(self) -> None:
        self.hashes: dict[str, str] = {}
        self.unreadable: list[str] = []
        self._seen: set[int] = set()
        self._kept: list[Any] = []  # objects whose id is in _seen must not be freed meanwhile

    def add(self, name: str, value: Any) -> None:
        """Add a class, function, module or plain value, found under this dotted name."""
        if isinstance(value, PLAIN_TYPES) or not self._is_new(value):
            if isinstance(value, PLAIN_TYPES):
                self.hashes[name] = _digest(value)
            return
        for kinds, method in self._methods():
            if isinstance(value, kinds):
                method(name, value)
                return
        wrapped = getattr(value, "__wrapped__", None) or getattr(value, "py_func", None)
        if callable(wrapped):
            self.hashes[name] = _digest(f"{type(value).__module__}.{type(value).__qualname__}")
            self.add(f"{name}.__wrapped__", wrapped)
        elif _is_from_outside(type(value).__module__) and hasattr(value, "__dict__"):
            self.add(name, type(value))
            self._add_items(name, vars(value))
        elif not callable(value):
            self.unreadable.append(name)

    def _methods(self) -> tuple[tuple[Any, Callable[[str, Any], None]], ...]:
        return ((ModuleType, self._add_module), (Enum, self._add_enum), (type, self._add_class),
                (FunctionType, self._add_function), (BuiltinFunctionType, self._add_nothing),
                ((staticmethod, classmethod, MethodType), lambda name, value: self.add(name, value.__func__)),
                (property, lambda name, value: self._add_items(name, {"get": value.fget, "set": value.fset})),
                (functools.cached_property, lambda name, value: self.add(name, value.func)),
                (functools.partial, lambda name, value: self._add_items(
                    name, {"func": value.func, "args": value.args, **value.keywords})),
                (np.ndarray, self._add_array),
                ((list, tuple), lambda name, value: self._add_items(name, dict(enumerate(value)))),
                ((set, frozenset), lambda name, value: self._add_items(name, dict(enumerate(sorted(value, key=repr))))),
                (dict, self._add_items))

    def _is_new(self, value: Any) -> bool:
        known = id(value) in self._seen
        self._seen.add(id(value))
        self._kept.append(value)
        return not known

    def _add_nothing(self, name: str, value: Any) -> None:
        """A compiled function of an installed library."""

    def _add_items(self, name: str, value: dict[Any, Any]) -> None:
        self.hashes[name] = _digest((type(value).__name__, [repr(key) for key in value]))
        for key, item in value.items():
            self.add(f"{name}.{key}", item)

    def _add_array(self, name: str, value: np.ndarray) -> None:
        if value.dtype.hasobject:
            self.unreadable.append(name)
        self.hashes[name] = _digest(f"{value.dtype} {value.shape}".encode() + np.ascontiguousarray(value).tobytes())

    def _add_enum(self, name: str, value: Enum) -> None:
        self.hashes[name] = _digest(value.name)
        self.add(name, type(value))

    def _add_module(self, name: str, module: ModuleType) -> None:
        if _is_from_outside(module.__name__):
            source = _read_module_source(vars(module))
            if source is None:
                self.unreadable.append(module.__name__)
                return
            self.hashes[module.__name__] = _digest(source.encode())
            for other in [item for item in vars(module).values() if isinstance(item, ModuleType)]:
                self.add("", other)

    def _add_class(self, name: str, kind: type) -> None:
        if not _is_from_outside(kind.__module__):
            return
        own_name = f"{kind.__module__}.{kind.__qualname__}"
        self.hashes[own_name] = _digest([f"{base.__module__}.{base.__qualname__}" for base in kind.__bases__])
        for attribute, value in list(vars(kind).items()):
            if attribute not in CLASS_BOOKKEEPING and not inspect.isgetsetdescriptor(value):
                self.add(f"{own_name}.{attribute}", value)
        for base in kind.__bases__:
            self.add("", base)

    def _add_source(self, name: str, function: FunctionType) -> None:
        """The source of the function's module; of the function alone where the module is no file (a notebook)."""
        source = _read_module_source(function.__globals__)
        try:
            if source is None:
                self.hashes[f"{name} (source)"] = _digest(inspect.getsource(function).encode())
            elif _is_written_in(source, function.__code__):
                self.hashes[function.__module__] = _digest(source.encode())
            else:
                self.unreadable.append(name)
        except OSError:
            self.unreadable.append(name)

    def _add_function(self, name: str, function: Any) -> None:
        if not _is_from_outside(function.__module__ or ""):
            return
        code: CodeType = function.__code__
        source_name = f"{function.__module__}.{function.__qualname__}"
        body = _summarise_code(code) if "<lambda>" in source_name else ()  # a line may hold several of that name
        self.hashes[name or source_name] = _digest((source_name, code.co_firstlineno, body))
        self._add_source(source_name, function)
        cells = zip(code.co_freevars, function.__closure__ or (), strict=True)
        used = {cell_name: cell.cell_contents for cell_name, cell in cells if _is_filled(cell)}
        scope = function.__globals__
        used |= {word: scope[word] for part in _list_nested_code(code) for word in part.co_names if word in scope}
        used |= {f"default {k}": value for k, value in enumerate(function.__defaults__ or ())}
        used |= function.__kwdefaults__ or {}
        for word, value in used.items():
            self.add(f"{source_name}.{word}", value)


def _is_filled(cell: Any) -> bool:
    try:
        return cell.cell_contents is not cell
    except ValueError:
        return False


def _list_nested_code(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _list_nested_code(constant)


def _read_module_source(scope: dict[str, Any]) -> str | None:
    """The text of the file of a module with these globals; None if it has none."""
    file = scope.get("__file__")
    try:
        return Path(file).read_text(encoding="utf-8") if file and str(file).endswith(".py") else None
    except (OSError, UnicodeDecodeError):
        return None


def _is_written_in(source: str, code: CodeType) -> bool:
    """False if the file was changed since it was imported, or the function was made elsewhere."""
    try:
        tree = compile(source, code.co_filename, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return any(_summarise_code(part) == _summarise_code(code) for part in _list_nested_code(tree))


def _summarise_code(code: CodeType) -> tuple[Any, ...]:
    constants = [repr(value) for value in code.co_consts if not isinstance(value, CodeType)]
    nested = [_summarise_code(part) for part in code.co_consts if isinstance(part, CodeType)]
    return code.co_qualname, code.co_firstlineno, code.co_code, code.co_names, constants, nested
