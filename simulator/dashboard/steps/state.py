"""What one session of the page has in hand: its folders, what is being chosen, which comparison is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..backend import door
from ..jobs.workspace import PAGE, Workspace, new_session, read_json
from .choices import Choices, CrisisChoice, Portfolio, choices_from

MINE, SHARED = "mine", "shared"
FIRST_CRISIS = "heatwave"
FIRST_PORTFOLIOS = (("outreach", "coordinator"), ("phone_tree_and_register",))
"""What the page proposes when nothing was chosen yet."""


@dataclass
class State:
    """open: where the open comparison stands, (mine or shared, name); empty without one."""

    workspace: Workspace
    choices: Choices
    lang: str = "fr"
    open: tuple[str, ...] = ()
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: str = ""
    """A line to show once."""
    refused: tuple[str, str, dict[str, Any]] | None = None
    """Why the last start was refused: the line, its language, and the choices it is true of."""

    def folder(self) -> Path | None:
        """The open comparison's folder; None without one, or if it is gone."""
        if not self.open:
            return None
        where, name = self.open
        try:
            return self.workspace.mine(name) if where == MINE else self.workspace.shared(name)
        except ValueError:
            return None

    def page(self) -> dict[str, Any]:
        """What the open comparison was asked for on a page; empty if it was made elsewhere."""
        folder = self.folder()
        return (read_json(folder / PAGE) or {}) if folder else {}

    def runs(self) -> list[str]:
        """Runs that the open comparison should have."""
        return [run for runs in self.page().get("runs", {}).values() for run in runs]

    def keep(self) -> None:
        """Remember choices and what is open, for a page that is loaded again."""
        self.workspace.keep_draft({"choices": self.choices.plain(), "open": list(self.open)})

    def refusal(self) -> str:
        """Why what is chosen now was refused, if it was; a line of choices that changed since is not shown again."""
        line, lang, chosen = self.refused or ("", "", {})
        return line if lang == self.lang and chosen == self.choices.plain() else ""

    def label(self, group: str, name: str) -> str:
        """A card's name in the session's language."""
        card = self.cards[group].get(name)
        return str(getattr(card, f"label_{self.lang}", name)) if card is not None else name


def state() -> State:
    """The session's state, made at its first run, found again by the address when the page is loaded again."""
    import streamlit as st

    if "state" not in st.session_state:
        here = door()
        session = st.query_params.get("session", "")
        try:
            workspace = Workspace(here.root, session)
        except ValueError:
            workspace = Workspace(here.root, new_session())
        st.query_params["session"] = workspace.own.name
        lang = st.query_params.get("lang", "")
        cards = {group: {card.id: card for card in here.cards(group)} for group in ("territory", "crisis", "lever")}
        st.session_state.state = State(workspace, first_choices(cards), lang if lang in ("fr", "en") else here.lang,
                                       cards=cards)
        _recall(st.session_state.state)
    found: State = st.session_state.state
    return found


def _recall(found: State) -> None:
    """Choices and the open comparison of a session that is loaded again. A draft that cannot be read is left alone."""
    draft = found.workspace.draft()
    if not isinstance(draft, dict):
        return
    try:
        found.choices = fitting(choices_from(draft.get("choices")), found.cards)
    except ValueError:
        return
    opened = draft.get("open")
    if isinstance(opened, list) and len(opened) == 2 and opened[0] in (MINE, SHARED):
        found.open = (str(opened[0]), str(opened[1]))


def fitting(choices: Choices, cards: dict[str, dict[str, Any]]) -> Choices:
    """The choices without cards that are not there any more."""
    choices.crises = [one for one in choices.crises if one.card in cards["crisis"]]
    for one in choices.portfolios:
        one.doses = {lever: dose for lever, dose in one.doses.items() if lever in cards["lever"]}
    if choices.territory not in cards["territory"]:
        choices.territory = next(iter(cards["territory"]))
    return choices


def first_choices(cards: dict[str, dict[str, Any]]) -> Choices:
    """What the page proposes: one crisis, two portfolios, few seeds."""
    crisis = cards["crisis"].get(FIRST_CRISIS)
    portfolios = [Portfolio("", {lever: cards["lever"][lever].dose for lever in levers if lever in cards["lever"]})
                  for levers in FIRST_PORTFOLIOS]
    chosen = Choices(crises=[crisis_choice(crisis)] if crisis else [], portfolios=portfolios)
    return fitting(chosen, cards)


def crisis_choice(card: Any) -> CrisisChoice:
    """A crisis as its card has it."""
    return CrisisChoice(card.id, card.start, card.days, card.severity, list(card.again))
