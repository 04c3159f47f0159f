"""Play every crisis with each channel switched off, and write configs/claims/claims.csv.

python -m experiments.claims [seeds=10] [crises=flood,lockdown]. Rows of crises that are not played again stay.

Channels of help are cut from the onset on, so that all variants fork from one past; beliefs, learning and bridging from
the start of the run, since they act through the years.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np

from experiments.calibration.crisis import play_past
from simulator.analysis.claims import CLAIM_COLUMNS
from simulator.analysis.effects.paired_comparison import compute_t_interval
from simulator.config.cards.card_files import find_shipped_configs, list_card_names, list_config_folders
from simulator.config.compose import compose_config
from simulator.config.job import resolve_job
from simulator.engine.loop import Engine
from simulator.report.sheets.analysis_sheet import write_text_atomic
from simulator.scenario.run import Run

FROM_ONSET = ("ties", "strangers", "household", "far_ties", "sites", "site_goods", "volunteers", "groups",
              "institutions")
FROM_START = ("trust", "learning", "power_to_act", "institution_trust", "bridging")
ALL_HELP = ("ties", "strangers", "far_ties", "sites", "volunteers", "groups", "institutions")
OUTCOMES = ("loss_per_hit", "back_50", "back_80", "back_95", "not_back", "permanent_loss", "deaths_expected")


def build_run(crisis: str, seed: int) -> Run:
    """The run with every channel on."""
    words = ["territory=three_sites", f"crisis={crisis}", "lever=none", f"seed={seed}"]
    return resolve_job("run", compose_config("run", words, [])).run((), seed)


def play_variants(crisis: str, seed: int) -> Iterator[tuple[str, str, dict[str, float]]]:
    """(channel, since when it is cut, outcomes) of each variant; the channel "" is the run with all of them."""
    run = build_run(crisis, seed)
    past = play_past(run)
    cuts = {"": (), **{channel: (channel,) for channel in FROM_ONSET}, "all": ALL_HELP}
    for name, channels in cuts.items():
        yield name, "onset", finish(past.fork(replace(run, ablate=channels, ablate_from="onset")))
    for channel in FROM_START:
        yield channel, "start", finish(Engine(replace(run, ablate=(channel,))))


def finish(engine: Engine) -> dict[str, float]:
    """Play to the end; the outcomes."""
    while not engine.is_done:
        engine.step()
    table = engine.finish_record().tables["runs"]
    return {name: float(table[name][0]) for name in OUTCOMES}


def main(words: list[str]) -> None:
    """Play all and write the table."""
    settings = dict(word.split("=", 1) for word in words)
    folders = list_config_folders([])
    crises = settings["crises"].split(",") if "crises" in settings else list_card_names("crisis", folders)
    seeds = range(1, int(settings.get("seeds", "10")) + 1)
    file = find_shipped_configs() / "claims" / "claims.csv"
    for crisis in crises:
        rows: list[tuple[object, ...]] = []
        values: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
        for seed in seeds:
            for channel, since, outcomes in play_variants(crisis, seed):
                values[channel, since].append(outcomes)
            print(crisis, seed, flush=True)
        baseline = values.pop(("", "onset"))
        for (channel, since), cut in values.items():
            for outcome in OUTCOMES:
                with_it = np.array([each[outcome] for each in baseline])
                without = np.array([each[outcome] for each in cut])
                if not np.isfinite(with_it).all() or not np.isfinite(without).all():
                    continue  # a share of the hit that is not back in every run has no difference of days
                difference = without - with_it
                low, high = compute_t_interval(float(difference.mean()), float(difference.std(ddof=1)), len(difference))
                rows.append((crisis, channel, since, outcome, len(difference), with_it.mean(), without.mean(),
                             difference.mean(), low, high))
        replace_rows(file, crisis, rows)


def replace_rows(file: Path, crisis: str, rows: list[tuple[object, ...]]) -> None:
    """The table with these rows for the crisis instead of those it has, by crisis; written whole."""
    new = [[f"{value:.6g}" if isinstance(value, float) else str(value) for value in row] for row in rows]
    with file.open(encoding="utf-8", newline="") as source:
        kept = [row for row in csv.reader(source) if row and row[0] not in (crisis, CLAIM_COLUMNS[0])]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CLAIM_COLUMNS)
    writer.writerows(sorted(kept + new, key=lambda row: row[0]))
    write_text_atomic(file, text.getvalue())


if __name__ == "__main__":
    main(sys.argv[1:])
