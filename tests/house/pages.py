"""The pages of the documentation, with the commands and code blocks on them."""

from __future__ import annotations

import re

from tests.house.tree import ROOT

ROOTS = ["README.md", "CONTRIBUTING.md", "DESIGN.md",
         *sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("experiments/*/README.md"))]
SITE = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
PAGES = [*ROOTS, *SITE]


def blocks(page: str, language: str) -> list[str]:
    """Code blocks of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Every shell command of the documentation, without its comment."""
    lines = [line for page in PAGES for block in blocks(page, "sh") for line in block.splitlines()]
    found = [re.sub(r"\s+#.*", "", line).strip() for line in lines]
    return sorted({line for line in found if line and not line.startswith("#")})
