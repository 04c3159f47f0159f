import zipfile
from io import BytesIO

import pytest

from simulator.dashboard.data import zip_archive
from simulator.dashboard.data.zip_archive import pack_comparison, unpack_comparison
from simulator.records.files.parquet import write_query
from simulator.records.schema import SCHEMA_VERSION


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one" / "runs").mkdir(parents=True)
    (tmp_path / "one" / "runs" / "abc.parquet").write_bytes(b"run")
    for name in ("page.json", "budget.csv", "page.log", ".in_use", "evil.py"):
        (tmp_path / "one" / name).write_text(name, encoding="utf-8")
    return tmp_path / "one"


def archive(**files):
    page = BytesIO()
    with zipfile.ZipFile(page, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return page


def test_pack_and_unpack(folder, tmp_path):
    page = pack_comparison(folder)
    assert page == pack_comparison(folder)
    back = unpack_comparison(BytesIO(page), tmp_path / "two")
    assert sorted(one.relative_to(back).as_posix() for one in back.rglob("*") if one.is_file()) == [
        "budget.csv", "page.json", "runs/abc.parquet"]
    assert pack_comparison(back) == page


def test_tables_alone(folder):
    assert zipfile.ZipFile(BytesIO(pack_comparison(folder, ("csv",)))).namelist() == ["budget.csv"]


def test_a_zipped_folder_is_read_too(tmp_path):
    back = unpack_comparison(archive(**{"mine/runs/abc.parquet": b"run"}), tmp_path / "two")
    assert (back / "runs" / "abc.parquet").read_bytes() == b"run"


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "runs/../../evil.csv", "runs/x/y.parquet", "a.py",
                                  "C:\\evil.csv", ".hidden.csv", "runs/.x.parquet"])
def test_members_outside_the_folder_are_left_out(tmp_path, name):
    unpack_comparison(archive(**{"runs/abc.parquet": b"run", name: b"evil"}), tmp_path / "in" / "two")
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["abc.parquet"]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + bytes(50)])
def test_a_file_that_is_no_comparison_is_refused_and_leaves_nothing(tmp_path, content):
    with pytest.raises(ValueError, match="not a zip"):
        unpack_comparison(BytesIO(content), tmp_path / "two")
    with pytest.raises(ValueError, match="no runs"):
        unpack_comparison(archive(**{"budget.csv": b"x"}), tmp_path / "two")
    assert list(tmp_path.iterdir()) == []


def test_a_small_file_of_much_is_refused(tmp_path):
    page = BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("runs/abc.parquet", bytes(200 << 20))
    assert len(page.getvalue()) < 250_000
    with pytest.raises(ValueError, match="too large"):
        unpack_comparison(BytesIO(page.getvalue()), tmp_path / "two")
    assert list(tmp_path.iterdir()) == []


def test_a_table_of_too_many_values_is_refused(tmp_path):
    file = tmp_path / "abc.parquet"
    write_query(file, "SELECT 1 AS a FROM range(30000000)", {}, {"schema_version": str(SCHEMA_VERSION)})
    assert file.stat().st_size < 1_000_000
    with pytest.raises(ValueError, match="30000000 values"):
        unpack_comparison(archive(**{"runs/abc.parquet": file.read_bytes()}), tmp_path / "two")


def test_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(zip_archive, "MAX_UNPACKED_BYTES", 10)
    with pytest.raises(ValueError, match="too large"):
        unpack_comparison(archive(**{"runs/abc.parquet": bytes(11)}), tmp_path / "two")
