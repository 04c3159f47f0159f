"""Codes of communes and IRIS as files write them."""

from __future__ import annotations

import pytest

from simulator.world.places.insee_code import is_undivided, normalise_insee_code, split_into_arrondissements


@pytest.mark.parametrize(("cell", "length", "code"), [
    ("93055", 5, "93055"), (93055, 5, "93055"), ("1004", 5, "01004"), (1004.0, 5, "01004"), ("1004.0", 5, "01004"),
    ("2a004", 5, "2A004"), (" 2B033 ", 5, "2B033"), ("97411", 5, "97411"), ("'01004'", 5, "01004"),
    ("930550101", 9, "930550101"), (10040101, 9, "010040101"), ("2B0330101", 9, "2B0330101"),
    ("Pantin", 5, ""), ("93", 5, ""), ("930550101", 5, ""), ("20004", 5, ""), ("00101", 5, ""), ("96001", 5, ""),
    ("200054781", 9, ""), (True, 5, ""), (None, 5, ""), ("9.3055E4", 5, ""), ("٩٣٠٥٥", 5, ""),
])
def test_codes(cell: object, length: int, code: str) -> None:
    assert normalise_insee_code(cell, length) == code


def test_an_undivided_commune() -> None:
    assert is_undivided("010010000") and not is_undivided("010010101") and not is_undivided("10000")


def test_paris_lyon_marseille_where_their_arrondissements_are_known() -> None:
    assert split_into_arrondissements("75056", {"75101", "75120", "93055"}) == ("75101", "75120")
    assert split_into_arrondissements("13055", {"13216"}) == ("13216",)
    assert split_into_arrondissements("69123", {"69123"}) == ("69123",)
    assert split_into_arrondissements("93055", set()) == ("93055",)
