"""State of one session of the page: its folders, its choices, and which comparison is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..cards.card_texts import read_card_text
from ..i18n.translation import list_languages
from .backend import get_backend
from .data.choices import Choices, CrisisChoice, PortfolioChoice, parse_choices
from .data.workspace import PAGE_FILE, Workspace, create_session_id, read_json_file
from .plain_streamlit import st

OWN_COMPARISONS, SHARED_COMPARISONS = "mine", "shared"
FIRST_CRISIS = "lockdown"
FIRST_PORTFOLIOS = (("outreach",), ("building_referents", "group_hosting"))
"""Levers of the portfolios that the page proposes at first."""


@dataclass(frozen=True)
class StartError:
    """Why the last start was refused: the line, its language, the choices it is about.

    is_final: the same choices would be refused again; False for a failure of the machine, which may pass.
    """

    line: str
    lang: str
    choices: dict[str, Any]
    is_final: bool


@dataclass
class PageSession:
    """State of one session.

    workspace: its folders. choices: what is chosen now. open: the open comparison as (OWN_COMPARISONS or
    SHARED_COMPARISONS, name); empty without one. cards: group (lever, crisis, territory) to card id to card. notice: a
    line to show once. last_error: why the last start was refused; None if it was not.
    """

    workspace: Workspace
    choices: Choices
    lang: str = "fr"
    open: tuple[str, ...] = ()
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    notice: str = ""
    last_error: StartError | None = None

    def folder(self) -> Path | None:
        """The open comparison's folder; None without one, or if it does not exist any more."""
        if not self.open:
            return None
        where, name = self.open
        try:
            if where == OWN_COMPARISONS:
                return self.workspace.get_own_folder(name)
            return self.workspace.get_shared_folder(name)
        except ValueError:
            return None

    def read_page_request(self) -> dict[str, Any]:
        """The page request of the open comparison, see `write_page_request`; empty if it was not made on a page."""
        folder = self.folder()
        return (read_json_file(folder / PAGE_FILE) or {}) if folder else {}

    def runs(self) -> list[str]:
        """Ids of the runs that the open comparison should have."""
        return [run for runs in self.read_page_request().get("runs", {}).values() for run in runs]

    def save_draft(self) -> None:
        """Write choices and the open comparison to the session's folder, for when the page is loaded again."""
        self.workspace.write_draft({"choices": self.choices.to_dict(), "open": list(self.open)})

    def current_error(self) -> StartError | None:
        """Why the present choices were refused; None if they were not, or if choices or language changed since."""
        error = self.last_error
        return error if error and error.lang == self.lang and error.choices == self.choices.to_dict() else None

    def label(self, group: str, name: str) -> str:
        """A card's name in the session's language."""
        card = self.cards[group].get(name)
        return read_card_text(card, "label", self.lang) or name if card is not None else name


def get_session() -> PageSession:
    """The session's state: created at its first run, and restored from its folder when the page is loaded again."""
    if "state" not in st.session_state:
        backend = get_backend()
        session = st.query_params.get("session", "")
        try:
            workspace = Workspace(backend.root, session)
        except ValueError:
            workspace = Workspace(backend.root, create_session_id())
        st.query_params["session"] = workspace.session_folder.name
        lang = st.query_params.get("lang", "")
        lang = lang if lang in list_languages() else backend.lang
        cards = {group: {card.id: card for card in backend.list_cards(group)}
                 for group in ("territory", "crisis", "lever")}
        st.session_state.state = PageSession(workspace, propose_choices(cards), lang, cards=cards)
        _restore_draft(st.session_state.state)
    restored: PageSession = st.session_state.state
    return restored


def _restore_draft(session: PageSession) -> None:
    """Restore choices and the open comparison of a session that is loaded again; ignore a draft that is not valid."""
    draft = session.workspace.read_draft()
    if not isinstance(draft, dict):
        return
    try:
        session.choices = drop_missing_cards(parse_choices(draft.get("choices")), session.cards)
    except ValueError:
        return
    opened = draft.get("open")
    if isinstance(opened, list) and len(opened) == 2 and opened[0] in (OWN_COMPARISONS, SHARED_COMPARISONS):
        session.open = (str(opened[0]), str(opened[1]))


def drop_missing_cards(choices: Choices, cards: dict[str, dict[str, Any]]) -> Choices:
    """Remove cards that do not exist any more from the choices, in place; returns them."""
    choices.crises = [crisis for crisis in choices.crises if crisis.card in cards["crisis"]]
    for portfolio in choices.portfolios:
        portfolio.doses = {lever: dose for lever, dose in portfolio.doses.items() if lever in cards["lever"]}
    if choices.territory not in cards["territory"]:
        choices.territory = next(iter(cards["territory"]))
    return choices


def propose_choices(cards: dict[str, dict[str, Any]]) -> Choices:
    """The choices a new session starts with: one crisis, two portfolios, few seeds."""
    crisis = cards["crisis"].get(FIRST_CRISIS)
    levers = cards["lever"]
    portfolios = [PortfolioChoice("", {name: levers[name].dose for name in names if name in levers})
                  for names in FIRST_PORTFOLIOS]
    choices = Choices(crises=[build_crisis_choice(crisis)] if crisis else [], portfolios=portfolios)
    return drop_missing_cards(choices, cards)


def build_crisis_choice(card: Any) -> CrisisChoice:
    """A crisis with its card's default dates, days and severity."""
    return CrisisChoice(card.id, card.start, card.days, card.severity, list(card.again))
