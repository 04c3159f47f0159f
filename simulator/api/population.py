"""`check_population`: the margins of somebody's population beside the official counts of the territory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..config.population.fit import list_margin_rows
from .configuration import scenario
from .setting_error import as_setting_errors

if TYPE_CHECKING:
    import pandas


def check_population(path: str | Path, territory: str | None = None, *,
                     config_dir: str | Path | Sequence[str | Path] = (), **settings: Any) -> pandas.DataFrame:
    """A population's margins beside the official counts of the territory: a pandas frame with a row for each measure.

    path: a folder or file as `population=` takes it. territory, config_dir, settings: as in `scenario`. Columns:
    commune (code and name), measure, unit (count, share from 0 to 1, mean, EUR/yr), found, official, difference, and
    telling (a share 5 points off, or another value a tenth off). SettingError for files that are wrong, or do not fit.
    """
    import pandas

    chosen = scenario(territory, config_dir=config_dir, **settings)
    with as_setting_errors():
        _, rows = list_margin_rows(path, chosen.run().scenario)
    return pandas.DataFrame([{"commune": row.commune, "measure": str(row.measure), "unit": row.unit, "found": row.found,
                              "official": row.official, "difference": row.found - row.official,
                              "telling": row.is_telling} for row in rows])
