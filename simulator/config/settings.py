"""The settings of each command, as dataclasses: the typed root of the configuration that Hydra composes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional

from ..i18n.translation import DEFAULT_LANGUAGE
from ..parameters import Model
from ..scenario.run import Calendar
from ..studies.executor_settings import ExecutorSettings

CARD_GROUPS = ("lever", "crisis", "site")
"""Groups of which several cards may be chosen at once."""
SINGLE_CHOICE_GROUPS = ("territory", "behaviour", "executor")
"""Groups of which one is chosen."""
DESCRIBE_TOPICS = {"lever": "levers", "crisis": "crises", "site": "sites", "territory": "territories",
                   "behaviour": "parameters", "executor": "parameters"}
"""Group to the topic of `resilience describe` that lists its choices."""


@dataclass
class CommonSettings:
    """Settings of all simulating commands. Cards stay plain data until config.job reads and checks them.

    observe: costly tables to record beside those of every run (simulator.records.observed.schema). ablate: channels
    that are switched off (simulator.rules.channels), ablate_from: from the "start" of the run, its "levers" date or
    the "onset" of its first crisis on. calendar.horizon_days = 0: as long as the cards of the crises say. residents,
    mechanisms, handles: code of one's own, each module:object. network: a file of ties or a generator. population: a
    file or folder of residents and households. same_day: all crises begin on the day of the earliest.
    """

    name: str = ""
    territory: dict[str, Any] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=lambda: Calendar(horizon_days=0))
    crisis: dict[str, Any] = field(default_factory=dict)
    same_day: bool = False
    lever: dict[str, Any] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=dict)
    model: Model = field(default_factory=Model)
    observe: list[str] = field(default_factory=list)
    ablate: list[str] = field(default_factory=list)
    ablate_from: str = "start"
    residents: Optional[str] = None
    mechanisms: list[str] = field(default_factory=list)
    handles: list[str] = field(default_factory=list)
    network: Optional[str] = None
    population: Optional[str] = None
    threads: Optional[int] = None
    results: Optional[str] = None
    lang: str = DEFAULT_LANGUAGE


@dataclass
class RunSettings(CommonSettings):
    """Settings of `run`. ensemble: calibrated parameter sets to play, with two seeds each; 0: defaults only."""

    seed: int = 1
    ensemble: int = 0


@dataclass
class CompareSettings(CommonSettings):
    """Settings of `compare`. seeds: how many, counted from 1, or a list. together: one more arm with every lever.

    euros: yearly budget to which each arm is scaled; posts: full-time posts an arm can fill at most. arms: portfolios
    by name, each a list of levers or a dose for each, instead of an arm for each lever. lean: number of parameter sets
    of the assumption screening, which plays the comparison again with each; 0: no screening. uncertainty: numbers (each
    seed has its own plausible set of numbers and behaviour variant) or seeds (the default numbers). ensemble: number of
    calibrated parameter sets that the seeds take in turn instead; 0: what uncertainty says. priors: a file of a team's
    own ranges, by which stored sets are weighted. redraw: sets are played whose numbers are drawn within these ranges.
    worth: from what difference on acting counts as worthwhile: per cent of what the people hit lose (5%), person-days a
    person hit ('2 days'), or people who fare better ('20 people'). without_sites: also members of sites against the
    same persons in a world without any site. paths: true, or a list of channels: each effect again with a channel cut
    in both arms; paths_from: from when on, as in ablate_from.
    """

    seeds: Any = 6
    together: bool = False
    euros: Optional[float] = None
    posts: Optional[float] = None
    arms: Any = None
    lean: int = 0
    uncertainty: str = "numbers"
    ensemble: int = 0
    priors: Optional[str] = None
    redraw: bool = False
    worth: str = "5%"
    without_sites: bool = False
    paths: Any = False
    paths_from: str = "levers"
    workers: Optional[int] = None


@dataclass
class StudySettings(CommonSettings):
    """Settings of `study` and `run -m`. seeds: those of the study if left out. retry: play failed runs again.

    uncertainty: as in CompareSettings; `run -m` plays the default numbers.
    """

    seeds: Any = None
    uncertainty: str = "numbers"
    retry: bool = False
    workers: Optional[int] = None
    executor: ExecutorSettings = field(default_factory=ExecutorSettings)


@dataclass
class PortfolioSettings(CommonSettings):
    """Settings of `portfolio`. seeds: of the search. fresh: number of further seeds that confirm what it found.

    budget: EUR a year. doses: those that each lever may have, as factors on its card's dose. plays: most portfolios
    evaluated. severities: factors on the severity of the crises, one scenario each. spare: most person-days per
    resident that any group may lose beyond its loss without levers; left out: no such constraint. orders: random
    orders of levers that estimate the attribution of portfolios of more than four levers; 0: no attribution.
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
class ValidateSettings(CommonSettings):
    """Settings of `validate`. seeds: how many, counted from 1, or a list. years: over which ties are followed, or 0."""

    seeds: Any = 10
    years: int = 7
    workers: Optional[int] = None


SETTINGS_BY_COMMAND: dict[str, type[CommonSettings]] = {
    "run": RunSettings, "compare": CompareSettings, "study": StudySettings, "portfolio": PortfolioSettings,
    "validate": ValidateSettings}
FOLDER_COMPATIBLE_SETTINGS = ("name", "seed", "seeds", "workers", "threads", "results", "lang", "together", "lever",
                              "arms", "fresh", "budget", "plays", "spare", "orders", "lean", "worth",
                              "without_sites", "paths", "paths_from")
"""Settings that may differ between two jobs that share a results folder. Levers of both jobs must be the same."""
