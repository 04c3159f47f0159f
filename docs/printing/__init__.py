"""Text of the site that is generated from the code: it replaces marks such as `<!-- print: levers en -->`.

Begin with PRINTERS below.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from . import architecture, copied, crises, levers, manual, measured, names, tables, terms

MARK = re.compile(r"^<!-- print: (\w+)((?: [\w./*-]+)*) -->$", re.MULTILINE)

PRINTERS: dict[str, Callable[..., str]] = {
    "architecture": architecture.render_architecture,
    "levers": levers.render_lever_gallery,
    "crises": crises.render_crisis_gallery,
    "parameters": tables.render_parameters,
    "handles": tables.render_handles,
    "phases": tables.render_phases,
    "columns": tables.render_columns,
    "dictionary": tables.render_dictionary,
    "configs": tables.render_configs,
    "commands": manual.render_commands,
    "settings": manual.render_settings,
    "names": names.render_public_names, "agents": names.render_agent_names,
    "record_tables": names.render_record_tables,
    "file": copied.render_file,
    "section": copied.render_section,
    "notebook": copied.render_notebook,
    "notebooks": copied.render_notebook_list,
    "studies": copied.render_studies,
    "cluster": copied.render_cluster,
    "description": copied.render_odd_description,
    "trace": copied.render_trace_document,
    "validation": measured.render_validation,
    "glossary": terms.render_glossary,
}
"""Name in a mark to the function that gets its other words and returns Markdown."""


def replace_marks(page: str) -> str:
    """The page with every mark replaced. KeyError for an unknown mark."""
    return MARK.sub(lambda mark: PRINTERS[mark[1]](*mark[2].split()), page)
