"""The documentation is true: its commands exist and the quick ones run, its examples work, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.app.cli.main import main
from simulator.app.cli.manual import COMMAND_HELP
from tests.config.population import made_files
from tests.house import tree
from tests.house.pages import PAGES, ROOTS, blocks, commands
from tests.house.tree import ROOT

QUICK = ("resilience --help", "resilience describe", "resilience check", "resilience version")
SMALL = "resilience run territory=village"
PATH = r"`((?:simulator|tests|configs|experiments|notebooks|tools)/[\w./]+)`"
COMMANDS = (*COMMAND_HELP, "--help")
SIMULATING = tuple(f"resilience {verb} " for verb in ("run", "compare", "portfolio", "study"))
TOOLS = ("git", "cd", "cp", "mkdir", "pip", "pipx")
MODULES = ("pytest", "venv", "sphinx")
EXAMPLES = [(page, number) for page in PAGES for number in range(len(blocks(page, "python")))]


def make_targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def exists(command: str) -> bool:
    """True if the program and the subcommand or target of a documented command exist."""
    words = [word for word in shlex.split(command) if not re.fullmatch(r"[A-Z_]+=\S*", word)]
    match words:
        case ["make", *rest]:
            return all(word in make_targets() for word in rest if "=" not in word)
        case ["resilience", verb, *_]:
            return verb in COMMANDS
        case ["python", "-m", module, *_]:
            path = ROOT / module.replace(".", "/")
            return module in MODULES or (path / "__main__.py").exists() or path.with_suffix(".py").exists()
        case [file, *_]:
            return file in TOOLS or (ROOT / file).exists()
    return False


def test_every_command_exists() -> None:
    assert commands()
    tree.nothing([command for command in commands() if not exists(command)])


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a documented `resilience` command in another folder, as a reader of an installed copy would."""
    words = [sys.executable, "-m", "simulator", *shlex.split(command)[1:]]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize("command", [line for line in commands() if line.startswith(QUICK) and "my_" not in line])
def test_quick_commands_work(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                             capsys: pytest.CaptureFixture[str]) -> None:
    """All but those on a file of the reader's own. In this process: a new one would take longer to start."""
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out.strip()


@pytest.fixture
def readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader's folder, with the card, the study and the module that the pages tell readers to write."""
    cards = tmp_path / "my_cards" / "lever"
    cards.mkdir(parents=True)
    shutil.copy(ROOT / "configs/lever/outreach.yaml", cards / "my_lever.yaml")
    (tmp_path / "my_study.yaml").write_text(blocks("docs/how/study.md", "yaml")[0], encoding="utf-8")
    module = re.search(r"write_text\('''(.*?)'''\)", blocks("docs/how/own_mechanism.md", "python")[0], re.DOTALL)
    assert module, "the page writes its module in its first example"
    (tmp_path / "my_package.py").write_text(module[1], encoding="utf-8")
    made_files.write(tmp_path / "my_residents", made_files.make_frames(made_files.synthetic(500)))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def list_files(folder: Path) -> list[Path]:
    """Everything in a folder but Python's byte code."""
    return sorted(path for path in folder.rglob("*") if "__pycache__" not in path.parts)


@pytest.mark.slow
@pytest.mark.parametrize("command", [line for line in commands() if line.startswith(SIMULATING)])
def test_what_commands_set_exists(command: str, readers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names, numbers and cards of a command that simulates: they are composed and checked, nothing is simulated."""
    words = shlex.split(command)[1:]
    if any(word.startswith("euros=") for word in words):  # doses are computed in the territory: a small one is enough
        words = [*(word for word in words if not word.startswith("euros=")), "euros=500", "territory=village"]
    before = list_files(readers)
    assert main([*words, "--cfg", "job"]) == 0, capsys.readouterr().err
    assert list_files(readers) == before


@pytest.mark.slow
@pytest.mark.parametrize("command", [line for line in commands() if line.startswith(SMALL)])
def test_small_runs_work(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / done.stdout.strip().splitlines()[-1]).exists(), "the last line printed is the results folder"


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(("page", "number"), EXAMPLES)
def test_python_examples_work(page: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(blocks(page, "python")[number], f"{page}, example {number + 1}", "exec"), {"__name__": "__main__"})


@pytest.mark.parametrize("page", [*ROOTS, "CHANGELOG.md", "llms.txt"])
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    tree.nothing([link for link in links if not ((ROOT / page).parent / link).exists()])


def test_named_files_exist() -> None:
    """Paths in backquotes with a slash and an ending are files of the tree."""
    wrong = []
    for page in PAGES:
        for path in re.findall(PATH, (ROOT / page).read_text(encoding="utf-8")):
            if not (ROOT / path.rstrip("/")).exists():
                wrong.append(f"{page}: {path}")
    tree.nothing(wrong)
