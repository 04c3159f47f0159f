"""A resident's story as text: who they are, whom they knew, what happened, the two lives side by side, the balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import fill

from ...i18n.figure_texts import say
from ...i18n.number import number
from ...i18n.story_texts import STORY, day_name, told
from ...records.story import LOAN, Event, Life, Person, Standing, Story
from ...rules.domain import DOMAINS, SOURCES
from ...rules.needing import GROWN
from ..terminal.table import fixed
from .story_events import event_line, quantity_of, site_name

WIDTH = 110
NAMED_TIES, BLOCKS = 10, 40
"""Ties and dates that a page shows; the data hold all."""
FRAIL, HINDERED = 0.25, 0.25
"""From here on health, or a barrier, is worth a word. On the page only."""
CALM = ("lever", "heard", "joined", "left", "queued", "gave_up", "died")
"""What is told of calm years one by one; requests are counted."""


def story_text(story: Story, lang: str, width: int = WIDTH) -> str:
    """The whole story."""
    parts = [_head(story, lang), fill(_person(story.person, lang), width), _known(story, lang, width)]
    if len(story.lives) > 1:
        parts.append(fill(told("arms", lang, levers=levers_of(story, lang)), width))
    parts += [_calm(story, lang, width), _storm(story, lang, width), _balance(story, lang),
              fill(told("note", lang), width)]
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def levers_of(story: Story, lang: str) -> str:
    """Names of the levers of the last life, in quotes."""
    quote = "« {} »" if lang == "fr" else "“{}”"
    return " + ".join(quote.format(card[lang]) for card in story.lives[-1].levers)


def _head(story: Story, lang: str) -> str:
    who = told("woman" if story.person.woman else "man", lang, n=story.person.number)
    crises = " + ".join(card[lang] for card in story.crises) or told("no_crisis", lang)
    head = told("head", lang, who=who, territory=story.territory[lang], crises=crises, seed=story.seed)
    return head + (f"\n{told(story.chosen, lang)}" if story.chosen else "")


def _person(who: Person, lang: str) -> str:
    job = told("child", lang) if who.age < GROWN else told(f"job{who.job}", lang)
    words = [told(f"home{who.household}", lang, persons=who.persons),
             told("income1", lang) if who.quintile == 0 else told("income", lang, fifth=who.quintile + 1),
             told("storey", lang, floor=who.floor, floors=who.floors) if who.floor else told("ground", lang),
             *(told(name, lang) for name in ("poor_insulation", "priority") if getattr(who, name)),
             told("kit" if who.kit else "no_kit", lang)]
    if who.frailty >= FRAIL:
        words.append(told("frail", lang, value=number(who.frailty, lang, 2)))
    words.append(told("social", lang, hours=number(who.social_hours, lang)))
    hurdles = [told(f"barrier{k}", lang) for k, value in enumerate(who.barriers) if value >= HINDERED]
    end = " " + told("barriers", lang, what=", ".join(hurdles)) if hurdles else ""
    aged = told("aged_woman" if who.woman else "aged_man", lang, age=who.age, job=job, commune=who.commune)
    return f"{aged} {told('then', lang).join(words)}.{end}"


def _known(story: Story, lang: str, width: int) -> str:
    stand = story.lives[0].before or story.lives[0].onset
    if stand is None:
        return ""
    lines = [told("knew", lang, date=day_name(stand.date, lang)), *(f"  {line}" for line in _ties(stand, lang)),
             fill(" ".join(_places(stand, lang)), width)]
    return "\n".join(lines)


def _ties(stand: Standing, lang: str) -> Iterator[str]:
    for tie in stand.ties[:NAMED_TIES]:
        yield told("tie", lang, n=tie.number, kind=told(f"k_{tie.kind}", lang),
                   near=told("near", lang) if tie.neighbour else "", trust=number(tie.trust, lang, 2),
                   back=number(tie.returned, lang, 2))
    if not stand.ties:
        yield told("no_tie", lang)
    if len(stand.ties) > NAMED_TIES:
        yield told("more_ties", lang, n=len(stand.ties) - NAMED_TIES)
    if stand.far:
        yield told("far_one" if stand.far == 1 else "far_ties", lang, n=stand.far)


def _places(stand: Standing, lang: str) -> Iterator[str]:
    others = [site_name(place, lang) for place in stand.aware if place != stand.member]
    if stand.member is not None:
        yield told("member", lang, site=site_name(stand.member, lang))
    elif others:
        yield told("aware", lang, sites=", ".join(others))
    else:
        yield told("no_site", lang)
    if stand.isolated:
        yield told("apart", lang)
    yield told("beliefs", lang, agency=number(stand.agency, lang, 2), trust=number(stand.trust_institutions, lang, 2))


def _calm(story: Story, lang: str, width: int) -> str:
    end = story.onset
    lives = [[event for event in life.events if event.what in CALM and (end is None or event.day < end)]
             for life in story.lives]
    title = told("calm" if end is not None else "years", lang)
    blocks = list(_blocks(story, lives, lang, width))
    counts = [_counts(life, end, lang) for life in story.lives]
    lines = [counts[0]] if len(set(counts)) == 1 else [
        f"{told(arm, lang)} : {line}" for arm, line in zip(("without", "with"), counts, strict=True)]
    return "\n".join([title, *blocks, *(fill(line, width) for line in lines)])


def _counts(life: Life, end: int | None, lang: str) -> str:
    calm = [event for event in life.events if end is None or event.day < end]
    count = {what: [event.facts["answer"] == "helped" for event in calm if event.what == what]
             for what in ("asked", "was_asked")}
    return told("asked_count", lang, asked=len(count["asked"]), helped=sum(count["asked"]),
                was=len(count["was_asked"]), gave=sum(count["was_asked"]))


def _storm(story: Story, lang: str, width: int) -> str:
    if story.onset is None:
        return ""
    lives = [[event for event in life.events if event.day >= (story.onset or 0)] for life in story.lives]
    blocks = list(_blocks(story, lives, lang, width))
    quiet = all(event.what in ("crisis", *CALM) for events in lives for event in events)
    more = [told("cut", lang, n=len(blocks) - BLOCKS)] if len(blocks) > BLOCKS else []
    return "\n".join([told("storm", lang), *blocks[:BLOCKS], *more, *([told("quiet", lang)] if quiet else [])])


def _blocks(story: Story, lives: Sequence[Sequence[Event]], lang: str, width: int) -> Iterator[str]:
    """Dates with what happened on them, in both lives or in one; days on which the same happened stand together."""
    days = sorted({(event.day, event.date) for events in lives for event in events})
    told_days = [(day, date, tuple(_day(story, lives, day, lang, width))) for day, date in days]
    for lines, same in groupby(told_days, key=lambda one: one[2]):
        dates = [date for _, date, _ in same]
        a, b = day_name(dates[0], lang), day_name(dates[-1], lang)
        yield "\n".join([a if len(dates) == 1 else told("until", lang, a=a, b=b), *lines])


def _day(story: Story, lives: Sequence[Sequence[Event]], day: int, lang: str, width: int) -> Iterator[str]:
    lines = [[event_line(event, story, lang) for event in events if event.day == day] for events in lives]
    if len(lines) == 1:
        tagged = [("", line) for line in lines[0]]
    else:
        tagged = [("both", line) for line in lines[0] if line in lines[1]]
        tagged += [("without", line) for line in lines[0] if line not in lines[1]]
        tagged += [("with", line) for line in lines[1] if line not in lines[0]]
    for arm, line in tagged:
        head = f"  {told(arm, lang):<4} │ " if arm else "  "
        yield fill(line, width, initial_indent=head, subsequent_indent=(" " * 7 + "│   ") if arm else " " * 4)


def _balance(story: Story, lang: str) -> str:
    if story.onset is None:
        return ""
    since = story.onset
    rows = [[told("lost", lang), *(number(life.lost, lang, 2) for life in story.lives)],
            [told("days_unmet", lang), *(number(_unmet_days(life, since), lang) for life in story.lives)],
            *_sources(story, since, lang),
            [told("did_help", lang), *(number(_helped(life, since), lang) for life in story.lives)]]
    if not all(life.alive for life in story.lives):
        rows.append([told("dead", lang), *(told("no" if life.alive else "yes", lang) for life in story.lives)])
    heads = ["", *(told(arm, lang) for arm in ("without", "with"))] if len(story.lives) > 1 else ["", ""]
    table = fixed(heads, rows, label=60).rstrip("\n")
    return "\n".join([told("balance", lang), "", table, "", *_verdict(story, lang)])


def _sources(story: Story, since: int, lang: str) -> Iterator[list[str]]:
    """What met the needs, by domain and source, in each life."""
    met = [_met(life, since) for life in story.lives]
    order = (*SOURCES, LOAN)
    for domain, source in sorted({key for one in met for key in one},
                                 key=lambda key: (DOMAINS.index(key[0]), order.index(key[1]))):
        unit = told(f"u_{domain}", lang, x="").strip()
        label = told("met_by", lang, domain=say(domain, lang), unit=unit, source=_source(source, lang))
        yield [label, *(quantity_of(one.get((domain, source), 0), lang) for one in met)]


def _verdict(story: Story, lang: str) -> Iterator[str]:
    if len(story.lives) < 2:
        return
    a, b = (number(life.lost, lang, 2) for life in story.lives[:2])
    yield fill(told("same" if a == b else "less", lang, levers=levers_of(story, lang), a=a, b=b), WIDTH)
    parted = story.parted()
    date = next((event.date for life in story.lives for event in life.events if event.day == parted), "")
    yield told("parted", lang, date=day_name(date, lang)) if date else told("never_parted", lang)


def _source(source: str, lang: str) -> str:
    if f"s_{source}" in STORY:
        return told(f"s_{source}", lang)
    return say("home" if source == "household" else source, lang)


def _met(life: Life, since: int) -> dict[tuple[str, str], int]:
    """(domain, source) to thousandths met since a day."""
    out: dict[tuple[str, str], int] = {}
    for day in life.days:
        for source, amounts in day.met.items() if day.day >= since else ():
            for domain, amount in zip(DOMAINS, amounts, strict=True):
                if amount:
                    out[domain, source] = out.get((domain, source), 0) + amount
    return out


def _unmet_days(life: Life, since: int) -> int:
    return sum(day.span for day in life.days if day.day >= since and any(day.unmet))


def _helped(life: Life, since: int) -> int:
    return sum(event.what == "volunteered" or (event.what == "was_asked" and event.facts["answer"] == "helped")
               for event in life.events if event.day >= since)
