"""The entry point `resilience`: parses the command line, calls the command, turns errors into one line.

Imports nothing heavy, so that --help answers at once.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field

from ...config.errors import UsageError, check_language, find_nearest_names, flatten_text, get_system_reason
from ...i18n.notices import notice_language
from ...i18n.plain_text import PrintableStream
from ...i18n.translation import DEFAULT_LANGUAGE, Message, choose_language, localise, translate
from ...kernel.garbage_collection import raise_gc_threshold
from .manual import COMMAND_HELP, get_help_page
from .output_encoding import tolerate_output_encoding

COMMAND_LINE_OPTIONS = ("--help", "--version", "--config-dir", "--cfg", "--markdown", "--multirun", "--sql",
                        "--resident", "--json")
COMMAND_MODULES = {"run": "run", "compare": "compare.command", "describe": "describe.command", "check": "checks.check",
                   "study": "study", "hydra": "hydra_job", "table": "table", "verify": "stored.verify",
                   "reproduce": "stored.reproduce", "bundle": "stored.bundle", "compact": "stored.compact",
                   "analyse": "analysis.analyse", "portfolio": "portfolio", "validate": "analysis.validate",
                   "hindcast": "analysis.hindcast", "report": "report", "publish": "stored.publish", "map": "map",
                   "explain": "explain", "dashboard": "dashboard", "survey": "analysis.survey", "mcp": "mcp",
                   "export": "stored.export", "completion": "completion"}
SIMULATING_COMMANDS = ("study", "compare", "portfolio", "validate", "hindcast")
"""Commands that need worker processes; these start while the command line is read."""
HELP_WORDS = ("-h", "--help", "help")


@dataclass
class CommandLine:
    """A parsed command line: the command, the options, and the words left for the command."""

    command: str | None = None
    arguments: list[str] = field(default_factory=list)
    config_folders: list[str] = field(default_factory=list)
    cfg: bool = False
    help: bool = False
    markdown: bool = False
    multirun: bool = False
    json: bool = False
    sql: str | None = None
    lang: str = DEFAULT_LANGUAGE


def main(argv: list[str] | None = None) -> int:
    """Run one command. Exit code 0 success, 1 some runs failed, 2 bad input, 130 interrupted; never a traceback.

    argv: words after the program name; None reads them from sys.argv.
    """
    program, argv = argv is None, list(sys.argv[1:] if argv is None else argv)
    lang = choose_language(argv)
    before = notice_language.set(lang)
    if program:
        raise_gc_threshold()
        tolerate_output_encoding()
    try:
        with redirect_stdout(PrintableStream(sys.stdout)), redirect_stderr(PrintableStream(sys.stderr)):
            return _run_command(argv, lang, program)
    finally:
        notice_language.reset(before)


def _run_command(argv: list[str], lang: str, program: bool) -> int:
    try:
        line = _parse(argv, lang)
        if program and line.command in SIMULATING_COMMANDS and not (line.help or line.cfg):
            _start_workers(line.arguments)
        return _dispatch(line)
    except UsageError as problem:
        return _print_error(problem.line(lang), 2)
    except KeyboardInterrupt as stop:
        return _print_error(str(stop) or translate("interrupted; nothing was begun", lang), 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as problem:
        if isinstance(problem, OSError) and problem.errno == errno.ENAMETOOLONG:
            return _print_error(UsageError("{path}: too long for the name of a file; give a shorter one",
                                           path=problem.filename).line(lang), 2)
        if os.environ.get("RESILIENCE_TRACE"):
            raise
        return _print_error(_describe_exception(problem, lang), 1)


def _start_workers(words: list[str]) -> None:
    from ...studies.worker_pool import prestart_workers

    prestart_workers(words)


def _describe_exception(problem: Exception, lang: str) -> str:
    if isinstance(problem, ModuleNotFoundError):
        return translate("this installation lacks {module!r}; install the project again: pip install .", lang,
                         module=problem.name)
    if isinstance(problem, MemoryError):
        return translate("not enough memory; choose a smaller territory, or workers=1", lang)
    if isinstance(problem, OSError):
        where = Message("{path}: ", path=problem.filename) if problem.filename else ""
        return Message("{where}the disk refused: {why}; what is finished stays, start the same command again",
                       where=where, why=get_system_reason(problem)).in_language(lang)
    return Message("unexpected failure, {kind}: {text} (set RESILIENCE_TRACE=1 for the details)",
                   kind=type(problem).__name__, text=flatten_text(localise(problem, lang))).in_language(lang)


def _print_error(text: str, code: int) -> int:
    print(f"resilience: {flatten_text(text)}", file=sys.stderr)
    return code


def _parse(argv: list[str], lang: str) -> CommandLine:
    """Options may stand anywhere; the first plain word is the command. Words after `hydra` are all left to Hydra."""
    line, rest = CommandLine(lang=lang), iter(argv)
    if argv[:1] == ["hydra"] and not set(HELP_WORDS) & set(argv):
        line.command, line.arguments = "hydra", argv[1:]
        return line
    for word in rest:
        name, _, value = word.partition("=")
        if word in HELP_WORDS:
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
            line.arguments.append(f"resident={_get_option_value(name, value, rest, '--resident 1234')}")
        elif name == "--sql":
            line.sql = _get_option_value(name, value, rest, '--sql "SELECT run, loss FROM runs"')
        elif name in ("--config-dir", "-cd"):
            line.config_folders.append(_get_option_value(name, value, rest, "--config-dir my_cards"))
        elif name in ("--cfg", "-c"):
            value = _get_option_value(name, value, rest, "--cfg job")
            if value != "job":
                raise UsageError("--cfg {word!r}: expected job", word=value)
            line.cfg = True
        elif word.startswith("-"):
            raise UsageError("unknown option {word!r}: expected one of {names}; settings are written name=value",
                             word=word, names=", ".join(COMMAND_LINE_OPTIONS))
        elif line.command is None and "=" not in word:
            line.command = _check_command(word)
        else:
            line.arguments.append(word)
    return line


def _get_option_value(name: str, value: str, rest: Iterator[str], example: str) -> str:
    """The value after = or, without one, the next word. UsageError with the example if there is none."""
    value = value or next(rest, "")
    if not value:
        raise UsageError("option {word} needs a value: {example}", word=name, example=example)
    return value


def _check_command(word: str) -> str:
    if word not in COMMAND_HELP:
        raise UsageError("unknown command {word!r}: expected {choices} (resilience --help lists them all)",
                         word=word,
                         choices=", ".join(find_nearest_names(word, COMMAND_HELP) or COMMAND_HELP))
    return word


def _dispatch(line: CommandLine) -> int:
    if line.help or line.command is None:
        return _print_help(line)
    if line.command == "version":
        return _print_version(line)
    if line.multirun and line.command not in ("run", "compare"):
        raise UsageError("-m belongs to run and compare: resilience run -m lever=coordinator,outreach")
    module = importlib.import_module(f"..commands.{'multirun' if line.multirun else COMMAND_MODULES[line.command]}",
                                     __package__)
    command: Callable[[CommandLine], int] = module.command
    code = command(line)
    sys.stdout.flush()
    return code


def _print_help(line: CommandLine) -> int:
    extra = [word for word in line.arguments if not word.startswith("lang=")]
    if line.command is None and extra and not line.help:
        raise UsageError("unknown command {word!r}: expected {choices} (resilience --help lists them all)",
                         word=extra[0], choices=", ".join(COMMAND_HELP))
    for word in line.arguments:
        if word.startswith("lang="):
            check_language(word[5:])
    print(get_help_page(line.command, line.lang), end="")
    return 0


def _print_version(line: CommandLine) -> int:
    from ... import __version__

    if line.arguments:
        raise UsageError("unexpected word {word!r} after {topic}; leave it out", word=line.arguments[0],
                         topic="version")
    print(f"resilience {__version__}")
    return 0
