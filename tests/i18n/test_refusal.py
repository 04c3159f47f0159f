import pickle

from simulator.i18n.refusal import LONGEST, Refusal


def test_both_languages_on_one_line_and_through_a_process() -> None:
    one = Refusal("{file}: found {n:.1f}", "{file} : trouvé {n:.1f}", file="a\nb{x}", n=2.0)
    again = pickle.loads(pickle.dumps(one))
    for refusal in (one, again):
        assert refusal.line("en") == str(refusal) == "a b{x}: found 2.0"
        assert refusal.line("fr") == "a b{x} : trouvé 2.0"


def test_long_facts_are_cut() -> None:
    assert len(str(Refusal("{x}", "{x}", x="a" * 1000))) == LONGEST + 1
