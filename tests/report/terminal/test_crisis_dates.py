"""Which crises, when, and whether they overlap."""

from __future__ import annotations

import pytest

from simulator.report.terminal.crisis_dates import format_crises


def card(name: str, start: str, days: int, *again: str) -> dict:
    return {"id": name, "label_en": name.title(), "label_fr": name, "start": start, "days": days, "again": list(again)}


@pytest.mark.parametrize(("crises", "text"), [
    ([], "no crisis"), ([card("heat", "2027-08-04", 9)], "Heat"), ([{"id": "heat"}], "heat"),
    ([card("heat", "2027-08-04", 9), card("cut", "2027-08-12", 2)],
     "Heat (4 Aug 2027) + Cut (12 Aug 2027), overlapping"),
    ([card("cut", "2027-08-13", 2), card("heat", "2027-08-04", 9)],
     "Heat (4 Aug 2027) + Cut (13 Aug 2027), 0 days apart"),
    ([card("heat", "2027-08-04", 9, "2028-08-01")], "Heat (4 Aug 2027) + Heat (1 Aug 2028), 354 days apart"),
    ([card("heat", "2027-08-04", 9, "2028-08-01"), card("cut", "2028-08-02", 1)],
     "Heat (4 Aug 2027) + Heat (1 Aug 2028) + Cut (2 Aug 2028), some overlapping, others 354 days apart")])
def test_dates_stand_where_there_are_several_and_overlap_is_said(crises, text):
    assert format_crises(crises, "en") == text
