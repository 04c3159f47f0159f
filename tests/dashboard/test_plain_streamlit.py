"""Whatever a card or a visitor writes reaches the page as text: no picture is fetched, nothing is formatted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

pytest.importorskip("streamlit")

from streamlit.testing.v1 import AppTest

from simulator.app.jobs import dashboard_backend
from simulator.dashboard import streamlit_app
from simulator.dashboard.backend import set_backend
from simulator.dashboard.jobs import background_tasks, job_control
from simulator.dashboard.plain_streamlit import Markdown, show_plain
from simulator.i18n.plain_text import INVISIBLE
from tests.dashboard.fake_server import keep_jobs_fake
from tests.dashboard.test_page_layout import clean, opened, step

HOSTILE = "![i](http://evil/x.png) $x$ <img src=x> :smile:"
PICTURE = re.compile(r"(?<!\\)!?(?<!\\)\[[^\]]*(?<!\\)\]\(")
TEXT_KEYS = ("label", "explanation", "limits", "side_effects", "dose_unit", "capacity")


@pytest.fixture
def root(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server whose cards have a hostile text in every field that is shown."""
    for kind, name in (("lever", "outreach"), ("crisis", "lockdown"), ("territory", "village")):
        card = yaml.safe_load((root / "configs" / kind / f"{name}.yaml").read_text(encoding="utf-8"))
        for key in list(card):
            if key.rpartition("_")[0] in TEXT_KEYS or key in TEXT_KEYS:
                card[key] = HOSTILE
        if "sources" in card:
            card["sources"] = [HOSTILE]
        (tmp_path / "cards" / kind).mkdir(parents=True)
        (tmp_path / "cards" / kind / f"{name}.yaml").write_text(yaml.safe_dump(card), encoding="utf-8")
    backend = dashboard_backend.build_dashboard_backend(tmp_path / "results", [str(tmp_path / "cards")], "en")
    set_backend(keep_jobs_fake(backend))
    yield tmp_path
    job_control.stop_all_jobs()
    background_tasks.stop_tasks()


def all_texts(at: AppTest) -> list[str]:
    """Every text that the browser reads as Markdown."""
    kinds = (at.title, at.header, at.subheader, at.markdown, at.caption, at.info, at.warning, at.error, at.success)
    widgets = (at.button, at.selectbox, at.multiselect, at.slider, at.text_input, at.number_input, at.date_input)
    found = [str(item.value) for kind in kinds for item in kind]
    found += [str(getattr(item, name, "") or "") for kind in widgets for item in kind for name in ("label", "help")]
    return found + [str(item.label) for item in at.expander]


@pytest.mark.usefixtures("root")
def test_no_field_of_a_card_is_markdown() -> None:
    at = opened("en")
    seen = []
    at.session_state["state"].choices.territory = "village"
    for name in ("step_1", "step_2"):
        texts = all_texts(step(at, name))
        for text in texts:
            assert not PICTURE.search(text), text
            assert not re.search(r"(?<!\\)<img|(?<!\\)\$x|:smile:", text), text
        seen += [text for text in texts if "evil" in text]
    assert len(seen) > 5, "the hostile texts are shown"


@pytest.mark.usefixtures("root")
def test_a_name_that_a_visitor_typed_is_text() -> None:
    at = step(opened("en"), "step_2")
    at.session_state["state"].choices.portfolios[0].name = HOSTILE
    assert not any(PICTURE.search(text) for text in all_texts(clean(at.run())))


def test_the_pages_own_markdown_stays() -> None:
    assert show_plain(Markdown("**a**")) == "**a**" and show_plain("**a**") == "\\*\\*a\\*\\*"
    assert show_plain(3) == 3 and show_plain(":smile:") == f":{INVISIBLE}smile:"


def test_nothing_on_the_page_goes_round_it() -> None:
    folder = Path(streamlit_app.__file__).parent
    for file in folder.rglob("*.py"):
        if file.name != "plain_streamlit.py":
            source = file.read_text(encoding="utf-8")
            assert not re.search(r"^\s*(import streamlit|from streamlit(?!\.web\.server))", source, re.MULTILINE)
