"""From the words of a command line to one composed configuration. Hydra composes; refusals are ours."""

from __future__ import annotations

import os
import re
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from hydra import version
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra._internal.config_search_path_impl import ConfigSearchPathImpl
from hydra._internal.core_plugins import basic_launcher, basic_sweeper  # noqa: F401  (Hydra's own defaults need them)
from hydra._internal.core_plugins.importlib_resources_config_source import ImportlibResourcesConfigSource
from hydra._internal.core_plugins.structured_config_source import StructuredConfigSource
from hydra._internal.sources_registry import SourcesRegistry
from hydra.core.config_store import ConfigStore
from hydra.core.utils import JobRuntime
from hydra.errors import HydraException
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from ..cards.reader import CardError
from ..crises.card import Crisis
from ..levers.card import Lever
from ..studies.executor import Executor
from ..world.places.territory import Territory
from ..world.sites.site_card import SiteCard
from .errors import UsageError, choices, one_line, refused
from .overrides import Override, parse
from .settings import CARD_GROUPS, MANY, ONE_GROUPS, ROOTS
from .source import CardSource, home, names

CARDS: dict[str, type] = {"lever": Lever, "crisis": Crisis, "site": SiteCard, "territory": Territory}


def compose(command: str, words: list[str], given: list[str]) -> DictConfig:
    """The configuration of `command`. UsageError for a word that cannot be understood or used.

    given: the user's own config folders; their cards come before the project's of the same name.
    """
    folders = search(given)
    overrides = _settle(command, [parse(word) for word in words], folders)
    try:
        config = loader(folders, command).load_configuration(command, [one.text for one in overrides if one.text],
                                                              RunMode.RUN, from_shell=False)
        plain = OmegaConf.masked_copy(config, [str(key) for key in config if key != "hydra"])
        OmegaConf.resolve(plain)
        for one in overrides:
            if not one.text:
                plain[one.key] = str(one.value).replace("${", "\\${")
    except (CardError, UnicodeDecodeError) as problem:
        raise refused(problem) from None
    except OSError as problem:
        why = problem.strerror or one_line(problem)
        raise UsageError("unreadable", path=problem.filename or "configs", why=why) from None
    except (HydraException, OmegaConfBaseException, ValueError, TypeError, AttributeError, OverflowError) as problem:
        raise _blame(problem, overrides) from None
    return plain


def search(given: list[str]) -> list[Path]:
    """The user's folders, then the project's own. UsageError for one that is not a readable folder."""
    for folder in given:
        if not os.path.isdir(folder) or not os.access(folder, os.R_OK | os.X_OK):
            raise UsageError("config_dir", path=folder)
    return [Path(folder).resolve() for folder in given] + [home()]


def loader(folders: list[Path], command: str) -> ConfigLoaderImpl:
    """Hydra's loader over our folders. No plugin is looked for: a broken one installed elsewhere cannot stop us."""
    version.setbase("1.3")
    for kind in (CardSource, ImportlibResourcesConfigSource, StructuredConfigSource):
        SourcesRegistry.instance().register(kind)
    _declare(command)
    JobRuntime.instance().set("name", "resilience")
    path = ConfigSearchPathImpl()
    path.append("hydra", "pkg://hydra.conf")
    for folder in folders:
        path.append("main", f"{CardSource.scheme()}://{folder}")
    path.append("schema", "structured://")
    return ConfigLoaderImpl(path)


@cache
def _declare(command: str) -> None:
    """Tell Hydra the types of a command's settings."""
    ConfigStore.instance().store(name=f"{command}_settings", node=ROOTS[command])


def _settle(command: str, overrides: list[Override], folders: list[Path]) -> list[Override]:
    """The overrides, each checked against what exists, and the choices of cards made explicit."""
    seen: set[str] = set()
    for one in overrides:
        if one.key in seen:
            raise UsageError("twice", name=one.key)
        seen.add(one.key)
        known(command, one)
    chosen: dict[str, list[str]] = {}
    for one in overrides:
        if one.key in CARD_GROUPS + ONE_GROUPS:
            chosen[one.key] = _choice(one, folders)
    if "site" not in chosen:
        overrides = [*overrides, Override.of("site", names("site", folders))]
    for one in overrides:
        group, _, rest = one.key.partition(".")
        if group in CARDS and rest:
            belongs(one, group, rest, chosen.get(group) or default_choice(command, group, folders))
    return overrides


def known(command: str, one: Override) -> None:
    """UsageError unless the setting exists: every part of a.b.c is a field of what holds it."""
    root: Any = ROOTS[command]
    tops = {*(item.name for item in fields(root)), "behaviour"}
    parts = one.key.split(".")
    if parts[0] not in tops:
        if command == "compare" and parts[0] == "seed":
            raise UsageError("seed_for_compare", value=one_line(one.value))
        if command == "run" and parts[0] in {item.name for item in fields(ROOTS["compare"])}:
            raise UsageError("only_compare", name=parts[0])
        raise UsageError("unknown_setting", name=one_line(one.key), command=command, choices=choices(parts[0], tops))
    if parts[0] in ("lever", "crisis", "site"):
        walk(CARDS[parts[0]], parts[2:], one.key, ".".join(parts[:2]))
    elif parts[0] == "territory":
        walk(CARDS["territory"], parts[1:], one.key, "territory")
    elif parts[0] == "behaviour":
        walk(str, parts[1:], one.key, "behaviour")
    elif parts[0] == "executor":
        walk(Executor, parts[1:], one.key, "executor")
    else:
        last = walk(root, parts, one.key, command)
        if is_dataclass(last):
            raise UsageError("whole_group", name=one.key, example=f"{one.key}.{fields(last)[0].name}=…")


def walk(kind: Any, parts: list[str], name: str, parent: str) -> Any:
    """The type at the end of a dotted path. UsageError naming the first part that does not exist."""
    for part in parts:
        if is_dataclass(kind) and isinstance(kind, type):
            declared = _hints(kind)
            if part not in declared:
                raise UsageError("unknown_part", name=one_line(name), parent=parent, part=one_line(part),
                                 choices=choices(part, declared))
            kind, parent = declared[part], part
        elif get_origin(kind) in (list, dict, tuple):
            kind = get_args(kind)[-1]
        else:
            raise UsageError("unknown_part", name=one_line(name), parent=parent, part=one_line(part),
                             choices=f"{parent}=…")
    return kind


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {item.name: hints[item.name] for item in fields(kind)}  # type: ignore[arg-type]


def _choice(one: Override, folders: list[Path]) -> list[str]:
    """The names chosen in a group, written back into the override. UsageError for one that does not exist."""
    group, known = one.key, names(one.key, folders)
    wanted = one.names()
    if wanted is None:
        raise UsageError("names_only", group=group, word=one_line(one.value))
    if group in CARD_GROUPS and wanted in (["none"], ["all"]):
        wanted = known if wanted == ["all"] else []
    for place, name in enumerate(wanted):
        if name not in known:
            raise UsageError("unknown_choice", group=group, word=one_line(name), choices=choices(name, known),
                             many=MANY[group])
        if name in wanted[:place]:
            raise UsageError("double", group=group, word=name)
    if group in ONE_GROUPS:
        if len(wanted) != 1 or one.is_list:
            raise UsageError("one_choice", group=group, word=one_line(one.value), choices=choices("", known))
        one.rewrite(wanted[0])
    else:
        one.rewrite(wanted)
    return wanted


def belongs(one: Override, group: str, rest: str, chosen: list[str]) -> None:
    """Let an override of a card through if the card was chosen; its entry need not be written in the YAML."""
    if group != "territory":
        card = rest.partition(".")[0]
        if card not in chosen:
            raise UsageError("not_chosen", name=one_line(one.key), group=group, card=one_line(card),
                             chosen=", ".join(chosen) or "none")
        if "." not in rest:
            raise UsageError("whole_group", name=one_line(one.key), example=f"{group}.{card}.{_first(group)}=…")
    one.force()


def _first(group: str) -> str:
    return {"lever": "dose", "crisis": "severity"}.get(group, fields(CARDS[group])[0].name)  # type: ignore[arg-type]


def default_choice(command: str, group: str, folders: list[Path]) -> list[str]:
    """The cards that the root's defaults list chooses in a group."""
    import yaml

    root = yaml.safe_load((home() / f"{command}.yaml").read_text(encoding="utf-8"))
    for item in root["defaults"]:
        if isinstance(item, dict) and group in item:
            value = item[group]
            return [value] if isinstance(value, str) else list(value or [])
    return names(group, folders) if group == "site" else []


def _blame(problem: BaseException, overrides: list[Override]) -> UsageError:
    """One line out of Hydra's several, naming the setting at fault."""
    cause = problem
    while cause.__cause__ is not None:
        cause = cause.__cause__
    if isinstance(problem, OverflowError):
        one = max(overrides, key=lambda one: len(str(one.value)))
        return UsageError("wrong_type", name=one.key, value=f"{str(one.value)[:20]}…",
                          expected="a number below 1e308")
    text = one_line(str(problem) + " " + (str(cause) if cause is not problem else ""))
    found = re.search(r"Value '(.*?)'.*? could not be converted to (\w+)", text)
    for one in overrides:
        if one.text and one.text in text or f"full_key: {one.key} " in text + " ":
            if found or "not" in text:
                kind = found[2] if found else "Boolean" if "valid bool" in text else ""
                return UsageError("wrong_type", name=one.key, value=one_line(one.value),
                                  expected=EXPECTED.get(kind, one_line(str(cause).split("\n")[0])))
    return refused(re.sub(r" (full_key|object_type|reference_type):.*", "", text), "settings")


EXPECTED = {"Float": "a number", "Integer": "a whole number", "Boolean": "true or false", "String": "a text"}
