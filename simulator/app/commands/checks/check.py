"""`resilience check`: tests a card of one's own as the project tests its own cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ....cards.checks import CardFinding
from ....cards.reader import CardError, read_yaml_card
from ....config.cards.card_files import find_card_file, find_shipped_configs, list_card_names, shorten_path
from ....config.cards.card_names import find_card_name
from ....config.cards.catalogue import find_card, load_cards
from ....config.errors import UsageError, check_language, suggest_names, to_usage_error
from ....i18n.translation import DEFAULT_LANGUAGE, Message, localise, translate

if TYPE_CHECKING:
    from ....world.world import World
    from ...cli.main import CommandLine

CHECKED_GROUPS = ("lever", "crisis", "territory", "site", "survey")
TEST_TERRITORIES = ("village", "three_sites")
"""A card is checked in the small territory, and in the default one if it reaches nobody in the first."""
REGISTER_COLUMNS = ("name", "type", "lon", "lat", "point", "x", "y", "capacity", "hours", "staff", "grants")
"""Columns of a register of sites that `check site` lets one name; type= is also a type, for lines without one."""
EXIT_CODE_FAULTY = 2
"""Exit code when a card has a fault."""
CardFileCheck = Callable[..., list[CardFinding]]
"""(file, world or None) to what is wrong with the card."""


def command(line: CommandLine) -> int:
    """Print what is wrong with each card, or that it is good. Exit code 0 if all are good, 2 if not."""
    if line.arguments[:1] == ["population"]:
        from .check_population import check_population_files

        check_population_files(line.arguments[1:], line.config_folders, line.lang)
        return 0
    words, settings = _split_words(line.arguments)
    if words[:1] == ["mechanism"] and len(words) > 1:
        return check_mechanisms(words[1:], line.lang)
    if len(words) < 2 or words[0] not in CHECKED_GROUPS:
        raise UsageError("check what? expected: resilience check lever FILE; instead of lever: crisis, territory, "
                         "site, survey; or: resilience check mechanism MODULE:OBJECT, check population FOLDER")
    kind, territory = words[0], settings.pop("territory", "")
    files = [_find_file(kind, word) for word in words[1:]]
    if kind in ("territory", "site"):
        return _check_places(kind, files, settings, line.lang)
    territories = [territory] if territory else list(TEST_TERRITORIES)
    faulty = 0
    for file in files:
        found = [localise(text, line.lang) for text in _check_one(kind, file, territories, line.config_folders)]
        faulty += bool(found)
        for message in found or [translate("{path}: good", line.lang, path=file)]:
            print(message if not found or str(file) in message else f"{file}: {message}")
        late = describe_late_start(file) if kind == "lever" and not found else None
        if late is not None:
            print(localise(late, line.lang))
    return EXIT_CODE_FAULTY if faulty else 0


def _check_places(kind: str, files: Sequence[Path], settings: dict[str, str], lang: str) -> int:
    """Print what is wrong with cards of territories or sites, or with registers, and what was read of them."""
    from .check_places import check_site_file, check_territory_file

    faulty = 0
    for file in files:
        try:
            faults, notes = check_site_file(file, settings) if kind == "site" else check_territory_file(file)
        except (ValueError, UsageError) as problem:
            faults, notes = [problem.message if isinstance(problem, UsageError) else problem.args[0]], []
        faulty += bool(faults)
        for text in [*notes, *faults]:
            shown = localise(text, lang)
            print(shown if str(file) in shown else f"{file}: {shown}")
        if not faults:
            print(translate("{path}: good", lang, path=file))
    return EXIT_CODE_FAULTY if faulty else 0


def check_mechanisms(paths: Sequence[str], lang: str) -> int:
    """Print what is wrong with each mechanism, module:object, or that it is good. Exit code 0 if all are, 2 if not."""
    from ....api.configuration import scenario
    from ....engine.extensions import load_mechanisms
    from ....engine.mechanism_checks import check_mechanism
    from ....scenario.extensions import Extensions, give_code

    run = scenario(experiment="small_heatwave").run()
    faulty = 0
    for path in paths:
        try:
            (one,) = load_mechanisms(Extensions(mechanisms=(give_code(path),)))
        except ValueError as problem:
            raise to_usage_error(problem) from None
        found = [localise(text, lang) for text in check_mechanism(one, run)]
        faulty += bool(found)
        print("\n".join(found or [translate("{path}: good", lang, path=path)]))
    return EXIT_CODE_FAULTY if faulty else 0


def _split_words(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """(words without =, the settings by name). UsageError for a setting that this command does not have."""
    known = ("territory", "lang", *(REGISTER_COLUMNS if words[:1] == ["site"] else ()))
    plain: list[str] = []
    settings: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name in known:
            settings[name] = value
        elif equals and not Path(word).exists():
            raise UsageError("unknown setting {name!r} for {command}; nearest: {choices} (resilience {command} "
                             "--help)", name=name, command="check", choices=", ".join(known))
        else:
            plain.append(word)
    check_language(settings.pop("lang", DEFAULT_LANGUAGE))
    return plain, settings


def _find_file(kind: str, word: str) -> Path:
    """The file that the word is a path to, or the shipped card of that name. UsageError if there is none."""
    path = Path(word)
    try:
        if path.is_file():
            return path
        if path.is_dir():
            raise UsageError("{path}: expected a file, found a folder; give the card itself", path=word)
        folders = [find_shipped_configs()]
        return shorten_path(find_card_file(kind, find_card_name(kind, word, folders) or word, folders))
    except (OSError, ValueError, KeyError):
        known = list_card_names(kind, [find_shipped_configs()])
        raise UsageError("{path}: no such file; give the path of a card, or the name of one of the project's: "
                         "{choices}", path=word, choices=suggest_names(path.stem, known)) from None


def _check_one(kind: str, file: Path, territories: Sequence[str], folders: Sequence[str]) -> list[Message]:
    """What is wrong with a card of a lever, a crisis or a survey."""
    if kind == "survey":
        from .check_surveys import check_survey_file

        return check_survey_file(file, folders)
    return check_card_file(kind, file, territories)


def check_card_file(kind: str, file: Path, territories: Sequence[str]) -> list[Message]:
    """What is wrong with a card, one line each; empty if it is good.

    A card that reaches nobody in the first of `territories` is checked in the next.
    """
    check_file = _load_card_check(kind)
    try:
        found = check_file(file)
        for name in territories if not found else ():
            found = check_file(file, _build_test_world(name))
            if not any(finding.rule == "reaches" for finding in found):
                break
    except CardError as problem:
        return [problem.args[0]]
    return [finding.text for finding in found]


def describe_late_start(file: Path) -> Message | None:
    """A remark on a lever that begins to act after one of the project's crises has begun, by the usual calendar.

    It is no fault: another calendar may suit the card. None for a lever in time, or one that waits for a trigger.
    """
    from ....levers.active_period import build_active_period
    from ....levers.card import AT_LEVERS, parse_lever
    from ....scenario.run import Calendar

    lever, calendar = parse_lever(*read_yaml_card(file)), Calendar()
    if lever.window.trigger:
        return None
    start = calendar.levers if lever.window.start == AT_LEVERS else lever.window.start
    acts = build_active_period(lever.window, calendar.day(start)).start_day
    late = sorted((found.card.start, found.card.id) for found in load_cards("crisis", [find_shipped_configs()])
                  if calendar.day(found.card.start) < acts)[::-1]
    if not late:
        return None
    crises = ", ".join(f"{name} ({date})" for date, name in late)
    return Message("{path}: it begins to act on {date}, after these crises have begun: {crises}; for them, give it an "
                   "earlier window.start or a shorter lead time", path=file, date=calendar.date(acts).isoformat(),
                   crises=crises)


def _load_card_check(kind: str) -> CardFileCheck:
    """The check of card files of this kind."""
    if kind == "lever":
        from ....levers.card_checks import check_lever_file

        return check_lever_file
    from ....crises.card_checks import check_crisis_file

    return check_crisis_file


@lru_cache(maxsize=4)
def _build_test_world(name: str) -> World:
    """The world of a territory at its start, seed 1, in which cards are checked."""
    from ....parameters import Model
    from ....world.build import build_world

    folders = [find_shipped_configs()]
    sites = {found.card.id: found.card for found in load_cards("site", folders)}
    return build_world(find_card("territory", name, folders).card, Model(), 1, sites)
