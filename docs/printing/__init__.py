"""What the site prints from the project itself: a line `<!-- print: levers en -->` of a page becomes its text."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import copied, crises, levers, manual, measured, names, tables, terms

MARK = re.compile(r"^<!-- print: (\w+)((?: [\w./*-]+)*) -->$", re.MULTILINE)

PRINTERS: dict[str, Callable[..., str]] = {
    "levers": levers.gallery,
    "crises": crises.gallery,
    "parameters": tables.parameters,
    "handles": tables.handles,
    "phases": tables.phases,
    "columns": tables.columns,
    "dictionary": tables.dictionary,
    "configs": tables.configs,
    "commands": manual.commands,
    "settings": manual.settings,
    "names": names.public,
    "file": copied.file,
    "section": copied.section,
    "notebook": copied.notebook,
    "notebooks": copied.notebooks,
    "studies": copied.studies,
    "cluster": copied.cluster,
    "description": copied.description,
    "validation": measured.validation,
    "glossary": terms.glossary,
}


def printed(page: str) -> str:
    """The page with every mark replaced. KeyError for a mark that nobody prints."""
    return MARK.sub(lambda mark: PRINTERS[mark[1]](*mark[2].split()), page)
