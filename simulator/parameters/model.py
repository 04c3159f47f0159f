"""The whole model's numbers in one tree, and its structural switch."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from .help import Aiding, Asking, Coping, Living, Needing
from .population import Population
from .projects import Funding, Hearing, Joining, Meeting, Providing
from .ties import Binding, Contact, Start

BEHAVIOURS = ("balanced", "selection_only", "socialisation_only")


@dataclass
class Model:
    """Every number a phase may use. `behaviour`: do trusting people join, do projects make trust, or both (7.4)."""

    behaviour: str = "balanced"
    population: Population = field(default_factory=Population)
    start: Start = field(default_factory=Start)
    contact: Contact = field(default_factory=Contact)
    binding: Binding = field(default_factory=Binding)
    hearing: Hearing = field(default_factory=Hearing)
    joining: Joining = field(default_factory=Joining)
    meeting: Meeting = field(default_factory=Meeting)
    funding: Funding = field(default_factory=Funding)
    providing: Providing = field(default_factory=Providing)
    needing: Needing = field(default_factory=Needing)
    coping: Coping = field(default_factory=Coping)
    asking: Asking = field(default_factory=Asking)
    aiding: Aiding = field(default_factory=Aiding)
    living: Living = field(default_factory=Living)

    def check(self) -> None:
        """ValueError naming the first number out of its range, or an unknown behaviour."""
        if self.behaviour not in BEHAVIOURS:
            raise ValueError(f"model.behaviour = {self.behaviour}: expected one of {', '.join(BEHAVIOURS)}")
        for item in fields(self):
            if item.name != "behaviour":
                getattr(self, item.name).check(f"model.{item.name}.")
