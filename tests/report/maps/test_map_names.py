"""Names on a map cover neither one another nor numbers, and the shorter text stands where the longer finds no room."""

from simulator.report.figures.style import create_figure
from simulator.report.maps.map_names import NamePlacer


def test_names_do_not_overlap_and_what_finds_no_room_is_left_out():
    figure = create_figure(4, 3)
    axes = figure.subplots()
    axes.set_xlim(0, 10)
    axes.set_ylim(0, 10)
    names = NamePlacer()
    number = axes.text(5, 5, "12,3", ha="center", va="center")
    names.keep_free(number)
    for k in range(40):
        names.add(axes, (f"La Courneuve {k}", f"{k}"), (5 + 0.01 * k, 5), fontsize=8)
    names.place(figure)
    written = [text for text in axes.texts if text is not number]
    boxes = [text.get_window_extent() for text in (number, *written)]
    assert 3 < len(written) < 40
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


def test_a_shorter_text_stands_where_the_longer_finds_no_room():
    figure = create_figure(1.2, 3)
    axes = figure.subplots()
    names = NamePlacer()
    names.add(axes, ("A name much wider than the whole figure", "7"), (0.5, 0.5), fontsize=9)
    names.place(figure)
    assert [text.get_text() for text in axes.texts] == ["7"]
