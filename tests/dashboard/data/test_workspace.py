import os

import pytest

from simulator.dashboard.data.workspace import Workspace, create_session_id, remove_old_sessions, slugify


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "results").mkdir()
    return Workspace(tmp_path / "results", create_session_id())


def comparison(folder):
    (folder / "runs").mkdir(parents=True)
    (folder / "runs" / "abc.parquet").write_bytes(b"run abc")
    return folder


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/etc", "a/b", "a\\b", "x\0y", "~", ".hidden", "sessions",
                                  "é" * 99])
def test_no_name_leads_outside_the_results(workspace, name):
    (workspace.root.parent / "x").mkdir()
    comparison(workspace.session_folder / "stored")
    with pytest.raises(ValueError, match="no such folder"):
        workspace.get_shared_folder(name)
    if name != "sessions":
        with pytest.raises(ValueError, match="no such folder"):
            workspace.get_own_folder(name)


def test_links_lead_nowhere(workspace):
    comparison(workspace.root.parent / "outside")
    os.symlink(workspace.root.parent / "outside", workspace.root / "inside")
    assert workspace.list_shared_names() == []
    with pytest.raises(ValueError, match="no such folder"):
        workspace.get_shared_folder("inside")


@pytest.mark.parametrize("session", ["", "short", "../../../../etc", "a" * 41, "with space here"])
def test_a_session_id_cannot_be_guessed(tmp_path, session):
    with pytest.raises(ValueError, match="session"):
        Workspace(tmp_path, session)


def test_one_session_does_not_see_another(workspace):
    folder = workspace.create_comparison("pantin", {"runs": {}})
    comparison(folder)
    other = Workspace(workspace.root, create_session_id())
    assert workspace.list_own_names() == [folder.name]
    assert other.list_own_names() == other.list_shared_names() == []
    with pytest.raises(ValueError, match="no such folder"):
        other.get_own_folder(folder.name)


def test_a_saved_comparison_is_shared_and_overwrites_nothing(workspace):
    folder = comparison(workspace.create_comparison("pantin", {"runs": {}}))
    made = workspace.save(folder, "Pour la réunion du 3 !")
    assert made.parent == workspace.root and made.name == "Pour-la-réunion-du-3"
    assert (made / "runs" / "abc.parquet").read_bytes() == b"run abc"
    assert Workspace(workspace.root, create_session_id()).list_shared_names() == [made.name]
    for name in (made.name, "", "..", "sessions", "///"):
        with pytest.raises(ValueError, match="another name"):
            workspace.save(folder, name)
    assert [one.name for one in workspace.root.iterdir() if one.name.startswith(".")] == []


def test_stored_runs_are_copied(workspace):
    old, new = comparison(workspace.create_comparison("pantin", {})), workspace.create_comparison("pantin", {})
    assert old != new
    assert workspace.copy_stored_runs(["abc", "def"], new, [old]) == 1
    assert (new / "runs" / "abc.parquet").read_bytes() == b"run abc"


def test_a_draft_is_found_again(workspace):
    assert workspace.read_draft() is None
    workspace.write_draft({"seeds": 3})
    assert workspace.read_draft() == {"seeds": 3}
    (workspace.session_folder / "draft.json").write_text("{", encoding="utf-8")
    assert workspace.read_draft() is None


def test_slug():
    assert slugify("  a//b  c.. ") == "a-b-c" and slugify("../..") == ""


def test_old_sessions_go_and_saved_comparisons_stay(tmp_path):
    old, new, foreign = (tmp_path / "sessions" / name for name in ("A" * 16, "B" * 16, "notes"))
    for folder in (old / "one" / "runs", new, foreign, tmp_path / "saved" / "runs"):
        folder.mkdir(parents=True)
    (new / "draft.json").write_text("{}")
    for path in (*old.rglob("*"), old, new, foreign, tmp_path / "saved" / "runs", tmp_path / "saved"):
        os.utime(path, (0, 0))
    assert remove_old_sessions(tmp_path) == 1
    assert not old.exists() and new.exists() and foreign.exists() and (tmp_path / "saved" / "runs").exists()
