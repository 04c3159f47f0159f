"""The commands and their settings, as `--help` prints them."""

from __future__ import annotations

from simulator.app.cli.manual import COMMAND_HELP, SETTINGS_HELP
from simulator.i18n.translation import translate, translate_page


def render_commands(lang: str) -> str:
    """One section per command."""
    parts = []
    for name, page in COMMAND_HELP.items():
        anchor = f"{translate('command', lang)}-{name}"
        parts += [f"\n({anchor})=\n## resilience {name}\n", "```text", translate_page(page, lang).strip(), "```\n"]
    return "\n".join(parts)


def render_settings(lang: str) -> str:
    """The settings that run, compare, study and portfolio have in common."""
    return f"```text\n{translate_page(SETTINGS_HELP, lang).strip()}\n```\n"
