"""Loads what a run is given from outside and puts it to work in an engine: residents, mechanisms, handles, ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..i18n.translation import Message
from ..levers.handles import HANDLES, Handle
from ..phases.step.context import StepContext
from ..scenario.extensions import Extensions, NetworkSource, load_code
from ..scenario.run import Run
from ..world.ties.given_ties import build_given_ties, generate_pairs
from ..world.world import World
from .mechanism import Mechanism

if TYPE_CHECKING:
    from .loop import Engine


@dataclass
class LoadedExtensions:
    """The extensions of one engine. host: the model whose residents decide, if they are given from outside."""

    mechanisms: tuple[Mechanism, ...] = ()
    host: Any = None

    def play_after(self, phase: str, world: World, context: StepContext) -> None:
        """Play the mechanisms that follow a phase, in order of their names."""
        for one in self.mechanisms:
            if one.after == phase:
                one.play(world, context)


def load_extensions(engine: Engine, run: Run, hosts_residents: bool) -> LoadedExtensions:
    """Load the run's extensions and apply them to the engine's world at its start. ValueError if one cannot be loaded.

    hosts_residents: False where a model that plays the residents already exists.
    """
    given = run.extensions or Extensions()
    register_handles([load_code(one) for one in given.handles])
    mechanisms = load_mechanisms(given)
    for one in mechanisms:
        one.add_columns(engine.world)
    if given.network is not None:
        _replace_ties(engine.world, given.network, run.seed)
    loaded = LoadedExtensions(tuple(sorted(mechanisms, key=lambda one: one.name)))
    kind = load_resident_class(given) if hosts_residents else None
    if kind is not None:
        loaded.host = kind.attach_host(engine)
        engine.by_hand |= loaded.host.by_hand
    return loaded


def load_mechanisms(given: Extensions) -> list[Mechanism]:
    """The mechanisms. ValueError for code that is none, or that nobody gave here."""
    found = [load_code(one) for one in given.mechanisms]
    for reference, one in zip(given.mechanisms, found):
        if not isinstance(one, Mechanism):
            raise ValueError(Message("{path}: expected a mechanism, a function under @simulator.mechanism(after=…)",
                                     path=reference.path))
    return found


def load_resident_class(given: Extensions) -> Any:
    """The class of residents, None for the model's own. ValueError for code that is none, or that nobody gave here."""
    if given.residents is None:
        return None
    kind = load_code(given.residents)
    if not isinstance(kind, type) or not hasattr(kind, "attach_host"):
        raise ValueError(Message("{path}: expected a subclass of simulator.Resident", path=given.residents.path))
    return kind


def fork_extensions(loaded: LoadedExtensions, other: Engine) -> LoadedExtensions:
    """The same for a fork of the engine, whose residents keep the attributes of their own."""
    host = None if loaded.host is None else loaded.host.resident_class.copy_host(loaded.host, other)
    if host is not None:
        other.by_hand |= host.by_hand
    return LoadedExtensions(loaded.mechanisms, host)


def register_handles(handles: list[Any]) -> None:
    """Add handles of one's own to the catalogue, where levers find them. ValueError for another object or a name taken.

    A mechanism reads one as context.handles.site("name"), and so on by its owner.
    """
    for one in handles:
        if not isinstance(one, Handle):
            raise ValueError(Message("{path}: expected a simulator.Handle", path=repr(one)[:80]))
        known = HANDLES.get(one.name)
        if known is not None and known != one:
            raise ValueError(Message("handle {name} exists already: choose another name", name=one.name))
        HANDLES[one.name] = one


def _replace_ties(world: World, source: NetworkSource, seed: int) -> None:
    pairs = source.pairs if source.pairs is not None else generate_pairs(source.name, world.people, seed)
    if pairs is None:
        raise ValueError(Message("this run was made with a network of one's own, {path} (source {source}): give the "
                                 "same to load it", path=source.name, source=source.digest))
    world.ties = build_given_ties(world.settings, world.key, world.people, pairs)
    world.ties.close()
