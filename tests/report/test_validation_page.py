from pathlib import Path

import pytest

from simulator.analysis.validation.pattern_checks import check_patterns
from simulator.analysis.validation.pattern_targets import TARGETS
from simulator.engine.verification import VerificationCheck
from simulator.i18n.translation import Message
from simulator.report.validation_page import build_validation_sheet, format_validation, write_validation_files
from simulator.world.places.territory import make_default_territory

CHECKS = [VerificationCheck("V1", Message("hours <b>"), True),
          VerificationCheck("I3", Message("levers of dose 0 are no levers"), False)]
VERDICTS = check_patterns([{"isolated": 0.12, "gave": 0.10, "alone_ratio": 2.0}, {"isolated": 0.13, "gave": 0.12}])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_says_what_is_met_and_what_is_missed(lang: str, tmp_path: Path) -> None:
    files = write_validation_files(CHECKS, VERDICTS, make_default_territory(), 2, tmp_path, lang)
    page = files[0].read_text(encoding="utf-8")
    for target in TARGETS:
        assert target.id in page
    assert page.count('class="pass"') == 3 and page.count('class="fail"') == 2 and "not_measured" in page
    assert "<b>" not in page and "http" not in page.replace("https://doi", "")
    assert "\n".join(file.name for file in files) == "validation.html\nvalidation.csv\nchecks.csv"


def test_the_terminal_has_a_line_a_figure_and_the_checks_that_fail() -> None:
    text = format_validation(CHECKS, VERDICTS, "fr")
    assert text.splitlines()[0] == f"2 chiffres publiés sur {len(TARGETS)} atteints ; 1 contrôles sur 2 tenus"
    assert "I3 un levier de dose 0 est une absence de levier: en défaut" in text and "non mesuré" in text


def test_the_table_keeps_numbers_unrounded() -> None:
    sheet = build_validation_sheet(VERDICTS)
    assert len(sheet.rows) == len(TARGETS) and sheet.rows[0][8] == pytest.approx(0.125)
