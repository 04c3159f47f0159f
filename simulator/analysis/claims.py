"""Claims of the field study, each with the channel that stands for it: what happens when it is switched off.

The effects are those of a shipped study (experiments/claims): the same people and luck with the channel and without it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..i18n.number_format import format_number
from ..i18n.translation import Message, mark, translate

CLAIM_COLUMNS = ("crisis", "channel", "since", "outcome", "seeds", "with_it", "without_it", "difference", "low", "high")
"""Columns of the shipped study: means with and without the channel, and the 95 % interval of the difference."""
VERDICTS = (mark("supported in the model"), mark("not supported"), mark("nothing beyond luck"))
MAIN_OUTCOME = "loss_per_hit"


@dataclass(frozen=True)
class Claim:
    """One claim: its text, the channel that is switched off, and the outcome expected to be worse without it."""

    id: str
    text: str
    channel: str


CLAIMS = (
    Claim("ties", mark("ties made before the crisis help people through it"), "ties"),
    Claim("next_door", mark("people next door help, even if one hardly knows them"), "strangers"),
    Claim("household", mark("those one lives with help first"), "household"),
    Claim("networks", mark("wider networks, beyond the neighbourhood, bring help"), "far_ties"),
    Claim("trust", mark("trust that grows through time and work together matters in a crisis"), "trust"),
    Claim("learning", mark("collective learning and the sharing of know-how matter in a crisis"), "learning"),
    Claim("power_to_act", mark("power to act strengthens people in a crisis"), "power_to_act"),
    Claim("institution_trust", mark("trust in institutions brings their help to people"), "institution_trust"),
    Claim("bridging", mark("ties between people of different profiles matter"), "bridging"),
    Claim("sites", mark("local projects support people in a crisis"), "sites"),
    Claim("goods", mark("goods that projects hold and lend matter"), "site_goods"),
    Claim("volunteers", mark("volunteers of projects and reserves matter"), "volunteers"),
    Claim("groups", mark("groups that form in the crisis matter"), "groups"),
    Claim("institutions", mark("institutions and neighbours complement each other"), "institutions"),
    Claim("all_help", mark("help from others decides how long recovery takes"), "all"),
)
"""In the order of the table. The channel "all" is everything but the household and one's own work."""


@dataclass(frozen=True)
class ClaimEffect:
    """A row of the shipped study: the outcome with a channel, without it, and the paired difference."""

    crisis: str
    channel: str
    since: str
    outcome: str
    seeds: int
    with_it: float
    without_it: float
    difference: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """One of VERDICTS: more is lost without the channel, less is, or neither beyond luck."""
        if self.low > 0:
            return VERDICTS[0]
        return VERDICTS[1] if self.high < 0 else VERDICTS[2]


def read_claim_effects(file: Path) -> list[ClaimEffect]:
    """The rows of the shipped study. ValueError naming the first that is not as CLAIM_COLUMNS say."""
    with open(file, encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    effects = []
    for number, row in enumerate(rows, start=2):
        try:
            effects.append(ClaimEffect(row["crisis"], row["channel"], row["since"], row["outcome"], int(row["seeds"]),
                                       *(float(row[name]) for name in CLAIM_COLUMNS[5:])))
        except (KeyError, TypeError, ValueError):
            raise ValueError(Message("{file}:{line}: expected the columns {names}", file=file.name, line=number,
                                     names=CLAIM_COLUMNS)) from None
    return effects


def list_claim_rows(effects: Iterable[ClaimEffect], lang: str,
                    labels: Mapping[str, str]) -> tuple[list[str], list[Sequence[str]]]:
    """Heads and rows: claim, crisis, loss a person hit with and without the channel, interval, seeds, verdict.

    labels: crisis id -> its name.
    """
    listed = [effect for effect in effects if effect.outcome == MAIN_OUTCOME]
    heads = [translate(text, lang) for text in (
        mark("claim"), mark("crisis"), mark("lost a person hit, with"), mark("without"), mark("difference (95 %)"),
        mark("seeds"), mark("verdict"))]
    rows: list[Sequence[str]] = []
    for claim in CLAIMS:
        for effect in listed:
            if effect.channel == claim.channel:
                interval = (f"{format_number(effect.difference, lang, 2, sign=True)} "
                            f"[{format_number(effect.low, lang, 2)} – {format_number(effect.high, lang, 2)}]")
                rows.append((translate(claim.text, lang), labels.get(effect.crisis, effect.crisis),
                             format_number(effect.with_it, lang, 2), format_number(effect.without_it, lang, 2),
                             interval, str(effect.seeds), translate(effect.verdict, lang)))
    return heads, rows
