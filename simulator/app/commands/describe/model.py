"""Tables of parameters, handles, phases and columns, printed from their declarations."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

from ....api.description import list_parameter_groups, list_phase_handles, list_world_tables
from ....config.errors import UsageError, suggest_names
from ....i18n.texts.describe_texts import DESCRIBE_LABELS
from ....i18n.translation import translate
from ....parameters import GRADES
from ...cli.text_table import format_cli_table, format_table_title


def format_parameters(wanted: str | None, lang: str, markdown: bool) -> str:
    """Every parameter with unit, range, grade, meaning and source. wanted: one group; UsageError if unknown."""
    known = list_parameter_groups()
    if wanted is not None:
        short_names = {name.removeprefix("model."): name for name in known}
        key = short_names.get(wanted.removeprefix("model."))
        if key is None:
            raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="group", word=wanted,
                             choices=suggest_names(wanted, short_names))
        known = {key: known[key]}
    heads = [translate(DESCRIBE_LABELS[key], lang)
             for key in ("name", "default", "unit", "range", "grade", "doc", "source")]
    rows = [(f"{name}.{item.name}", getattr(group, item.name), item.metadata["unit"],
             f"{item.metadata['low']:g} - {item.metadata['high']:g}", item.metadata["grade"], item.metadata["doc"],
             item.metadata["source"])
            for name, group in known.items() for item in fields(group) if "unit" in item.metadata]
    count = Counter(row[4] for row in rows)
    parts = ", ".join(f"{count[grade]} {grade}" for grade in GRADES if count[grade])
    title = format_table_title(translate("Parameters", lang), markdown)
    grades, note = translate("Grades of the {all} numbers: {parts}.", lang, all=len(rows), parts=parts), translate(
        "Set a parameter: model.joining.rate=0.2", lang)
    return f"{title}{format_cli_table(heads, rows, markdown)}\n{grades}\n{note}\n"


def format_handles(lang: str, markdown: bool) -> str:
    """Every handle: a quantity of a mechanism that levers and crises may modify."""
    from ....levers.handles import HANDLES

    heads = [translate(DESCRIBE_LABELS[k], lang) for k in ("name", "unit", "range", "ops", "doc")]
    rows = [(one.name, one.unit, f"{one.low:g} - {one.high:g}", one.operations, one.doc) for one in HANDLES.values()]
    return format_table_title(translate("Handles", lang), markdown) + format_cli_table(heads, rows, markdown)


def format_phases(lang: str, markdown: bool) -> str:
    """The phases in order, with the handles each reads (named in its docstring) and the columns it writes."""
    from ....phases.order import PHASES

    heads = [translate(DESCRIBE_LABELS[key], lang) for key in ("phase", "reads", "writes", "doc")]
    rows = [(name, list_phase_handles(module), list(module.WRITES), (module.__doc__ or "").strip().splitlines()[0])
            for name, module in PHASES.items()]
    title = translate("Phases, in the order in which they are played", lang)
    return format_table_title(title, markdown) + format_cli_table(heads, rows, markdown)


def format_columns(wanted: str | None, lang: str, markdown: bool) -> str:
    """Every column of the world's tables. wanted: one table; UsageError if unknown."""
    known = list_world_tables()
    if wanted is not None and wanted not in known:
        raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="table", word=wanted,
                         choices=suggest_names(wanted, known))
    heads = [translate(DESCRIBE_LABELS[k], lang) for k in ("column", "type", "unit", "range", "doc")]
    rows = []
    for name in [wanted] if wanted else known:
        for column, declared in known[name].columns().items():
            kind = f"{declared.dtype}[{declared.width}]" if declared.width else str(declared.dtype)
            bounds = _format_range(declared.low, declared.high)
            rows.append((f"{name}.{column}", kind, declared.unit, bounds, declared.doc))
    return format_table_title(translate("Columns", lang), markdown) + format_cli_table(heads, rows, markdown)


def _format_range(low: float | None, high: float | None) -> str | None:
    if low is None or high is None:
        return None if low is None else f"≥ {low:g}"
    return f"{low:g} - {high:g}"
