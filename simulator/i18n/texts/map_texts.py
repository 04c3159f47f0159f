"""Labels of maps and their layers."""

from __future__ import annotations

from ..translation import mark, translate_plural

MAP_LABELS: dict[str, str] = {
    "loss": mark("Days of normal life lost per 1,000 residents"),
    "unreached": mark("People helped by nobody, per 1,000 with a need of the crisis"),
    "loss_change": mark("Change in loss, days per 1,000 residents"),
    "unreached_change": mark("Change in people helped by nobody, per 1,000 with a need"),
    "short_loss": mark("Losses, days per\n1,000 residents"),
    "short_unreached": mark("Helped by nobody,\nper 1,000 with a need"),
    "short_loss_change": mark("Change in losses with\n“{lever}”"),
    "short_unreached_change": mark("Change in helped by\nnobody with “{lever}”"),
    "title_loss": mark("Losses range from {low} to {high} days per 1,000 residents, depending on the place"),
    "title_unreached": mark("Depending on the place, {low} to {high} people out of 1,000 with a need are helped by "
                            "nobody"),
    "cells_note": mark("Places as the model lays them out, to scale: not their true outlines."),
    "communes_note": mark("Communes as the model lays them out, to scale: not their true outlines."),
    "outlines_note": mark("Outlines given by the user."),
    "real_site": mark("real project site"), "site": mark("typical project site"),
    "planned_site": mark("site opened by a lever"),
}


def format_draw_count(n: int, lang: str) -> str:
    """The number of draws that a map averages, in words."""
    return translate_plural("a single draw", "mean of {n} draws", n, lang)
