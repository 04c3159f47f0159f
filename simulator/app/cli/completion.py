"""Completion of the command line in a shell: commands, settings, and names of cards. Imports what it needs, late."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .manual import COMMAND_HELP, get_help_page

SETTING_COMMANDS = ("run", "compare", "study", "portfolio", "validate", "hydra")
"""Commands whose words are settings that Hydra composes; hydra takes those of run."""
CARD_CHOICES = ("territory", "crisis", "lever", "behaviour", "experiment", "site", "study")
RESULT_TABLES = ("runs", "series", "groups", "neighbourhoods", "plan", "failures", "kept")
CHECKED_KINDS = ("lever", "crisis", "territory", "site", "survey", "mechanism", "population")
VALUES = {"lang": ("fr", "en"), "strict": ("true", "false"), "retry": ("true", "false"), "open": ("true", "false")}
"""Setting of any command to its values, where these are few."""
_BASH = """\
_resilience() {
    local IFS=$'\\n' line="${COMP_LINE:0:COMP_POINT}"
    COMPREPLY=($(resilience completion words "$line" 2>/dev/null))
}
complete -o nospace -o default -F _resilience resilience
"""
SCRIPTS = {
    "bash": _BASH,
    "zsh": f"autoload -U +X bashcompinit && bashcompinit\n{_BASH}",
    "fish": "complete -c resilience -a '(resilience completion words (commandline -cp) whole 2>/dev/null)'\n",
}
"""Shell to what it has to read: eval "$(resilience completion bash)"."""


def complete_line(line: str, whole_words: bool = False) -> list[str]:
    """What may replace the last word of a command line, sorted.

    whole_words: complete words; without it only what stands after the last =, comma or bracket, as bash replaces it.
    """
    words = line.split()[1:]
    last = "" if not words or line.endswith(" ") else words.pop()
    found = sorted(word for word in _list_words(words, last) if word.startswith(last))
    cut = 0 if whole_words else max(last.rfind(sign) for sign in "=,[") + 1
    return [word[cut:] for word in found]


def _list_words(words: list[str], last: str) -> Iterable[str]:
    """Every word that may stand where `last` stands."""
    command = next((word for word in words if word in COMMAND_HELP), "")
    if not command:
        return [f"{name} " for name in COMMAND_HELP]
    name, equals, _ = last.partition("=")
    if equals:
        listed = [f"{name}={one}" for one in VALUES.get(name, ())]
        return _list_card_words(name, last) if name in CARD_CHOICES else listed
    if last.startswith("-"):
        return list_help_options(command)
    if command in SETTING_COMMANDS and last.startswith(("crisis.", "lever.")):
        return list_card_settings(last)
    settings = [f"{setting}=" for setting in _list_settings(command)]
    return [*_list_plain_words(command, words[words.index(command) + 1:]), *settings]


def _list_settings(command: str) -> list[str]:
    """Names of the settings of any command, dotted."""
    if command in SETTING_COMMANDS:
        return list_setting_names("run" if command == "hydra" else command)
    if command in ("survey", "export"):
        own = ["seeds"] if command == "survey" else ["table", "date"]
        return list(dict.fromkeys([*own, *list_setting_names("run")]))
    return list_help_settings(command)


def _list_plain_words(command: str, before: list[str]) -> list[str]:
    """Words without = that a command takes next: topics, kinds of card, events, shells; not folders."""
    from ...config.cards.card_files import find_shipped_configs, list_card_names

    place = len([word for word in before if "=" not in word and not word.startswith("-")])
    folders = [find_shipped_configs()]
    if command == "describe" and place == 0:
        from ..commands.describe.command import TOPICS

        return [f"{name} " for name in TOPICS]
    if command == "describe" and place == 1 and before[-1] in ("lever", "crisis"):
        return list_card_names(before[-1], folders)
    listed = {("hindcast", 0): lambda: ["all", *list_card_names("event", folders)],
              ("survey", 0): lambda: list_card_names("survey", folders), ("check", 0): lambda: CHECKED_KINDS,
              ("table", 1): lambda: RESULT_TABLES, ("completion", 0): lambda: tuple(SCRIPTS)}
    return [f"{name} " for name in listed.get((command, place), tuple)()]


def list_help_settings(command: str) -> list[str]:
    """Names of the settings that the help page of a command lists."""
    return list(dict.fromkeys([*(name for line in _list_help_lines(command)
                              for name in re.findall(r"(?:^  |  |also )([a-z_]+)=(?=\S)", line)), "lang"]))


def list_help_options(command: str) -> list[str]:
    """The options, with two dashes, that the help page of a command lists, and --help."""
    return sorted({"--help", *(name for line in _list_help_lines(command)
                               for name in re.findall(r"(?:^  |, )(--[a-z-]+)", line))})


def _list_help_lines(command: str) -> list[str]:
    """The lines of a help page that list settings and options; examples are none."""
    return [line for line in get_help_page(command, "en").splitlines()
            if line.startswith("  ") and not line.startswith("  resilience")]


def _list_card_words(group: str, last: str) -> list[str]:
    """The word with each card of the group in the place of its unfinished end."""
    from ...config.cards.card_files import find_shipped_configs, list_card_names

    begun = last[:max(last.rfind(sign) for sign in "=,[") + 1]
    return [f"{begun}{name}" for name in list_card_names(group, [find_shipped_configs()])]


def list_setting_names(command: str) -> list[str]:
    """Dotted names of the settings of a command: its own, those of its parts, every number of the model."""
    from dataclasses import fields, is_dataclass

    from ...config.parameter_ranges import list_parameter_ranges
    from ...config.settings import SETTINGS_BY_COMMAND
    from ...world.places.territory import Territory

    settings, names = SETTINGS_BY_COMMAND[command](), ["behaviour", "experiment"]
    for item in fields(settings):
        part = getattr(settings, item.name)
        names += [f"{item.name}.{one.name}" for one in fields(part) if not is_dataclass(getattr(part, one.name))] \
            if is_dataclass(part) else [item.name]
    names += [f"territory.{one.name}" for one in fields(Territory) if "doc" in one.metadata]
    return list(dict.fromkeys([*names, *list_parameter_ranges()]))


def list_card_settings(last: str) -> list[str]:
    """The settings on a card whose name is begun: crisis.flood.severity=, lever.coordinator.dose=."""
    from dataclasses import fields

    from ...config.cards.card_files import find_shipped_configs, list_card_names
    from ...crises.card import Crisis
    from ...levers.card import Lever

    group = last.partition(".")[0]
    names = list_card_names(group, [find_shipped_configs()])
    inside = [name for name in names if last.startswith(f"{group}.{name}.")]
    card = {"crisis": Crisis, "lever": Lever}[group]
    return [f"{group}.{name}.{one.name}=" for name in inside for one in fields(card) if "doc" in one.metadata] or [
        f"{group}.{name}." for name in names]
