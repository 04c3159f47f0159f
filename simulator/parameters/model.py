"""All groups of numbers of the model in one object, and the switch between its behaviours."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from ..i18n.translation import Message
from .aftermath import AftermathParameters, DisplacementParameters, FunctioningParameters
from .heat import HeatParameters
from .mutual_aid import CollectiveAidParameters, MutualAidParameters
from .needs_and_help import AidingParameters, AskingParameters, CopingParameters, NeedingParameters
from .population import PopulationParameters
from .projects import FundingParameters, HearingParameters, JoiningParameters, MeetingParameters, ProvidingParameters
from .ties import ContactParameters, StartParameters, TieFormationParameters

BEHAVIOURS = ("balanced", "selection_only", "socialisation_only", "random_joining", "frozen_ties", "frozen_beliefs")
"""Both selection (trust leads to joining) and socialisation (projects create trust), or one of the two (7.4).

random_joining: as many join each site, drawn among those who know it. frozen_ties: ties and their trust stay as at the
start, but those of the dead end. frozen_beliefs: power to act, and trust in hosts, in institutions and in general stay.
"""


@dataclass
class Model:
    """Every number that a phase may use, by group, and the behaviour: one of BEHAVIOURS."""

    behaviour: str = "balanced"
    population: PopulationParameters = field(default_factory=PopulationParameters)
    start: StartParameters = field(default_factory=StartParameters)
    contact: ContactParameters = field(default_factory=ContactParameters)
    tie_formation: TieFormationParameters = field(default_factory=TieFormationParameters)
    hearing: HearingParameters = field(default_factory=HearingParameters)
    joining: JoiningParameters = field(default_factory=JoiningParameters)
    meeting: MeetingParameters = field(default_factory=MeetingParameters)
    funding: FundingParameters = field(default_factory=FundingParameters)
    providing: ProvidingParameters = field(default_factory=ProvidingParameters)
    needing: NeedingParameters = field(default_factory=NeedingParameters)
    coping: CopingParameters = field(default_factory=CopingParameters)
    asking: AskingParameters = field(default_factory=AskingParameters)
    aiding: AidingParameters = field(default_factory=AidingParameters)
    mutual_aid: MutualAidParameters = field(default_factory=MutualAidParameters)
    collective_aid: CollectiveAidParameters = field(default_factory=CollectiveAidParameters)
    aftermath: AftermathParameters = field(default_factory=AftermathParameters)
    displacement: DisplacementParameters = field(default_factory=DisplacementParameters)
    heat: HeatParameters = field(default_factory=HeatParameters)
    functioning: FunctioningParameters = field(default_factory=FunctioningParameters)

    def check(self) -> None:
        """ValueError naming the first number out of its range, or an unknown behaviour."""
        if self.behaviour not in BEHAVIOURS:
            raise ValueError(Message("model.behaviour = {value}: expected one of {names}", value=self.behaviour,
                                     names=BEHAVIOURS))
        for item in fields(self):
            if item.name != "behaviour":
                getattr(self, item.name).check(f"model.{item.name}.")
