"""The task with libraries that provide a contagion model, written as in their manuals."""

from __future__ import annotations

import time

import numpy as np

from .task import DAYS, SEEDED, STARTS, STOPS, TELL, build_small_world, draw_first_tellers


def starsim(n: int, seed: int, starts: float = STARTS) -> dict[str, float]:
    """Starsim's SEIR on a fixed network; durations are drawn beforehand, from the task's distributions."""
    import starsim as ss
    from scipy import stats

    started = time.perf_counter()
    graph = build_small_world(n, seed)

    class Fixed(ss.Network):
        """The graph of the task, as arrays: networkx would take minutes."""

        def init_post(self) -> None:
            super().init_post()
            self.append({"p1": graph.first.astype(ss.dtypes.int), "p2": graph.second.astype(ss.dtypes.int),
                         "beta": np.ones(graph.first.size, ss.dtypes.float)})

        def step(self) -> None:
            """Nothing: contacts are fixed."""

    seir = ss.SEIR(beta=ss.probperday(TELL), init_prev=ss.bernoulli(0), p_death=0,
                   dur_exp=ss.Dist(dist=stats.geom(starts)), dur_inf=ss.Dist(dist=stats.geom(STOPS)))
    sim = ss.Sim(n_agents=n, networks=Fixed(), diseases=seir, start=ss.days(0), stop=ss.days(DAYS - 1), dt=ss.days(1),
                 rand_seed=seed, verbose=0)
    sim.init()
    disease, chosen = sim.diseases[0], ss.uids(draw_first_tellers(n, seed))
    disease.susceptible[chosen] = False
    disease.infectious[chosen] = True
    disease.ti_infectious[chosen] = 0
    disease.ti_recovered[chosen] = np.random.default_rng([seed, 2]).geometric(STOPS, chosen.size)
    built = time.perf_counter()
    sim.run()
    return {"build": built - started, "play": time.perf_counter() - built,
            "attack": float(1 - np.mean(np.asarray(disease.susceptible)))}


def epiworldpy(n: int, seed: int, starts: float = STARTS) -> dict[str, float]:
    """epiworld's SIR, for the task without the latent state: in its SEIR the exposed are infectious too.

    At most one contact per day passes on awareness, so hearing is a little rarer. ValueError if starts < 1.
    """
    if starts < 1:
        raise ValueError(f"starts = {starts}: epiworldpy plays the task only with starts = 1")
    import epiworldpy as ep

    started = time.perf_counter()
    graph = build_small_world(n, seed)
    model = ep.epimodels.ModelSIR("awareness", SEEDED, TELL, STOPS)
    model.agents_from_edgelist(graph.first.tolist(), graph.second.tolist(), n, False)
    model.verbose_off()
    built = time.perf_counter()
    model.run(DAYS, seed)
    played = time.perf_counter()
    never = int(model.get_db().get_today_total()["counts"][0])
    return {"build": built - started, "play": played - built, "attack": 1 - never / n}
