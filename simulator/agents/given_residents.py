"""Which class of residents a model plays, and the run whose id tells it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..i18n.translation import shorten_fact
from ..scenario.extensions import load_code
from ..scenario.run import BehaviourSource, Run
from .behaviour_source import describe_behaviour
from .resident import Resident


@dataclass(frozen=True)
class GivenResidents:
    """run: with the class in its content. source: what the class does. unreadable: names without readable source."""

    resident_class: type[Resident]
    run: Run
    source: BehaviourSource | None
    unreadable: tuple[str, ...] = ()


def choose_residents(run: Run, residents: type[Resident]) -> GivenResidents:
    """The class given to the model itself, which enters the run; without one that of the run's extensions.

    TypeError unless it is a subclass of Resident; ValueError for extensions that cannot be loaded.
    """
    extensions = run.extensions
    if residents is Resident and extensions is not None and extensions.residents is not None:
        residents = load_code(extensions.residents)
        return GivenResidents(residents, replace(run, residents=None), describe_behaviour(residents)[0])
    if not (isinstance(residents, type) and issubclass(residents, Resident)):
        raise TypeError(f"residents = {shorten_fact(repr(residents))}: expected a "
                        "subclass of simulator.agents.Resident")
    source, unreadable = describe_behaviour(residents)
    if extensions is not None:
        extensions = replace(extensions, residents=None)
    return GivenResidents(residents, replace(run, residents=source, extensions=extensions), source, unreadable)
