"""`scenario` and `sample`: checked configurations of runs, from the names and values of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..config.base_configuration import SELECTABLE_GROUPS, BaseConfiguration, resolve_card_names
from ..config.cards.card_files import list_config_folders
from ..config.compose import check_setting_exists, read_default_choice
from ..config.errors import UsageError, missing_extra_error, to_usage_error
from ..config.experiment import EXPERIMENT, read_experiment
from ..config.job import check_whole_number
from ..config.overrides import parse_override
from ..config.parameter_ranges import list_parameter_ranges
from ..scenario.run import Run
from ..scenario.run_checks import MAX_SEED
from ..studies.axis import parse_axis
from ..studies.design import Design, generate_design_points
from .setting_error import as_setting_errors
from .setting_words import format_setting_words, normalise_settings, to_plain_value

SAMPLING_METHODS = {"lhs": "latin_hypercube", "latin_hypercube": "latin_hypercube", "sobol": "sobol",
                    "saltelli": "sobol", "morris": "morris", "grid": "grid"}
"""Method of `sample` to the kind of design."""


@dataclass(frozen=True)
class Configuration:
    """What is simulated, but for the seed: settings by dotted name, checked as on the command line.

    settings: what was given, name to value. point: what a design changed, name to value. `run(seed)` gives the Run.
    """

    settings: Mapping[str, Any]
    base: BaseConfiguration = field(repr=False, compare=False)
    point: Mapping[str, Any] = field(default_factory=dict)

    @property
    def varied(self) -> dict[str, Any]:
        """Dotted name to value of every setting that was given or changed by a design."""
        return {**self.settings, **self.point}

    def run(self, seed: int = 1, levers: Iterable[str] | None = None) -> Run:
        """The run with this seed. levers: names of cards instead of those of the configuration.

        SettingError for an unknown lever, or a seed that is no whole number from 0 to 4294967295.
        """
        with as_setting_errors():
            check_seed(seed)
            chosen = self.list_cards("lever") if levers is None else list(levers)
            base = self.base_with_levers(chosen)
            settings = {name: value for name, value in self.point.items() if name not in SELECTABLE_GROUPS}
            return replace(base.build_run(settings, chosen, self.list_cards("crisis")), seed=seed)

    def at_point(self, point: Mapping[str, Any]) -> Configuration:
        """A copy in which these settings have other values. SettingError for an unknown setting or a bad value."""
        with as_setting_errors():
            names = normalise_settings(point)
            for name in names:
                check_setting_exists("run", parse_override(f"{name}=0"))
                self.base.check_axis(name)
        drawn = replace(self, point={**self.point, **names})
        drawn.run()
        return drawn

    def change(self, **settings: Any) -> Configuration:
        """A copy with further or other settings, as in `scenario`. SettingError for an invalid one."""
        with as_setting_errors():
            given = normalise_settings(settings)
        return compose_configuration({**self.varied, **given}, self.base.user_folders)

    def list_cards(self, group: str) -> list[str]:
        """Names of the chosen cards of a group: lever or crisis."""
        if group in self.point:
            return resolve_card_names(group, self.point[group], self.base.folders)
        if group in self.settings:
            return resolve_card_names(group, self.settings[group], self.base.folders)
        return read_default_choice("run", group, list(self.base.folders))

    def base_with_levers(self, names: Sequence[str]) -> BaseConfiguration:
        """The base, with the cards of these levers among those it composes. UsageError for an unknown lever."""
        names = resolve_card_names("lever", list(names), self.base.folders)
        if set(names) <= set(self.base.cards["lever"]):
            return self.base
        return get_base_configuration(self.base.words, self.base.user_folders,
                                      {**self.base.cards, "lever": [*self.base.cards["lever"], *names]})


def scenario(territory: str | None = None, crisis: str | Sequence[str] | None = None,
             lever: str | Sequence[str] | None = None, *, config_dir: str | Path | Sequence[str | Path] = (),
             **settings: Any) -> Configuration:
    """A checked configuration: what is simulated, but for the seed.

    territory, crisis, lever: names of cards (lists for several crises or levers; "none" for none). settings: any
    setting of `resilience run` by its dotted name, in the unit that `describe("parameters")` tells; a double underscore
    stands for a dot; experiment: a preset whose settings the others override. config_dir: folders with cards of one's
    own. What is not given keeps its default.

        s = scenario("village", "heatwave", **{"crisis.heatwave.severity": 1.5, "model.asking.ask": 0.3})

    SettingError (a ValueError) in the words of the command line: for an unknown name or card, a value out of range or
    of another type, or an impossible date.
    """
    choices = {"territory": territory, "crisis": crisis, "lever": lever}
    with as_setting_errors():
        given = normalise_settings({**{name: value for name, value in choices.items() if value is not None},
                                    **settings})
    folders = [config_dir] if isinstance(config_dir, (str, Path)) else list(config_dir)
    return compose_configuration(given, [str(folder) for folder in folders])


def compose_configuration(settings: Mapping[str, Any], user_folders: Sequence[str]) -> Configuration:
    """The configuration of settings with dotted names. SettingError for an invalid one."""
    with as_setting_errors():
        folders = list_config_folders(list(user_folders))
        settings = dict(settings)
        if EXPERIMENT in settings:
            settings = {**read_experiment(str(settings.pop(EXPERIMENT)), folders), **settings}
        words = format_setting_words({name: value for name, value in settings.items()
                                      if name not in SELECTABLE_GROUPS})
        cards = {}
        for group in SELECTABLE_GROUPS:
            chosen = settings.get(group, read_default_choice("run", group, folders))
            cards[group] = resolve_card_names(group, chosen, folders)
        configuration = Configuration(dict(settings), get_base_configuration(words, user_folders, cards))
        configuration.base.get_job()
    return configuration


def get_base_configuration(words: Sequence[str], user_folders: Sequence[str],
                           cards: Mapping[str, Iterable[str]]) -> BaseConfiguration:
    """A base that composes as `resilience run` does. Nothing is read before its first use."""
    return BaseConfiguration(words, user_folders, list_config_folders(list(user_folders)), cards, command="run")


def check_seed(seed: Any) -> None:
    """UsageError unless the seed is a whole number from 0 to 4294967295."""
    check_whole_number({"seed": to_plain_value(seed)}, "seed", 0, MAX_SEED)


def sample(configuration: Configuration, vary: Mapping[str, Any], n: int | None = None, method: str = "lhs",
           seed: int = 1) -> list[Configuration]:
    """Configurations at the points of a design over some settings.

    vary: dotted name to a list of values, to a tuple (low, high), to {"low": …, "high": …, "log": True}, or to
    "declared": the range declared with the number. n: points of a Latin hypercube ("lhs"); base points of Saltelli's
    scheme ("sobol", a power of two), which makes n x (factors + 2); trajectories of "morris", which makes n x
    (factors + 1). A "grid" has no n: every combination of listed values. seed: of the design, not of the runs.

    SettingError for an unknown setting, a value out of its range or a design that cannot be laid.
    """
    with as_setting_errors():
        if method not in SAMPLING_METHODS:
            raise UsageError("method = {value!r}: expected one of {choices}", value=method,
                             choices=", ".join(SAMPLING_METHODS))
        names = normalise_settings({name: _describe_axis(entry) for name, entry in vary.items()})
        for name in names:
            check_setting_exists("run", parse_override(f"{name}=0"))
            configuration.base.check_axis(name)
        points = _lay_design(names, n, SAMPLING_METHODS[method], seed)
    return [configuration.at_point(point) for point in points]


def _lay_design(names: Mapping[str, Any], n: int | None, kind: str, seed: int) -> list[dict[str, Any]]:
    """The points of a design. UsageError if it cannot be laid."""
    try:
        ranges = list_parameter_ranges()
        axes = [parse_axis(name, entry, ranges.get(name)) for name, entry in names.items()]
        design = Design(kind, points=n or 0, seed=seed)
        design.check()
        return generate_design_points(design, axes)
    except ModuleNotFoundError as problem:
        raise missing_extra_error(problem) from None
    except ValueError as problem:
        raise to_usage_error(problem) from None


def _describe_axis(entry: Any) -> Any:
    """An axis as a study card writes it: a tuple of two numbers is an interval."""
    return {"low": entry[0], "high": entry[1]} if isinstance(entry, tuple) and len(entry) == 2 else entry
