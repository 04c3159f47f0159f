import os

import pytest

from simulator.dashboard.jobs.workspace import Workspace, new_session, slug


@pytest.fixture
def work(tmp_path):
    (tmp_path / "results").mkdir()
    return Workspace(tmp_path / "results", new_session())


def comparison(folder):
    (folder / "runs").mkdir(parents=True)
    (folder / "runs" / "abc.parquet").write_bytes(b"run abc")
    return folder


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/etc", "a/b", "a\\b", "x\0y", "~", ".hidden", "sessions",
                                  "é" * 99])
def test_no_name_leads_outside_the_results(work, name):
    (work.root.parent / "x").mkdir()
    comparison(work.own / "kept")
    with pytest.raises(ValueError, match="no such folder"):
        work.shared(name)
    if name != "sessions":
        with pytest.raises(ValueError, match="no such folder"):
            work.mine(name)


def test_links_lead_nowhere(work):
    comparison(work.root.parent / "outside")
    os.symlink(work.root.parent / "outside", work.root / "inside")
    assert work.shared_names() == []
    with pytest.raises(ValueError, match="no such folder"):
        work.shared("inside")


@pytest.mark.parametrize("session", ["", "short", "../../../../etc", "a" * 41, "with space here"])
def test_a_session_is_a_name_nobody_guesses(tmp_path, session):
    with pytest.raises(ValueError, match="session"):
        Workspace(tmp_path, session)


def test_one_session_does_not_see_another(work):
    folder = work.make("pantin", {"runs": {}})
    comparison(folder)
    other = Workspace(work.root, new_session())
    assert work.mine_names() == [folder.name]
    assert other.mine_names() == other.shared_names() == []
    with pytest.raises(ValueError, match="no such folder"):
        other.mine(folder.name)


def test_saved_is_for_everybody_and_overwrites_nothing(work):
    folder = comparison(work.make("pantin", {"runs": {}}))
    made = work.save(folder, "Pour la réunion du 3 !")
    assert made.parent == work.root and made.name == "Pour-la-réunion-du-3"
    assert (made / "runs" / "abc.parquet").read_bytes() == b"run abc"
    assert Workspace(work.root, new_session()).shared_names() == [made.name]
    for name in (made.name, "", "..", "sessions", "///"):
        with pytest.raises(ValueError, match="another name"):
            work.save(folder, name)
    assert [one.name for one in work.root.iterdir() if one.name.startswith(".")] == []


def test_runs_played_already_are_not_played_again(work):
    old, new = comparison(work.make("pantin", {})), work.make("pantin", {})
    assert old != new
    assert work.reuse(["abc", "def"], new, [old]) == 1
    assert (new / "runs" / "abc.parquet").read_bytes() == b"run abc"


def test_what_is_being_chosen_is_found_again(work):
    assert work.draft() is None
    work.keep_draft({"seeds": 3})
    assert work.draft() == {"seeds": 3}
    (work.own / "draft.json").write_text("{", encoding="utf-8")
    assert work.draft() is None


def test_slug():
    assert slug("  a//b  c.. ") == "a-b-c" and slug("../..") == ""
