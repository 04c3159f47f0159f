"""What may be set on the command line and in configs/: the typed root that Hydra composes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional

from ..parameters import Model
from ..scenario.run import Calendar
from ..studies.executor import Executor

CARD_GROUPS = ("lever", "crisis", "site")
"""Groups of which several cards may be chosen at once."""
ONE_GROUPS = ("territory", "behaviour", "executor")
"""Groups of which one is chosen."""
MANY = {"lever": "levers", "crisis": "crises", "site": "sites", "territory": "territories", "behaviour": "parameters",
        "executor": "parameters"}


@dataclass
class Common:
    """Settings of `run` and `compare` alike. Cards stay plain data until simulator.config.resolve reads them strictly.

    observe: costly tables to keep beside those every run has (simulator.records.observed.schema).
    """

    name: str = ""
    territory: dict[str, Any] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)
    crisis: dict[str, Any] = field(default_factory=dict)
    lever: dict[str, Any] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=dict)
    model: Model = field(default_factory=Model)
    observe: list[str] = field(default_factory=list)
    threads: Optional[int] = None
    results: Optional[str] = None
    lang: str = "fr"


@dataclass
class RunSettings(Common):
    """Settings of `run`. ensemble: calibrated parameter sets to play it with, two seeds each; 0: the defaults only."""

    seed: int = 1
    ensemble: int = 0


@dataclass
class CompareSettings(Common):
    """Settings of `compare`. seeds: how many, counted from 1, or a list. together: one more arm with every lever.

    euros: yearly budget to which each arm is scaled; posts: full-time posts an arm can fill at most. arms: portfolios
    by name, each a list of levers or a dose for each, instead of an arm for each lever. lean: sets of numbers with
    which it is played again to see which assumptions its conclusion leans on; 0: none. ensemble: calibrated parameter
    sets its seeds take in turn; 0: the defaults only.
    """

    seeds: Any = 6
    together: bool = False
    euros: Optional[float] = None
    posts: Optional[float] = None
    arms: Any = None
    lean: int = 0
    ensemble: int = 0
    workers: Optional[int] = None


@dataclass
class StudySettings(Common):
    """Settings of `study`, and of `run -m`. seeds: as the study says when left out. retry: play again what failed."""

    seeds: Any = None
    retry: bool = False
    workers: Optional[int] = None
    executor: Executor = field(default_factory=Executor)


@dataclass
class PortfolioSettings(Common):
    """Settings of `portfolio`. seeds: of the search; fresh: so many more, unknown to it, confirm what it found.

    budget: EUR a year. doses: those each lever may be given. plays: portfolios evaluated at most. severities: each
    crisis's own severity is multiplied by each of these: the scenarios. spare: no group may lose more person-days per
    resident than without levers, beyond this; left out: groups are not looked at. orders: random orders of levers by
    which portfolios of more than four are attributed; 0: they are not.
    """

    seeds: Any = 3
    fresh: int = 5
    budget: float = 300_000.0
    doses: Any = field(default_factory=lambda: [1.0])
    plays: int = 30
    severities: Any = field(default_factory=lambda: [0.5, 1.0, 1.5])
    spare: Optional[float] = None
    orders: int = 8
    workers: Optional[int] = None


@dataclass
class ValidateSettings(Common):
    """Settings of `validate`. seeds: how many, counted from 1, or a list; years: how long ties are followed, or 0."""

    seeds: Any = 10
    years: int = 7
    workers: Optional[int] = None


ROOTS: dict[str, type[Common]] = {"run": RunSettings, "compare": CompareSettings, "study": StudySettings,
                                  "portfolio": PortfolioSettings, "validate": ValidateSettings}
AROUND = ("name", "seed", "seeds", "workers", "threads", "results", "lang", "together", "lever", "arms",
          "fresh", "budget", "plays", "spare", "orders", "lean")
"""Settings that may differ between two jobs that share a results folder (levers: those in both must be the same)."""
