"""No message repeats more than 160 characters of what somebody typed, wherever it was typed: 5,000 characters here."""

from __future__ import annotations

import re

import pytest

import simulator as sim
from simulator.api.setting_error import SettingError
from simulator.config.ensemble import build_ensemble_models
from simulator.config.errors import UsageError
from simulator.config.official.site_register import RegisterOptions, read_site_register
from simulator.config.places.territory import resolve_territory_files
from simulator.dashboard.data.choices import parse_choices
from simulator.dashboard.data.workspace import Workspace, create_session_id
from simulator.i18n.input_error import InputError
from simulator.i18n.translation import MAX_FACT_CHARS
from simulator.parameters import Model
from simulator.world.sites.site_card import SiteCard
from tests.app.test_bad_input import CARD, own
from tests.config.official import insee_files

LONG = "q" * 5000
HUGE = "9" * 5000
TYPES = [SiteCard(id="garden", generic=True)]


def check_is_cut(text: object) -> None:
    """The message repeats no more of the value than a message may."""
    longest = max((len(part) for part in re.findall("[q9]+", str(text))), default=0)
    assert longest <= MAX_FACT_CHARS, f"{longest} characters: {str(text)[:300]}"


@pytest.mark.parametrize("argv", [
    [LONG], [f"--{LONG}"], ["run", "--cfg", LONG], ["--help", f"lang={LONG}"], ["version", LONG], [f"a{LONG}=1"],
    ["run", f"{LONG}=3"], ["run", f"model.{LONG}=3"], ["run", LONG], ["run", f"+{LONG}=1"], ["run", f"~{LONG}"],
    ["run", f"lever=[{LONG}"], ["run", f"lang={LONG}"], ["run", f"territory={LONG}"], ["run", f"lever={LONG}"],
    ["run", f"crisis=[{LONG},{LONG}]"], ["run", f"site={LONG}"], ["run", f"behaviour={LONG}"], ["run", f"seed={LONG}"],
    ["run", f"seed={HUGE}"], ["run", f"calendar.start={LONG}"], ["run", f"threads={LONG}"], ["run", f"results={LONG}"],
    ["run", f"model.joining.rate={LONG}"], ["run", f"model.joining.rate={'9' * 300}"], ["run", f"ablate=[{LONG}]"],
    ["run", f"residents={LONG}"], ["run", f"residents=os:{LONG}"], ["run", f"mechanisms=[{LONG}:x]"],
    ["run", f"network={LONG}"], ["run", f"territory.data={LONG}"], ["run", f"territory.sites={LONG}"],
    ["run", f"territory.communes=[{LONG}]"], ["run", f"territory.point={LONG}"], ["run", f"experiment={LONG}"],
    ["run", "--config-dir", LONG], ["run", "lever=outreach", f"lever.outreach.dose={LONG}"],
    ["run", "crisis=heatwave", f"crisis.heatwave.start={LONG}"], ["compare", f"seeds=[1,{LONG}]"],
    ["compare", f"workers={LONG}"], ["compare", f"euros={LONG}"], ["compare", f"lean={LONG}"],
    ["study", LONG], ["study", f"{LONG}.yaml"], ["table", LONG], ["verify", LONG], ["compact", LONG], ["analyse", LONG],
    ["report", LONG], ["map", LONG], ["explain", LONG], ["portfolio", f"levers=[{LONG}]"], ["portfolio", f"{LONG}=1"],
    ["hindcast", LONG], ["validate", f"{LONG}=1"], ["dashboard", f"port={LONG}"], ["describe", LONG],
    ["describe", "lever", LONG], ["check", LONG], ["check", "lever", LONG], ["completion", LONG],
    ["run", "-m", f"lever={LONG},{LONG}2"], ["run", "-m", f"seed=1,{LONG}"]],
    ids=lambda argv: re.sub("(q|9){20,}", "…", " ".join(argv)))
def test_words_of_the_command_line(refused, argv):
    check_is_cut(refused(*argv))


@pytest.mark.parametrize("text", [
    f"{CARD}{LONG}: 1\n", CARD.replace("id: mine", f"id: {LONG}"), CARD.replace("site.staff", f"site.{LONG}"),
    CARD.replace("op: add", f"op: {LONG}"), CARD.replace("1.0", LONG), CARD.replace("1.0", HUGE), f"- {LONG}", LONG,
    f"{CARD}id: {LONG}\n", f"{CARD}{LONG}: 1\n{LONG}: 2\n", f"{CARD}reference: ${{{LONG}}}\n",
    f"{CARD}dose: !!int {LONG}\n", f"a: *{LONG}"])
def test_entries_of_a_card(refused, tmp_path, text):
    check_is_cut(refused("run", own(tmp_path, text), "lever=mine"))


COLUMNS = {"name": "A", "type": "garden", "lon": "2.4", "lat": "48.9", "capacity": "40", "hours": "20", "grants": "2"}


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "name"])
def test_cells_of_a_register(tmp_path, column):
    cells = {**COLUMNS, column: LONG}
    (tmp_path / "s.csv").write_text(f"{';'.join(COLUMNS)}\n{';'.join(cells.values())}\n", encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        read_site_register(str(tmp_path / "s.csv"), TYPES)
    check_is_cut(refusal.value)


def test_columns_of_a_register(tmp_path):
    (tmp_path / "s.csv").write_text(f"{LONG};type;lon;lat\nA;garden;2.4;48.9\n", encoding="utf-8")
    for options in (RegisterOptions(),
                    *(RegisterOptions(columns=one) for one in ({"name": f"x{LONG}"}, {LONG: "x"}))):
        with pytest.raises(InputError) as refusal:
            read_site_register(str(tmp_path / "s.csv"), TYPES, options)
        check_is_cut(refusal.value)


@pytest.mark.parametrize("text", [f"member,model.joining.rate\n1,{LONG}\n", f"member,{LONG}\n1,0.2\n",
                                  "member,model.joining.rate\n1,0x_" + LONG + "\n"])
def test_cells_of_an_ensemble(tmp_path, text):
    (tmp_path / "e.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refusal:
        build_ensemble_models(1, Model(), tmp_path / "e.csv")
    check_is_cut(refusal.value)


@pytest.mark.parametrize("cell", [0, 1, -1])
def test_cells_and_columns_of_official_files(tmp_path, cell):
    for line in (0, 1):
        folder = insee_files.write(tmp_path / str(line))
        file = folder / "base-ic-evol-struct-pop-2021.CSV"
        lines = [row.split(";") for row in file.read_text(encoding="utf-8").splitlines()]
        lines[line][cell] = LONG
        file.write_text("\n".join(map(";".join, lines)), encoding="utf-8")
        try:
            check_is_cut(resolve_territory_files({"communes": [37999], "data": str(folder)}, TYPES).notes)
        except UsageError as refusal:
            check_is_cut(refusal)


def test_names_from_python(tmp_path):
    class Unlike:
        def __repr__(self) -> str:
            return LONG

    for call in (lambda: sim.scenario(territory=LONG), lambda: sim.scenario(**{LONG: 1}), lambda: sim.describe(LONG),
                 lambda: sim.scenario(territory="village", lever=[Unlike()]), lambda: sim.load_card(LONG),
                 lambda: sim.TerritoryModel(territory="village", residents=Unlike()), lambda: sim.open(LONG)):
        with pytest.raises((SettingError, TypeError, OSError, ValueError)) as refusal:
            call()
        check_is_cut(refusal.value)


@pytest.mark.parametrize("setting", ["model.joining.rate", "territory", "lever", "calendar.start",
                                     "calendar.recovery_days"])
def test_a_number_too_long_to_write_is_named(setting):
    with pytest.raises(SettingError, match=rf"{setting} ?= ?'…'"):
        sim.scenario(**{"territory": "village", setting: 10**5000})


def test_names_of_the_page(tmp_path):
    workspace = Workspace(tmp_path, create_session_id())
    for call in (lambda: workspace.get_own_folder(f"../{LONG}"), lambda: workspace.get_shared_folder(LONG),
                 lambda: Workspace(tmp_path, f"/{LONG}"),
                 lambda: parse_choices({"crises": [{"card": f"/{LONG}"}]}),
                 lambda: parse_choices({"crises": [{"card": "heatwave", "start": "2026-07-01", "days": LONG}]})):
        with pytest.raises((ValueError, OSError)) as refusal:
            call()
        check_is_cut(refusal.value)


def test_a_file_name_too_long_for_the_disk(refused):
    for command in ("table", "verify", "compact", "analyse", "report", "explain"):
        assert "no results here" in refused(command, LONG)
