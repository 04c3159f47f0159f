"""Labels of what `resilience describe` prints, by the entry or column they head."""

from __future__ import annotations

from ..translation import mark

DESCRIBE_LABELS: dict[str, str] = {
    "levers": mark("Levers"), "crises": mark("Crises"), "territories": mark("Territories"), "sites": mark("Sites"),
    "name": mark("name"), "default": mark("default"), "unit": mark("unit"), "range": mark("range"),
    "grade": mark("grade"), "source": mark("source"), "doc": mark("meaning"), "code": mark("no."),
    "label": mark("label"), "mechanism": mark("mechanism"), "modifiers": mark("modifiers"), "cost": mark("cost"),
    "entry": mark("entry"), "value": mark("value"), "start": mark("start"), "days": mark("days"),
    "mode": mark("mode"), "phase": mark("phase"), "writes": mark("writes"), "reads": mark("handles read"),
    "table": mark("table"), "column": mark("column"), "type": mark("type"), "ops": mark("operations"),
    "file": mark("file"),
}
