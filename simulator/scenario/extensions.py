"""What a run is given from outside, part of its id: code named as module:object with a hash of its source, and ties.

A run that was rebuilt from a stored record only names its code. It is imported when the command line or Python has
given the same code, in this process or in the one that started it: a results folder never brings code of its own.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import sys
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ..i18n.translation import Message
from ..world.population.given_population import GivenPopulation

OWN_PACKAGE = __name__.partition(".")[0]
DIGEST_LENGTH = 16


@dataclass(frozen=True)
class CodeReference:
    """An object in a module: `path` is module:object, `source` 16 hex digits of a hash of all modules it is made of.

    given: True in the processes in which somebody gave this code, hence may run it; no part of the run's id.
    """

    path: str
    source: str
    given: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class NetworkSource:
    """Ties that replace those a territory starts with.

    name: what they are, as given. digest: of `pairs`. pairs: int64[m, 2], positions of adults in the order of their
    uids; they travel with the run and are no part of its stored content.
    """

    name: str
    digest: str
    pairs: np.ndarray | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Extensions:
    """residents: a subclass of Resident. mechanisms, handles: objects of `simulator.mechanism` and `simulator.Handle`.

    network: the ties at the start. population: residents and households. What is left out is the model's own.
    """

    residents: CodeReference | None = None
    mechanisms: tuple[CodeReference, ...] = ()
    handles: tuple[CodeReference, ...] = ()
    network: NetworkSource | None = None
    population: GivenPopulation | None = None

    def content(self) -> dict[str, Any]:
        """As plain data: paths and hashes."""
        found: dict[str, Any] = {}
        if self.residents is not None:
            found["residents"] = _describe(self.residents)
        for name in ("mechanisms", "handles"):
            if getattr(self, name):
                found[name] = [_describe(one) for one in sorted(getattr(self, name), key=lambda one: one.path)]
        if self.network is not None:
            found["network"] = {"name": self.network.name, "digest": self.network.digest}
        if self.population is not None:
            found["population"] = {"digest": self.population.digest}
        return found


def _describe(reference: CodeReference) -> dict[str, str]:
    return {"path": reference.path, "source": reference.source}


def give_code(code: Any) -> CodeReference:
    """The reference of an object, or of module:object, which may be run from now on.

    ValueError if it cannot be imported, is not there, or has no source that can be read.
    """
    if isinstance(code, CodeReference):
        return code
    path, found = (code, import_object(code)) if isinstance(code, str) else (_name_object(code), code)
    return CodeReference(path, hash_code(found, path), given=True)


def load_code(reference: CodeReference) -> Any:
    """The object of a reference. ValueError if nobody gave it here, or its source is another one."""
    if not reference.given:
        raise ValueError(Message("this run was made with code of one's own, {path} (source {source}): give the same to "
                                 "load it", path=reference.path, source=reference.source))
    found = import_object(reference.path)
    source = hash_code(found, reference.path)
    if source != reference.source:
        raise ValueError(Message("{path}: its source is {found}, the run was made with {source}; another run has "
                                 "another id", path=reference.path, found=source, source=reference.source))
    return found


def import_object(path: str) -> Any:
    """The object at module:object; modules of the current folder are found too. ValueError if there is none."""
    module, colon, name = path.partition(":")
    if not colon or not module or not name or not all(part.isidentifier() for part in (module + "." + name).split(".")):
        raise ValueError(Message("{path}: expected module:object, such as my_package.behaviours:Proud", path=path))
    if os.getcwd() not in sys.path:
        sys.path.append(os.getcwd())
    try:
        found: Any = sys.modules["__main__"] if module == "__main__" else import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except Exception as problem:  # a module of somebody else's may fail in any way
        raise ValueError(Message("{path}: cannot be loaded ({why}); expected module:object that Python can import from "
                                 "here", path=path, why=f"{type(problem).__name__}: {problem}")) from None
    return found


def _name_object(found: Any) -> str:
    """module:object of an object. ValueError if no module has it under a name of its own."""
    function = found if inspect.isclass(found) else getattr(found, "step", found)
    module, name = getattr(function, "__module__", None), getattr(function, "__qualname__", None)
    if name is None:  # neither class nor function: whoever holds it names it
        module, name = next(((module, name) for module, held in list(sys.modules.items())
                             if module.partition(".")[0] != OWN_PACKAGE
                             for name, value in list(vars(held).items()) if value is found), (None, None))
    if not name or not module or "<" in name:
        raise ValueError(Message("{path}: has no name in a module; define it at the top of one", path=repr(found)[:80]))
    return f"{module}:{name}"


def hash_code(found: Any, path: str) -> str:
    """Hash of the source of the module that holds the object and, of a class, of the modules of its bases.

    Modules of this package do not count: a release stands for them. Of a notebook or a script that is being run it is
    the object's own source. ValueError if it cannot be read.
    """
    digest = hashlib.sha256(path.encode())
    names = [path.partition(":")[0]]
    if inspect.isclass(found):
        names += [base.__module__ for base in found.__mro__
                  if base.__module__.partition(".")[0] not in (OWN_PACKAGE, "mesa", "builtins")]
    for name in dict.fromkeys(names):
        digest.update(f"{name}\n{_read_source(name, found, path)}".encode())
    return digest.hexdigest()[:DIGEST_LENGTH]


def _read_source(module: str, found: Any, path: str) -> str:
    try:
        if module == "__main__":
            return inspect.getsource(getattr(found, "step", found))
        return Path(str(inspect.getsourcefile(sys.modules[module]))).read_text(encoding="utf-8")
    except (OSError, TypeError, UnicodeDecodeError, KeyError):
        raise ValueError(Message("{path}: its source cannot be read; write it into a file", path=path)) from None
