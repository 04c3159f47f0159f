"""Figure and table of the study enough_seeds: `python -m experiments.enough_seeds.figures RESULTS`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.effects import draw_figure, parse_results_folder, query_effects
from simulator.analysis.effects.confidence_sequence import trace_interval_path
from simulator.report.figures.style import COLOURS, LINES, SOFT

HERE = Path(__file__).parent
SEVERITY, TARGET = "crisis.heatwave.severity", 0.002


def main() -> None:
    """Draw how intervals narrow as seeds are added; write the final effects and intervals as a table."""
    found = query_effects(parse_results_folder(__doc__), SEVERITY)
    lines, curves = ["severity,lever,seeds,effect,low,high"], {}
    for (severity, arm), rows in found.groupby([SEVERITY, "arm"]):
        steps = trace_interval_path(rows["effect"].to_numpy())
        curves[severity, arm] = (steps[:, 2] - steps[:, 1]) / 2
        mean, low, high = steps[-1]
        lines.append(f"{severity:g},{arm},{len(rows)},{mean:.6f},{low:.6f},{high:.6f}")
    (HERE / "seeds.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def paint(axes: Any) -> None:
        arms = sorted({arm for _, arm in curves})
        for k, ((severity, arm), half) in enumerate(sorted(curves.items())):
            axes.plot(range(1, len(half) + 1), half, color=COLOURS[arms.index(arm)], linestyle=LINES[k // 2],
                      label=f"{arm}, severity {severity:g}")
        axes.axhline(TARGET, color=SOFT, linewidth=1)
        axes.set(yscale="log", ylim=(5e-4, 2e-2), xlabel="seeds")
        axes.set_ylabel("half-width of the 95 % interval,\nperson-days")
        axes.set_title("Stronger crises need more seeds: playing stops at the grey line")
        axes.legend(frameon=False, ncols=2)

    draw_figure(paint, HERE / "seeds.png")


if __name__ == "__main__":
    main()
