"""What the system or a library says of a file reaches French readers in French."""

from __future__ import annotations

import csv
import errno
import os
import pickle
import zipfile

import pytest

from simulator.app.cli.main import main
from simulator.i18n.notices import notice_language, print_notice
from simulator.i18n.system_reason import SYSTEM_REASONS, find_error_number, get_system_reason, translate_reason
from simulator.i18n.translation import Message
from simulator.records.files.parquet import convert_disk_error


@pytest.mark.skipif(os.name == "nt", reason="Windows speaks the reader's language")
@pytest.mark.parametrize("number", SYSTEM_REASONS)
def test_every_reason_is_the_systems_own_and_has_its_french(number):
    reason = get_system_reason(OSError(number, os.strerror(number), "a"))
    assert reason == os.strerror(number) == translate_reason(os.strerror(number))
    assert reason.in_language("fr") not in ("", os.strerror(number))
    assert pickle.loads(pickle.dumps(reason)).in_language("fr") == reason.in_language("fr")


def test_other_reasons_stay_as_they_are():
    assert get_system_reason(OSError(errno.EIO, "IO Error: odd")).in_language("fr") == "IO Error: odd"
    assert get_system_reason(OSError("just so")).in_language("fr") == "just so"
    assert get_system_reason(ValueError(Message("no settings"))).in_language("fr") == "aucun réglage"
    assert get_system_reason(zipfile.BadZipFile("File is not a zip file")).in_language("fr").startswith("ce n'est pas")
    assert get_system_reason(csv.Error("line contains NUL")).in_language("fr") == "ce n'est pas écrit en CSV"


def test_what_duckdb_says_of_the_disk_has_its_number(tmp_path):
    for number in (errno.ENOSPC, errno.EACCES, errno.EROFS):
        problem = convert_disk_error(ValueError(f'IO Error: Cannot open "x": {os.strerror(number)}'), tmp_path)
        assert problem.errno == number and get_system_reason(problem).in_language("fr") not in str(problem)


def test_notices_and_refusals_say_it_in_french(capsys, tmp_path, monkeypatch):
    before = notice_language.set("fr")
    try:
        print_notice(Message("{folder}: compiled code could not be kept ({why}); it will be compiled again each time",
                             folder="x", why="No space left on device"))
    finally:
        notice_language.reset(before)
    assert "(plus de place sur le disque)" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    assert main(["run", "territory=village", "results=file/deeper", "lang=fr"]) == 2
    assert "(ce n'est pas un dossier)" in capsys.readouterr().err


@pytest.mark.parametrize("text, number", [
    ('IO Error: Async write failed: {"exception_message":"Could not write file \\"a\\": No space left on device"}',
     errno.ENOSPC),
    ("IO Error: Could not write: No space left on device", errno.ENOSPC), ("IO Error: something else", None)])
def test_a_reason_is_found_within_what_a_library_says(text, number):
    assert find_error_number(text) == number
