"""`resilience hindcast [EVENT|all]`: the model held against published figures of real crises."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ....analysis.hindcast.event_card import EventCard
from ....config.cards.card_files import list_card_names, list_config_folders
from ....config.cards.catalogue import find_card, load_cards
from ....config.compose import compose_config
from ....config.errors import UsageError, suggest_names
from ....config.job import resolve_job
from ....i18n.translation import translate
from ....scenario.run import Run
from ...cli.results_arguments import check_argument_count, parse_text_settings
from ...jobs.batch import play_with_progress
from ...jobs.results_folder import choose_dated_folder, open_shared_folder

if TYPE_CHECKING:
    from ....analysis.hindcast.measures import PlayedEvent
    from ....studies.store import Store
    from ...cli.main import CommandLine

DEFAULT_SETS, MAX_SETS = 25, 1000
SETTINGS = ("sets", "strict", "results", "workers", "threads", "territory", "lang")
HINDCAST_TABLES = ("people", "pairs")
"""Observed tables that the measures need."""
DEFAULT_TERRITORY = "three_sites"


def command(line: CommandLine) -> int:
    """Play what is missing, score, print, write the page. Exit code 1 with strict=true when a row is missed."""
    check_argument_count(line.arguments, 1, "hindcast")
    settings = parse_text_settings("hindcast", line.arguments, SETTINGS)
    folders = list_config_folders(line.config_folders)
    events = choose_events([word for word in line.arguments if "=" not in word], folders)
    sets = read_whole_number(settings, "sets", DEFAULT_SETS, 1, MAX_SETS)
    strict = read_switch(settings, "strict")
    runs = {event.id: list_event_runs(event, sets, settings.get("territory", DEFAULT_TERRITORY), line.config_folders)
            for event in events}
    workers = read_whole_number(settings, "workers", 0, 0, 1024) or None
    threads = read_whole_number(settings, "threads", 0, 0, 1024) or None
    name = events[0].id if len(events) == 1 else "all"
    folder = settings.get("results") or str(choose_dated_folder("hindcast", name))
    with open_shared_folder(folder) as opened:
        missed = play_and_score(events, runs, opened, line.lang, workers, threads)
    return 1 if strict and missed else 0


def choose_events(words: list[str], folders: list[Path]) -> list[EventCard]:
    """The event named, or all of them. UsageError for an unknown one."""
    if words and words[0] != "all":
        card: EventCard = find_card("event", words[0], folders).card
        return [card]
    if not list_card_names("event", folders):
        raise UsageError("hindcast: no event cards were found; expected some in the folder event of your own folders")
    return [each.card for each in load_cards("event", folders)]


def read_whole_number(settings: dict[str, str], name: str, default: int, low: int, high: int) -> int:
    """A whole setting within its range. UsageError otherwise."""
    value = settings.get(name, str(default))
    if not value.isdigit() or not low <= int(value) <= high:
        raise UsageError("{name} = {value!r}: expected a whole number, {low} to {high}", name=name, value=value,
                         low=low, high=high)
    return int(value)


def read_switch(settings: dict[str, str], name: str) -> bool:
    """A setting that is true or false. UsageError otherwise."""
    value = settings.get(name, "false").lower()
    if value not in ("true", "false"):
        raise UsageError("{name} = {value!r}: expected true or false; nearest: {choices}", name=name, value=value,
                         choices=suggest_names(value, ("true", "false")))
    return value == "true"


def list_event_runs(event: EventCard, sets: int, territory: str, config_folders: list[str]) -> list[Run]:
    """The runs of an event: one for each plausible parameter set, each with a seed of its own."""
    words = [f"territory={territory}", f"crisis={event.crisis}", "lever=none", *event.settings]
    if sets > 1:
        words.append(f"ensemble={sets}")
    job = resolve_job("run", compose_config("run", words, config_folders), list_config_folders(config_folders))
    runs = [job.run((), seed) for seed in range(1, sets + 1)]
    return [replace(run, observe=HINDCAST_TABLES) for run in runs]


def play_and_score(events: list[EventCard], runs: dict[str, list[Run]], folder: Path, lang: str, workers: int | None,
                   threads: int | None) -> bool:
    """Play what is missing, then print and write the scores. True when any row is not met."""
    from ....analysis.hindcast.scoring import measure_event, score_event
    from ....report.hindcast_page import format_hindcast, write_hindcast_files
    from ....studies.store import Store

    store = Store(folder)
    wanted = [run for each in runs.values() for run in each]
    missing = store.list_missing_runs(wanted)
    print(translate("{events} events, {runs} runs of which {missing} are to be played", lang, events=len(events),
                    runs=len(wanted), missing=len(missing)), file=sys.stderr, flush=True)
    failures = play_with_progress(wanted, store, lang, workers, threads)
    scores = []
    for event in events:
        played = [read_played_event(store, run) for run in runs[event.id] if store.has(run.id)]
        scores += score_event(event, [measure_event(event, one) for one in played])
    print(format_hindcast(events, scores, lang), end="", flush=True)
    write_hindcast_files(events, scores, folder, lang)
    if failures:
        print("resilience: " + translate("{count} runs failed; first: {text}", lang, count=len(failures),
                                         text=failures[0].error), file=sys.stderr)
    return bool(failures) or any(score.verdict != "met" for score in scores)


def read_played_event(store: Store, run: Run) -> PlayedEvent:
    """The records of one stored run, as measures read them."""
    from ....analysis.hindcast.measures import MEASURED_TABLES, PlayedEvent

    opened = store.opened([run], MEASURED_TABLES)
    tables = {name: opened.of(name, run.id) for name in MEASURED_TABLES}
    return PlayedEvent({name: values[0] for name, values in tables["runs"].items()}, tables["series"], tables["people"],
                       tables["pairs"])
