"""`resilience completion SHELL`: what a shell has to read to complete command lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...config.errors import UsageError
from ..cli.completion import SCRIPTS, complete_line

if TYPE_CHECKING:
    from ..cli.main import CommandLine

WORDS = "words"
"""The word with which the script of a shell asks for completions."""


def command(line: CommandLine) -> int:
    """Print the script of a shell, or the completions that such a script asks for."""
    words = [word for word in line.arguments if not word.startswith("lang=")]
    if words[:1] == [WORDS] and len(words) > 1:
        print("\n".join(complete_line(words[1], "whole" in words[2:])))
        return 0
    if len(words) != 1 or words[0] not in SCRIPTS:
        raise UsageError("completion for which shell? expected one of {choices}: eval "
                         "\"$(resilience completion bash)\"", choices=", ".join(SCRIPTS))
    print(SCRIPTS[words[0]], end="")
    return 0
