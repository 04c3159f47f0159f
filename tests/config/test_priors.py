"""priors=: what a file may hold, refusals in one line, and seeds whose numbers are drawn within ranges."""

from __future__ import annotations

import pytest

from simulator.config.errors import UsageError
from simulator.config.priors import read_priors, resolve_priors
from simulator.parameters import Model
from tests.config.test_numbers_by_seed import compared

GOOD = "who: our workshop\nnumbers:\n  model.asking.ask: {low: 0.5, high: 0.7, sure: 0.8, who: our survey}\n" \
       "  model.mutual_aid.never: {low: 0.2, high: 0.3}\n"


@pytest.fixture
def write(tmp_path):
    def to_file(text):
        file = tmp_path / "mine.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return to_file


def test_ranges_say_who_and_how_sure(write):
    found = read_priors(write(GOOD))
    assert found["model.asking.ask"].who == "our survey" and found["model.asking.ask"].sure == 0.8
    never = found["model.mutual_aid.never"]
    assert (never.low, never.high, never.sure, never.who) == (0.2, 0.3, 0.9, "our workshop")


@pytest.mark.parametrize("text, says", [
    ("numbers:\n  model.asking.ask: {low: 0.5, high: 0.7}\n", "who says so"),
    ("who: us\nnumbers:\n  model.asking.aks: {low: 0.5, high: 0.7}\n", "model.asking.ask"),
    ("who: us\nnumbers:\n  model.asking.ask: {low: 0.7, high: 0.5}\n", "0.4 to 0.8"),
    ("who: us\nnumbers:\n  model.asking.ask: {low: 0.1, high: 0.5}\n", "0.4 to 0.8"),
    ("who: us\nnumbers:\n  model.asking.ask: {low: 0.5}\n", "low, high"),
    ("who: us\nnumbers:\n  model.asking.ask: {low: 0.5, high: 0.7, sure: 0.2}\n", "above 0.5"),
    ("who: us\nnumbers:\n  model.asking.ask: {low: a, high: 0.7}\n", "low below high"),
    ("who: us\nnumbers:\n  model.asking.ask: 0.5\n", "low, high"),
    ("who: us\nnumbers: {}\n", "a line for each number"), ("who: us\n", "a line for each number"),
    ("who: us\nranges: {}\nnumbers: {}\n", "numbers and who alone"), ("[1]\n", "mine.yaml"), ("{", "mine.yaml")])
def test_anything_else_is_refused_in_one_line_that_names_the_file(write, text, says):
    with pytest.raises(UsageError) as problem:
        read_priors(write(text))
    assert says in str(problem.value) and "mine.yaml" in str(problem.value) and "\n" not in str(problem.value)


@pytest.mark.parametrize("words, says", [(["redraw=true"], "name it: priors="),
                                         (["priors=none.yaml"], "cannot be read"),
                                         (["priors=x.yaml", "uncertainty=seeds"], "leave uncertainty=seeds out"),
                                         (["priors=x.yaml", "redraw=true", "ensemble=3"], "leave ensemble= out")])
def test_settings_that_do_not_go_together_are_refused(words, says):
    with pytest.raises(UsageError, match=says):
        compared(*words)


def test_weighing_plays_the_same_runs_and_redrawing_others_within_the_ranges(write):
    file = write(GOOD.replace("sure: 0.8", "sure: 1"))
    plain, weighed, redrawn = compared(), compared(f"priors={file}"), compared(f"priors={file}", "redraw=true")
    seeds = range(1, 61)
    assert [weighed.run((), seed).id for seed in (1, 2)] == [plain.run((), seed).id for seed in (1, 2)]
    asks = {seed: redrawn.run((), seed).model.asking.ask for seed in seeds}
    assert all(0.5 <= ask <= 0.7 for ask in asks.values()) and len(set(asks.values())) == 40
    assert asks[21] == asks[1], "seeds that share a set share what is drawn"
    kept = [redrawn.run((), seed).model.mutual_aid.never == plain.run((), seed).model.mutual_aid.never
            for seed in seeds]
    assert 0 < sum(kept) < 20, "as often as the range is not sure, the set keeps its own value"
    other = redrawn.run((), 3).model
    assert other.joining == plain.run((), 3).model.joining


def test_a_number_that_was_given_is_not_redrawn(write):
    ask = Model().asking.ask
    job = compared(f"priors={write(GOOD)}", "redraw=true", f"model.asking.ask={ask}")
    assert {job.run((), seed).model.asking.ask for seed in (1, 2, 3)} == {ask}
    assert resolve_priors({}) == {}
