"""`resilience run -m`: every combination of listed values, read with Hydra's own grammar, into the same store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override as Parsed

from ...config.base import PICKED, cards_of
from ...config.compose import default_choice, loader, search
from ...config.errors import UsageError, one_line
from ...config.overrides import FREE_TEXT, parse
from ...config.points import Points
from ...config.resolve import seeds_of
from ...config.study_request import AROUND, Asked
from ...records.record import HASH_DIGITS
from ...studies.design import Design, Portfolios
from ...studies.study import Study
from ..jobs.folder import dated
from ..jobs.job import print_settings
from .study import config_of, perform

if TYPE_CHECKING:
    from ..cli.main import Line

EXAMPLE = "lever=coordinator,outreach"
MOST = 100_000


def command(line: Line) -> int:
    """Expand, check, play what is missing, tell. 1 if some runs failed."""
    fixed, swept = parted(line.words, line.folders)
    found = Points(study_of(fixed, rows(swept), list(line.folders)))
    job = found.ground.job()
    if line.cfg:
        return print_settings(config_of(job))
    return perform(found, job, line.labels, job.results or str(dated("multirun", job.territory_name)))


def parted(words: Sequence[str], given: Sequence[str]) -> tuple[list[str], list[Parsed]]:
    """Words of one value, and those of several as Hydra understands them. UsageError if none has several."""
    fixed, swept, grammar = [], [], OverridesParser.create(config_loader=loader(search(list(given)), "study"))
    for word in words:
        key, equals, _ = word.partition("=")
        if not equals or key in FREE_TEXT:
            fixed.append(word)
            continue
        try:
            (one,) = grammar.parse_overrides([word])
        except Exception:  # the grammar's errors are of many kinds; parse() says each in one line
            parse(word)
            raise
        if not one.is_sweep_override():
            fixed.append(word)
        elif not one.is_discrete_sweep() or key.partition(".")[0] in AROUND:
            raise UsageError("sweep_kind", word=one_line(word), example=EXAMPLE)
        else:
            swept.append(one)
    if not swept:
        raise UsageError("sweep_none")
    return fixed, swept


def rows(swept: Sequence[Parsed]) -> list[dict[str, Any]]:
    """One point per job of Hydra's own sweeper: setting to value."""
    try:
        jobs = [job for batch in BasicSweeper.split_arguments(list(swept), None) for job in batch]
    except Exception as problem:
        raise UsageError("sweep_kind", word=one_line(problem), example=EXAMPLE) from None
    if len(jobs) > MOST:
        raise UsageError("whole", name="-m", value=len(jobs), low=1, high=MOST)
    found = []
    for job in jobs:
        parsed = [parse(word) for word in job]
        found.append({one.key: _value(one.key, one.value, one.names()) for one in parsed})
    return found


def _value(key: str, value: Any, names: list[str] | None) -> Any:
    if key in PICKED:
        return [] if names == ["none"] else names
    return names[0] if names and not isinstance(value, list) else value


def study_of(fixed: list[str], points: list[dict[str, Any]], given: list[str]) -> Asked:
    """The sweep as a study without portfolios: a list of points."""
    folders = search(given)
    words: list[str] = []
    seeds: tuple[int, ...] = (1,)
    cards = {group: cards_of(group, default_choice("study", group, folders), folders) for group in PICKED}
    for word in fixed:
        one = parse(word)
        if one.key in PICKED:
            cards[one.key] = cards_of(one.key, one.names(), folders)
        elif one.key in ("seed", "seeds"):
            seeds = seeds_of([one.value] if one.key == "seed" else one.value)
        else:
            words.append(word)
    told = " ".join(sorted(f"{key}={value}" for point in points for key, value in point.items()))
    study = Study(question_fr=f"Toutes les combinaisons de {', '.join(points[0])}.",
                  question_en=f"Every combination of {', '.join(points[0])}.", design=Design("list"),
                  portfolios=Portfolios(), rows=points, seeds=list(seeds))
    return Asked(f"multirun-{digest(told, fixed)}", Path("multirun"), study, words, given, folders, cards)


def digest(told: str, fixed: Sequence[str]) -> str:
    """A name for a sweep: the same words, the same name."""
    from hashlib import sha256

    kept = sorted(word for word in fixed if word.partition("=")[0] not in ("results", "lang", "workers", "threads"))
    return sha256(" ".join([told, *kept]).encode()).hexdigest()[:HASH_DIGITS]
