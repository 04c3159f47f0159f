"""Figure and table of the study better_together: `python -m experiments.better_together.figures RESULTS`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.effects import draw_figure, parse_results_folder, query_effects
from simulator.analysis.effects.confidence_sequence import compute_anytime_interval
from simulator.report.figures.style import COLOURS, MARKS, SOFT

HERE = Path(__file__).parent


def main() -> None:
    """Draw each pair against the sum of its parts; write the interactions as a table."""
    found = query_effects(parse_results_folder(__doc__)).pivot(index=["point", "seed"], columns="arm", values="effect")
    pairs = [arm for arm in found.columns if "+" in arm]
    sums = {pair: sum(found[part] for part in pair.split("+")) for pair in pairs}
    lines = ["pair,runs,together,sum_of_parts,interaction,low,high"]
    for pair in pairs:
        interaction = found[pair] - sums[pair]
        low, high = compute_anytime_interval(interaction.to_numpy())
        lines.append(f"{pair},{len(interaction)},{found[pair].mean():.6f},{sums[pair].mean():.6f},{interaction.mean():.6f},"
                     f"{low:.6f},{high:.6f}")
    (HERE / "interactions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def paint(axes: Any) -> None:
        lowest = min(found[pairs].min().min(), min(values.min() for values in sums.values()))
        axes.plot([lowest, 0], [lowest, 0], color=SOFT, linewidth=1, zorder=0)
        for k, pair in enumerate(pairs):
            name = pair.replace("_", " ").replace("+", " + ")
            axes.scatter(sums[pair], found[pair], marker=MARKS[k], color=COLOURS[k], s=22, alpha=0.8, label=name)
        axes.set_xlabel("sum of the changes of loss by each alone, person-days per resident")
        axes.set_ylabel("change of loss by the pair")
        axes.set_title("Fans with outreach do a little more than their parts; other pairs add up (12 crises, 3 seeds)")
        axes.legend(frameon=False, loc="upper left")

    draw_figure(paint, HERE / "pairs.png", (7.2, 4.4))


if __name__ == "__main__":
    main()
