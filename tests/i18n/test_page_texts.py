import re
from pathlib import Path

from simulator.i18n import page_results_texts, page_texts
from simulator.i18n.typography import held


def test_every_text_is_there_in_both_languages_with_the_same_facts():
    for key, (fr, en) in page_texts.TEXTS.items():
        assert fr.strip() and en.strip(), key
        assert set(re.findall(r"\{(\w+)\}", fr)) == set(re.findall(r"\{(\w+)\}", en)), key


def test_no_text_is_said_twice():
    source = [Path(one.__file__).read_text(encoding="utf-8") for one in (page_texts, page_results_texts)]
    keys = re.findall(r'"(\w+)": \(', "".join(source))
    assert len(keys) == len(set(keys))


def test_french_signs_stay_with_their_word():
    assert held("Quoi ? « oui » : 5 %") == "Quoi\u00a0? «\u00a0oui\u00a0»\u00a0: 5\u00a0%"
