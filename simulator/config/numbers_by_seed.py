"""uncertainty=numbers: the plausible set of numbers and the behaviour variant that each seed plays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..analysis.uncertainty.priors import PriorRange
from ..i18n.translation import Message
from ..parameters import Model
from ..parameters.model import BEHAVIOURS
from ..scenario.set_of_seed import locate_set
from .cards.card_files import shorten_path
from .ensemble import BEHAVIOUR_COLUMN, MEMBER_COLUMN, build_member_model, find_ensemble_file, read_ensemble_rows
from .errors import UsageError, flatten_text
from .priors import resolve_priors

UNCERTAINTIES = ("numbers", "seeds")
"""numbers: each seed has its own set of numbers and behaviour variant. seeds: the default numbers, luck alone."""
PLAUSIBLE_VARIANTS = BEHAVIOURS[:3]
"""Trust comes from taking part, or the other way round, or both: published patterns do not tell which."""


@dataclass(frozen=True)
class NumbersBySeed:
    """The model of each seed. rows: the sets of `read_ensemble_rows`; where they name no variant, variants in turn.

    base: the numbers that no set holds. kept: dotted names of settings that were given, which no set changes; nor does
    it change numbers of `base` that differ from their defaults. ranges: numbers that are drawn anew within these.
    """

    rows: Sequence[Mapping[str, str]]
    base: Model
    file: Path
    kept: frozenset[str] = frozenset()
    ranges: Mapping[str, PriorRange] = field(default_factory=dict)
    _models: dict[int, Model] = field(default_factory=dict, repr=False, compare=False)

    def choose_model(self, seed: int) -> Model:
        """The model that every run of this seed plays. UsageError for a set with an unknown name or a wrong value."""
        position = locate_set(seed)
        if position not in self._models:
            row = dict(self.rows[position % len(self.rows)])
            row.setdefault(BEHAVIOUR_COLUMN, PLAUSIBLE_VARIANTS[position % len(PLAUSIBLE_VARIANTS)])
            if self.base.behaviour != BEHAVIOURS[0]:
                del row[BEHAVIOUR_COLUMN]
            where = Message("{path}, member {member}", path=shorten_path(self.file), member=row[MEMBER_COLUMN])
            row.update({name: repr(value) for name, value in self._draw_within_ranges(position)})
            free = {name: value for name, value in row.items() if name not in self.kept}
            self._models[position] = build_member_model(free, self.base, where)
        return self._models[position]

    def _draw_within_ranges(self, position: int) -> Iterator[tuple[str, float]]:
        """(name, value) of each number with a range that the set of a position draws within it, evenly.

        As often as the range is not sure, the set keeps its own value.
        """
        for name, prior in self.ranges.items():
            digest = sha256(f"{name} {position}".encode()).digest()
            where, kept = (int.from_bytes(digest[k:k + 8], "big") / 2**64 for k in (0, 8))
            if kept < prior.sure:
                yield name, prior.low + where * (prior.high - prior.low)

    def keep(self, names: Iterable[str], base: Model) -> NumbersBySeed:
        """The same rule around another base, where these settings stay as given too."""
        return replace(self, base=base, kept=self.kept | frozenset(names), _models={})


def resolve_numbers(settings: Mapping[str, Any], base: Model, folders: Sequence[Path],
                    given: frozenset[str]) -> NumbersBySeed | None:
    """What uncertainty= asks for; None where every seed plays `base`, or the sets of ensemble=.

    given: names of the settings that somebody gave. UsageError for another word, uncertainty=seeds with ensemble=, or a
    file of priors= that cannot be used.
    """
    word, sets, priors = settings.get("uncertainty", "seeds"), settings.get("ensemble"), resolve_priors(settings)
    if word not in UNCERTAINTIES:
        raise UsageError("uncertainty = {value!r}: expected numbers (each seed has its own plausible set of numbers "
                         "and behaviour variant) or seeds (the default numbers, luck alone)", value=flatten_text(word))
    if word == "seeds" and sets and "uncertainty" in given:
        raise UsageError("uncertainty=seeds plays the default numbers and ensemble={count} plays {count} sets of them; "
                         "leave one of the two out", count=sets)
    if word == "seeds" or sets:
        return None
    file = find_ensemble_file(folders)
    return NumbersBySeed(read_ensemble_rows(file), base, file, given, priors if settings.get("redraw") else {})
