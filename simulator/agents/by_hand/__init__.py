"""Reference implementation of every stage: plain Python, resident by resident; slow, readable, the same bits.

One module a phase, with functions of the same names as the stages they stand for. Begin with cope.py.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

PHASE_MODULES = ("hear", "join", "meet", "visit", "form_ties", "strike", "need", "cope", "mutual_aid", "collective_aid",
                 "public_aid", "recovery", "ask", "aid", "relief", "institution", "heat", "functioning", "fund",
                 "equip", "prune_ties")
"""One module a phase, each with its REFERENCE_STAGES."""


def load_reference_stages() -> dict[str, Callable[..., Any]]:
    """Name of each stage to its reference implementation: it takes the model, then what the stage takes."""
    modules = [import_module(f".{phase}", __name__) for phase in PHASE_MODULES]
    return {stage.__name__: stage for module in modules for stage in module.REFERENCE_STAGES}
