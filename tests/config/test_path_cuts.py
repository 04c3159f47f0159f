"""paths= of `compare`: which channels it cuts, and what it refuses."""

from __future__ import annotations

import pytest

from simulator.app.cli.main import main
from simulator.config.path_cuts import JOINT_CUTS, SINGLE_CUTS

WORDS = ("compare", "territory=village", "lever=fans", "seeds=2")


def list_cuts(idle, *words):
    """The cuts of a comparison with these words."""
    assert main([*WORDS, *words]) == 0
    return idle[-1][0].path_cuts


def test_true_cuts_each_channel_the_pairs_that_overlap_and_all_of_them(idle):
    assert list_cuts(idle) == list_cuts(idle, "paths=false") == ()
    cuts = list_cuts(idle, "paths=true")
    assert cuts[:len(SINGLE_CUTS)] == tuple((name,) for name in SINGLE_CUTS)
    assert cuts[len(SINGLE_CUTS):-1] == JOINT_CUTS and set(cuts[-1]) == set(SINGLE_CUTS)


def test_a_list_says_exactly_which(idle):
    assert list_cuts(idle, "paths=[sites,ties+sites,sites+ties]") == (("sites",), ("ties", "sites"))
    assert list_cuts(idle, "paths=household") == (("household",),)


def test_what_is_cut_anyway_is_left_out(idle):
    cuts = list_cuts(idle, "paths=true", "ablate=[ties]", "ablate_from=levers")
    assert cuts and not any("ties" in cut for cut in cuts)


@pytest.mark.parametrize(("words", "message"), [
    (["paths=[friends]"], "there is no channel 'friends'"), (["paths=7"], "paths = 7: expected true"),
    (["paths=true", "paths_from=monday"], "paths_from = 'monday': expected start, levers, onset"),
    (["paths=true", "ablate=[ties]"], "ablate_from = 'start': paths= cuts its channels from the same day"),
    (["paths=[ties]", "ablate=[ties]", "ablate_from=levers"], "ties is cut in every run by ablate= already")])
def test_what_cannot_be_cut_is_refused(refused, words, message):
    assert message in refused(*WORDS, *words)
