"""The command line: first word, options, and what happens when something goes wrong. Light to import."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from ...config.errors import UsageError, nearest, one_line
from ...i18n.app_texts import LANGUAGES, language, say
from ...kernel.gc import collect_seldom
from .manual import COMMANDS, page

OPTIONS = ("--help", "--version", "--config-dir", "--cfg", "--markdown", "--multirun", "--sql", "--resident", "--json")
MODULES = {"run": "play", "compare": "compare.command", "describe": "describe.command", "check": "check",
           "study": "study", "table": "table", "verify": "verify", "compact": "compact", "analyse": "analyse",
           "portfolio": "portfolio", "validate": "validate", "report": "report", "map": "map",
           "explain": "explain", "dashboard": "dashboard"}
PLAYING = ("study", "compare", "portfolio", "validate")
"""Commands that will want workers; these load while the rest is read."""


@dataclass
class Line:
    """A command line taken apart: what was asked, and the words left for the command."""

    command: str | None = None
    words: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    cfg: bool = False
    help: bool = False
    markdown: bool = False
    multirun: bool = False
    json: bool = False
    sql: str | None = None
    lang: str = "en"

    @property
    def labels(self) -> str:
        """The language of tables and figures: French unless asked otherwise."""
        return language(self.words, "fr")


def main(argv: list[str] | None = None) -> int:
    """Run one command. 0 ok, 1 some runs failed, 2 bad input, 130 interrupted; never a traceback."""
    program, argv = argv is None, list(sys.argv[1:] if argv is None else argv)
    lang = language(argv, "en")
    if program:
        collect_seldom()
    try:
        line = _parse(argv)
        if program and line.command in PLAYING and not (line.help or line.cfg):
            _workers(line.words)
        return _dispatch(line)
    except UsageError as problem:
        return _complain(problem.line(lang), 2)
    except KeyboardInterrupt as stop:
        return _complain(str(stop) or say("interrupted", lang), 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as problem:
        if os.environ.get("RESILIENCE_TRACE"):
            raise
        return _complain(_unexpected(problem, lang), 1)


def _workers(words: list[str]) -> None:
    from ...studies.worker_pool import begin

    begin(words)


def _unexpected(problem: Exception, lang: str) -> str:
    if isinstance(problem, ModuleNotFoundError):
        return say("missing_part", lang, module=problem.name)
    if isinstance(problem, MemoryError):
        return say("memory", lang)
    if isinstance(problem, OSError):
        where = f"{problem.filename}: " if problem.filename else ""
        return say("disk", lang, where=where, why=problem.strerror or one_line(problem))
    return say("inside", lang, kind=type(problem).__name__, text=one_line(problem))


def _complain(text: str, code: int) -> int:
    print(f"resilience: {one_line(text)}", file=sys.stderr)
    return code


def _parse(argv: list[str]) -> Line:
    """Options may stand anywhere; the first plain word is the command."""
    line, rest = Line(lang=language(argv, "en")), iter(argv)
    for word in rest:
        name, _, given = word.partition("=")
        if word in ("-h", "--help", "help"):
            line.help = True
        elif word in ("--version", "-V"):
            line.command = line.command or "version"
        elif word == "--markdown":
            line.markdown = True
        elif word in ("--multirun", "-m"):
            line.multirun = True
        elif word == "--json":
            line.json = True
        elif name == "--resident":
            line.words.append(f"resident={_value(name, given, rest, '--resident 1234')}")
        elif name == "--sql":
            line.sql = _value(name, given, rest, '--sql "SELECT run, loss FROM runs"')
        elif name in ("--config-dir", "-cd"):
            line.folders.append(_value(name, given, rest, "--config-dir my_cards"))
        elif name in ("--cfg", "-c"):
            asked = _value(name, given, rest, "--cfg job")
            if asked != "job":
                raise UsageError("cfg", word=asked)
            line.cfg = True
        elif word.startswith("-"):
            raise UsageError("option", word=one_line(word), names=", ".join(OPTIONS))
        elif line.command is None and "=" not in word:
            line.command = _command(word)
        else:
            line.words.append(word)
    return line


def _value(name: str, given: str, rest: object, example: str) -> str:
    value = given or next(rest, "")  # type: ignore[call-overload]
    if not value:
        raise UsageError("option_value", word=name, example=example)
    return value


def _command(word: str) -> str:
    if word not in COMMANDS:
        raise UsageError("command", word=one_line(word), choices=", ".join(nearest(word, COMMANDS) or COMMANDS))
    return word


def _dispatch(line: Line) -> int:
    if line.help or line.command is None:
        return _explain(line)
    if line.command == "version":
        return _version(line)
    if line.multirun and line.command != "run":
        raise UsageError("multirun_only")
    module = importlib.import_module(f"..commands.{'multirun' if line.multirun else MODULES[line.command]}", __package__)
    command: Callable[[Line], int] = module.command
    code = command(line)
    sys.stdout.flush()
    return code


def _explain(line: Line) -> int:
    stray = [word for word in line.words if not word.startswith("lang=")]
    if line.command is None and stray and not line.help:
        raise UsageError("command", word=one_line(stray[0]), choices=", ".join(COMMANDS))
    for word in line.words:
        if word.startswith("lang=") and word[5:] not in LANGUAGES:
            raise UsageError("lang", value=one_line(word[5:]))
    print(page(line.command, line.lang), end="")
    return 0


def _version(line: Line) -> int:
    from ... import __version__

    if line.words:
        raise UsageError("extra", word=one_line(line.words[0]), topic="version")
    print(f"resilience {__version__}")
    return 0
