"""A study of a few weeks in the village, and the settings of its runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

SHORT: dict[str, Any] = {
    "territory": "village", "crisis": "heatwave", "calendar.levers": "2025-01-13", "calendar.horizon_days": 30,
    "calendar.recovery_days": 14, "crisis.heatwave.start": "2025-01-27", "crisis.heatwave.days": 5}
WORDS = [f"{name}={value}" for name, value in SHORT.items()]


def write(file: Path, **entries: Any) -> Path:
    """Write a study card: two severities of a heat wave, two levers and none, two seeds. entries: change the card."""
    card = {"question_fr": "Quel levier ?", "question_en": "Which lever?", "set": SHORT,
            "vary": {"crisis.heatwave.severity": [0.5, 1.5]},
            "portfolios": {"levers": ["coordinator", "outreach"]}, "seeds": 2, **entries}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(card, allow_unicode=True), encoding="utf-8")
    return file
