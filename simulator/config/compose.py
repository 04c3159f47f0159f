"""Composes the words of a command line into one configuration with Hydra; every refusal is one line of ours."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

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
from ..i18n.translation import Message, choose_language
from ..studies.executor_settings import ExecutorSettings
from .cards.added_cards import merge_added_cards, read_default_choice
from .cards.card_files import CardSource, list_card_names, list_config_folders
from .cards.card_names import find_card_name, name_card_in_word, suggest_cards
from .cards.card_types import CARD_TYPES
from .cards.field_types import resolve_field_type
from .composition_errors import explain_composition_error
from .errors import UsageError, flatten_text, get_system_reason, suggest_names, to_usage_error
from .experiment import expand_experiment_words
from .overrides import Override, escape_references, parse_override
from .places.place_choice import name_territory, take_named_place
from .places.place_names import suggest_places
from .settings import CARD_GROUPS, DESCRIBE_TOPICS, SETTINGS_BY_COMMAND, SINGLE_CHOICE_GROUPS


def compose_config(command: str, words: list[str], user_folders: list[str]) -> DictConfig:
    """The configuration of `command`. UsageError for a word that cannot be parsed or used.

    user_folders: the user's own config folders; their cards take precedence over the project's of the same name.
    """
    folders = list_config_folders(user_folders)
    words = expand_experiment_words(words, folders)
    overrides = [parse_override(name_card_in_word(word, folders)) for word in words]
    overrides = merge_added_cards(command, overrides, folders)
    place = take_named_place(overrides, folders)
    overrides = _check_overrides(command, overrides, folders)
    try:
        loader, words = build_config_loader(folders, command), [one.text for one in overrides if one.text]
        config = loader.load_configuration(command, words, RunMode.RUN, from_shell=False)
        plain = OmegaConf.masked_copy(config, [str(key) for key in config if key != "hydra"])
        OmegaConf.resolve(plain)
        for override in overrides:
            if not override.text:
                OmegaConf.update(plain, override.key, escape_references(override.value), merge=False, force_add=True)
        name_territory(plain, place, {override.key for override in overrides})
    except (CardError, UnicodeDecodeError) as problem:
        raise to_usage_error(problem) from None
    except OSError as problem:
        why = get_system_reason(problem)
        raise UsageError("{path}: cannot be read ({why}); mend the path or the rights",
                         path=problem.filename or "configs", why=why) from None
    except (HydraException, OmegaConfBaseException, ValueError, TypeError, AttributeError, OverflowError) as problem:
        raise explain_composition_error(problem, overrides) from None
    return plain


def list_given_settings(words: list[str], user_folders: list[str]) -> frozenset[str]:
    """Names of the settings that the words of a command line give, those of a preset included."""
    folders = list_config_folders(user_folders)
    return frozenset(parse_override(word).key for word in expand_experiment_words(words, folders))


def build_config_loader(folders: list[Path], command: str) -> ConfigLoaderImpl:
    """Hydra's loader over our folders. It looks for no plugins, so that a broken one installed does no harm."""
    version.setbase("1.3")
    for kind in (CardSource, ImportlibResourcesConfigSource, StructuredConfigSource):
        SourcesRegistry.instance().register(kind)
    _register_settings_type(command)
    JobRuntime.instance().set("name", "resilience")
    path = ConfigSearchPathImpl()
    path.append("hydra", "pkg://hydra.conf")
    for folder in folders:
        path.append("main", f"{CardSource.scheme()}://{folder}")
    path.append("schema", "structured://")
    return ConfigLoaderImpl(path)


@cache
def _register_settings_type(command: str) -> None:
    """Register the types of a command's settings with Hydra."""
    ConfigStore.instance().store(name=f"{command}_settings", node=SETTINGS_BY_COMMAND[command])


def _check_overrides(command: str, overrides: list[Override], folders: list[Path]) -> list[Override]:
    """The overrides, each checked against existing settings and cards, and choices of cards made explicit."""
    seen: set[str] = set()
    for override in overrides:
        if override.key in seen:
            raise UsageError("setting {name!r} is given twice; keep one", name=override.key)
        seen.add(override.key)
        check_setting_exists(command, override)
    chosen: dict[str, list[str]] = {}
    for override in overrides:
        if override.key in CARD_GROUPS + SINGLE_CHOICE_GROUPS:
            chosen[override.key] = _resolve_card_choice(override, folders)
    if "site" not in chosen:
        overrides = [*overrides, Override.of("site", list_card_names("site", folders))]
    if "lang" not in seen:  # chosen anew for each command: Hydra takes the defaults of settings once for the process
        overrides = [*overrides, Override.of("lang", choose_language(()))]
    for override in overrides:
        group, _, rest = override.key.partition(".")
        if group in CARD_TYPES and rest:
            names = chosen.get(group) or read_default_choice(command, group, folders)
            admit_card_override(override, group, rest, names)
    return overrides


def check_setting_exists(command: str, override: Override) -> None:
    """UsageError unless the setting exists: every part of a.b.c is a field of the part before it."""
    root: Any = SETTINGS_BY_COMMAND[command]
    top_names = {*(item.name for item in fields(root)), "behaviour"}
    parts = override.key.split(".")
    if parts[0] not in top_names:
        if command == "compare" and parts[0] == "seed":
            raise UsageError("compare takes seeds= (a number of seeds, or a list), not seed=; write seeds={value}",
                             value=flatten_text(override.value))
        if command == "run" and parts[0] in {item.name for item in fields(SETTINGS_BY_COMMAND["compare"])}:
            raise UsageError("setting {name!r} belongs to compare, not to run; leave it out, or use: resilience "
                             "compare", name=parts[0])
        raise UsageError("unknown setting {name!r} for {command}; nearest: {choices} (resilience {command} --help)",
                         name=override.key, command=command, choices=suggest_names(parts[0], top_names))
    if parts[0] in ("lever", "crisis", "site"):
        resolve_field_type(CARD_TYPES[parts[0]], parts[2:], override.key, ".".join(parts[:2]))
    elif parts[0] == "territory":
        resolve_field_type(CARD_TYPES["territory"], parts[1:], override.key, "territory")
    elif parts[0] == "behaviour":
        resolve_field_type(str, parts[1:], override.key, "behaviour")
    elif parts[0] == "executor":
        resolve_field_type(ExecutorSettings, parts[1:], override.key, "executor")
    else:
        last = resolve_field_type(root, parts, override.key, command)
        if last == list[str] and any(isinstance(one, (list, dict)) for one in override.value_list()):
            raise UsageError("{name} = {value!r}: expected {expected}", name=override.key,
                             value=flatten_text(override.value), expected=Message("a list of names, such as [a,b]"))
        if is_dataclass(last):
            raise UsageError("setting {name!r} is a group of settings; set one of its parts, such as {example}",
                             name=override.key, example=f"{override.key}.{fields(last)[0].name}=…")


def _resolve_card_choice(override: Override, folders: list[Path]) -> list[str]:
    """The names chosen in a group, written back into the override. UsageError for one that does not exist."""
    group, known = override.key, list_card_names(override.key, folders)
    wanted = override.card_names()
    if wanted is None:
        raise UsageError("{group}={word!r}: expected a name, a list [a,b] of names, or none", group=group,
                         word=flatten_text(override.value))
    wanted = [find_card_name(group, name, folders) or name for name in wanted] if group in CARD_TYPES else wanted
    if group in CARD_GROUPS and wanted in (["none"], ["all"]):
        wanted = known if wanted == ["all"] else []
    for k, name in enumerate(wanted):
        if name not in known and group == "territory":
            raise UsageError("territory={word!r}: neither a card nor a commune of Seine-Saint-Denis; nearest: "
                             "{choices}. Elsewhere, name the folder of its official files too: territory.data=…",
                             word=name, choices=suggest_places(name))
        if name not in known:
            raise UsageError("{group}={word!r}: no such card; expected: {choices} (resilience describe {many})",
                             group=group, word=name, choices=suggest_cards(group, name, folders),
                             many=DESCRIBE_TOPICS[group])
        if name in wanted[:k]:
            raise UsageError("{group}: {word!r} is listed twice; keep one", group=group, word=name)
    if group in SINGLE_CHOICE_GROUPS:
        if len(wanted) != 1 or override.is_list:
            raise UsageError("{group}= takes one name, got {word!r}; expected: {choices}", group=group,
                             word=flatten_text(override.value), choices=suggest_names("", known))
        override.set_choice(wanted[0])
    else:
        override.set_choice(wanted)
    return wanted


def admit_card_override(override: Override, group: str, rest: str, chosen: list[str]) -> None:
    """Allow an override of a chosen card's entry, also one that its YAML leaves to the default.

    rest: the name after the group. UsageError for a card that is not chosen, or for a whole card.
    """
    if group != "territory":
        card = rest.partition(".")[0]
        if card not in chosen:
            raise UsageError("setting {name!r}: {group} {card!r} is not chosen here; chosen: {chosen}; add "
                             "{group}=[…,{card}]", name=override.key, group=group,
                             card=card, chosen=", ".join(chosen) or Message("none", context="list"))
        if "." not in rest:
            raise UsageError("setting {name!r} is a group of settings; set one of its parts, such as {example}",
                             name=override.key, example=f"{group}.{card}.{_example_field(group)}=…")
    override.allow_new_entry()


def _example_field(group: str) -> str:
    return {"lever": "dose", "crisis": "severity"}.get(group, fields(CARD_TYPES[group])[0].name)  # type: ignore[arg-type]
