import pytest

pytest.importorskip("weasyprint", exc_type=ImportError)


def test_a_page_becomes_a_pdf_and_no_address_is_opened():
    from simulator.report.pdf import render_pdf

    page = '<html lang="fr"><body><h1>Note</h1><img src="http://nowhere.invalid/x.png" alt="x"></body></html>'
    assert render_pdf(page).startswith(b"%PDF")
