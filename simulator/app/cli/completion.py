"""Completion of the command line in a shell: commands, settings, and names of cards. Imports what it needs, late."""

from __future__ import annotations

from collections.abc import Iterable

from .manual import COMMAND_HELP

SETTING_COMMANDS = ("run", "compare", "study", "portfolio", "validate", "hydra")
"""Commands whose words are settings; hydra takes those of run."""
CARD_CHOICES = ("territory", "crisis", "lever", "behaviour", "experiment", "site", "study")
_BASH = """\
_resilience() {
    local IFS=$'\\n' line="${COMP_LINE:0:COMP_POINT}"
    COMPREPLY=($(resilience completion words "$line" 2>/dev/null))
}
complete -o nospace -F _resilience resilience
"""
SCRIPTS = {
    "bash": _BASH,
    "zsh": f"autoload -U +X bashcompinit && bashcompinit\n{_BASH}",
    "fish": "complete -c resilience -f -a '(resilience completion words (commandline -cp) whole 2>/dev/null)'\n",
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
    if command == "describe":
        from ..commands.describe.command import TOPICS

        return [f"{name} " for name in TOPICS]
    if command not in SETTING_COMMANDS:
        return []
    name, equals, _ = last.partition("=")
    if equals and name in CARD_CHOICES:
        return _list_card_words(name, last)
    return [] if equals else [f"{setting}=" for setting in list_setting_names("run" if command == "hydra" else command)]


def _list_card_words(group: str, last: str) -> list[str]:
    """The word with each card of the group in the place of its unfinished end."""
    from ...config.card_files import find_shipped_configs, list_card_names

    begun = last[:max(last.rfind(sign) for sign in "=,[") + 1]
    return [f"{begun}{name}" for name in list_card_names(group, [find_shipped_configs()])]


def list_setting_names(command: str) -> list[str]:
    """Dotted names of the settings of a command: its own, and every number of the model and the calendar."""
    from dataclasses import fields

    from ...config.parameter_ranges import list_parameter_ranges
    from ...config.settings import SETTINGS_BY_COMMAND

    own = [item.name for item in fields(SETTINGS_BY_COMMAND[command]) if item.name not in ("model", "calendar")]
    return [*own, "behaviour", "experiment", "calendar.start", "calendar.levers", *list_parameter_ranges()]
