"""The commands and their settings, as `--help` says them."""

from __future__ import annotations

from simulator.app.cli.manual import COMMANDS, SETTINGS


def commands(lang: str) -> str:
    """One section per command."""
    parts = []
    for name, pages in COMMANDS.items():
        anchor = f"command-{name}" if lang == "en" else f"commande-{name}"
        parts += [f"\n({anchor})=\n## resilience {name}\n", "```text", pages[lang].strip(), "```\n"]
    return "\n".join(parts)


def settings(lang: str) -> str:
    """What run, compare, study and portfolio have in common."""
    return f"```text\n{SETTINGS[lang].strip()}\n```\n"
