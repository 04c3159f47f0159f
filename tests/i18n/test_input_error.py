import pickle

from simulator.i18n.input_error import InputError
from simulator.i18n.translation import MAX_FACT_CHARS, Message, localise

AREA = "{where}: a ring encloses no area"


def test_both_languages_on_one_line_and_through_a_process() -> None:
    error = InputError(AREA, where="a\nb{x}")
    for again in (error, pickle.loads(pickle.dumps(error))):
        assert localise(again, "en") == str(again) == "a b{x}: a ring encloses no area"
        assert localise(again, "fr") == "a b{x} : un anneau n'enferme aucune surface"


def test_long_facts_are_cut() -> None:
    assert len(str(InputError("{x}", x="a" * 1000))) == MAX_FACT_CHARS + 1


def test_a_fact_may_be_a_message_an_error_or_a_list() -> None:
    inner = InputError(AREA, where="map")
    outer = Message("{where}: {problem}", where=["a\nb", 2, Message("none", context="list")], problem=inner)
    assert outer == "a b, 2, none: map: a ring encloses no area"
    assert outer.in_language("fr") == "a b, 2, aucun : map : un anneau n'enferme aucune surface"
    assert pickle.loads(pickle.dumps(outer)).in_language("fr") == outer.in_language("fr")
