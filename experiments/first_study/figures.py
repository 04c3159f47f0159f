"""Figure and table of the study first_study: `python -m experiments.first_study.figures results/first_study`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.effects import draw_figure, parse_results_folder, query_effects
from simulator.analysis.effects.confidence_sequence import compute_anytime_interval
from simulator.report.figures.style import COLOURS, MARKS, SOFT

HERE = Path(__file__).parent
SEVERITY = "crisis.heatwave.severity"


def main() -> None:
    """Draw the effects by severity; write them as a table."""
    found = query_effects(parse_results_folder(__doc__), SEVERITY)
    grouped = found.groupby([SEVERITY, "arm"])["effect"]
    table = grouped.agg(seeds="size", effect="mean").reset_index()
    table[["low", "high"]] = [compute_anytime_interval(values.to_numpy()) for _, values in grouped]
    table.to_csv(HERE / "effects.csv", index=False, float_format="%.6f", lineterminator="\n")

    def paint(axes: Any) -> None:
        axes.axhline(0, color=SOFT, linewidth=1)
        for k, (arm, rows) in enumerate(table.groupby("arm")):
            x, mean = rows[SEVERITY] + (k - 1) * 0.04, rows["effect"]
            axes.errorbar(x, mean, [mean - rows["low"], rows["high"] - mean], fmt=MARKS[k], color=COLOURS[k], capsize=3,
                          label=str(arm).replace("_", " "))
        axes.set_xlabel("severity of the heat wave (1: the card's own)")
        axes.set_ylabel("change of loss,\nperson-days per resident")
        axes.set_title("Ten seeds of a village tell no lever from nothing at any strength (95 % intervals)")
        axes.legend(frameon=False, loc="lower left")

    draw_figure(paint, HERE / "effects.png")


if __name__ == "__main__":
    main()
