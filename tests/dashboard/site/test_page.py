"""The files of the page to hand on: nothing is loaded from elsewhere, nothing runs but ours, whole or not at all."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("bokeh")

from simulator.dashboard.site import page
from simulator.records.files.run_files import save_record
from simulator.records.results import open as open_results
from tests.analysis import fake_runs

HOSTILE = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "$$x^2$$ \\(y\\)", "=1+1",
           "\u2028 \x1b", "{{ 7 * 7 }} <!-- "]


def make_results(folder):
    for record in fake_runs.fake_study(3, ("outreach", "coordinator")):
        save_record(record, folder / "runs" / f"{record.run_id}.parquet")
    return open_results(folder)


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    return page.render_site(make_results(tmp_path_factory.mktemp("site")))


def test_the_folder_is_small_and_holds_the_licence(content):
    assert set(content) == {page.PAGE_NAME, page.LICENCE_NAME, page.WORKBOOK_NAME}
    assert sum(map(len, content.values())) <= page.MAX_BYTES
    assert b"Redistribution and use" in content[page.LICENCE_NAME]


def test_every_script_is_allowed_by_its_hash_and_nothing_else_is(content):
    text = content[page.PAGE_NAME].decode("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-") and "unsafe-eval" not in policy
    allowed = re.search(r"script-src ([^;]*);", policy)[1]
    assert "unsafe-inline" not in allowed and "http" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert [f"'sha256-{page.hash_script(one)}'" for one in scripts] == allowed.split() and len(scripts) == 4


def test_the_page_names_no_other_file_but_the_workbook(content):
    text = re.sub(r"<script>.*?</script>", "", content[page.PAGE_NAME].decode("utf-8"), flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="([^"]*)"', text) == ["#", page.WORKBOOK_NAME]
    assert "type=\"module\"" not in text and "url(" not in text


@pytest.mark.parametrize("label", HOSTILE)
def test_labels_cannot_leave_the_data(label):
    text = page.encode_data({"label": label})
    assert not set("<>&\u2028\x1b") & set(text)


def test_the_same_results_give_the_same_page(content, tmp_path):
    again = page.render_site(make_results(tmp_path))
    assert again[page.PAGE_NAME] == content[page.PAGE_NAME]


def test_an_earlier_page_is_replaced_and_anything_else_is_not_taken_for_one(content, tmp_path):
    site = tmp_path / "deep" / "site"
    page.write_site(content, site)
    page.write_site({**content, page.LICENCE_NAME: b"new"}, site)
    assert page.is_published_folder(site) and (site / page.LICENCE_NAME).read_bytes() == b"new"
    assert [one.name for one in site.parent.iterdir()] == ["site"]
    (site / "mine.txt").write_text("x")
    assert not page.is_published_folder(site)


def test_the_page_is_written_whole_or_not_at_all(content, tmp_path, monkeypatch):
    site = tmp_path / "site"
    page.write_site(content, site)
    before = {one.name: one.read_bytes() for one in site.iterdir()}
    written = []

    def fill_the_disk(temporary, path):
        written.append(path)
        if len(written) > 1:
            raise OSError("no space")
        temporary.rename(path)

    monkeypatch.setattr(page, "replace_atomically", fill_the_disk)
    with pytest.raises(OSError, match="no space"):
        page.write_site({name: b"half" for name in content}, site)
    assert {one.name: one.read_bytes() for one in site.iterdir()} == before
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_without_the_library_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(page.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(page.MissingLibraryError, match=r"\[site\]"):
        page.read_library()
