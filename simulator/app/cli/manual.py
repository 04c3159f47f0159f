"""Help texts of `resilience --help` and of most commands. No heavy import: help answers at once."""

from __future__ import annotations

from ...i18n.translation import mark, translate_page
from .manual_analysis import ANALYSIS_COMMANDS
from .manual_describe import DESCRIBE_COMMANDS
from .manual_page import PAGE_COMMANDS
from .manual_study import STUDY_COMMANDS

WELCOME = mark("""\
resilience: compare action levers for local solidarity in Seine-Saint-Denis, before and during a crisis.

Usage: resilience COMMAND [setting=value ...] [options]

Commands
  run        play one run: summary table, recovery figure, records
  compare    play levers against doing nothing, paired by seed: who gains, how much, at what cost
  study      play a design of many runs; started again, it plays only what is missing
  hydra      Hydra's own multirun and launchers, one run a job, into one folder
  table      the results of any folder as tables, or in SQL, also while they are being played
  portfolio  search for levers together under a yearly budget, confirm what was found with fresh seeds
  analyse    which levers to act on, what that depends on, what holds whatever comes
  validate   the model's own checks, and what it gives for published figures, on one page
  hindcast   the model held against published figures of real crises, misses included
  survey     a published survey's questions put to simulated residents, beside its answers
  map        maps: where losses fall, whom nobody helps, where a lever changes it
  report     a brief for people who decide: one page, on paper or screen
  publish    a comparison as a folder of static pages to hand on: explore it without a server or a network
  explain    one resident's story, with a lever and without: who helped, who refused and why
  dashboard  a local web page: choose, play, compare, look
  export     the network (GraphML, GEXF, edge list), agents or records (CSV, GeoParquet) for other tools
  mcp        a local server of three tools (describe, compare, table) for assistants that speak MCP
  verify     play a sample of stored runs again and compare the bytes
  reproduce  play a whole folder again into a new one and compare every run, table and figure
  bundle     one zip file of a folder that plays elsewhere: settings, cards, runs, versions
  compact    put many small files of runs into one
  describe   print parameters (unit, range, source, grade), levers, crises, phases, columns
  check      test a card, a register of sites, a mechanism or a population of your own
  completion what a shell reads to complete command lines
  version    print the version

Examples
  resilience run territory=village seed=7
  resilience compare territory=pantin crisis=lockdown 'lever=[coordinator,outreach]' seeds=20
  resilience describe lever coordinator

More: resilience COMMAND --help      En français : resilience --help lang=fr
""")

SETTINGS_HELP = mark("""\
Settings (any of them, in any order; `--cfg job` prints them all)
  territory=pantin               three_sites (default), sevran, pantin, clichy_sous_bois, seine_saint_denis, village
  crisis=[heatwave,power_cut]    one card, a list that may overlap, or none
  lever=[coordinator,outreach]   one card, a list, all, or none
  +crisis=flood                  adds a card to those chosen; same_day=true: all crises begin on one day
  experiment=small_heatwave      a preset: settings that the other words override
  behaviour=selection_only       balanced (default), selection_only, socialisation_only, random_joining, frozen_ties,
                                 frozen_beliefs
  lever.coordinator.dose=2       anything on a card that was chosen
  crisis.heatwave.severity=1.5   0 is no crisis
  model.joining.rate=0.2         any number of the model: resilience describe parameters
  calendar.levers=2026-01-05     the day the levers start
  population=my_residents        residents and households of your own, instead of the synthetic ones
  residents=my_package:Proud     code of your own; so too mechanisms=[…], handles=[…], and network=ties.csv
  threads=2  lang=en             threads per run; labels in fr (default) or en
  results=my_folder              where results go; else a dated folder under results/

Options
  --config-dir DIR   a folder of your own cards: DIR/lever/mine.yaml, DIR/crisis/…, DIR/territory/…
  --cfg job          print the composed settings and stop
""")

COMMAND_HELP: dict[str, str] = {
    "run": mark("""\
resilience run: play one run and keep its records, summary table and recovery figure in one folder.

Examples
  resilience run territory=village seed=7
  resilience run crisis=[heatwave,power_cut] lever=coordinator
  resilience run crisis=none results=calm_years

  seed=7                         which luck (1 by default)
  -m, --multirun                 every combination of listed values, as in Hydra:
                                 resilience run -m lever=coordinator,outreach crisis=heatwave,lockdown seed=1,2

"""),
    "compare": mark("""\
resilience compare: play each lever against doing nothing, with the same luck in both, seed by seed.
Started again on the same folder (results=…), it plays only what is missing.

Examples
  resilience compare
  resilience compare territory=pantin crisis=lockdown 'lever=[coordinator,outreach]' seeds=20
  resilience compare territory=village lever=all seeds=[1,2,3] results=trial

  seeds=20                       1 to 20, or a list [1,2,5]
  together=true                  one more arm with all the levers at once
  arms={A:[fans,cash],B:{outreach:2}}  portfolios by name, with doses, instead of an arm for each lever
  euros=100000                   every arm at one yearly budget: doses are scaled, what cannot be is refused
  posts=2                        full-time posts that an arm can fill at most
  uncertainty=seeds              all seeds play the default numbers; by default (numbers) each seed has its own
                                 plausible set of numbers and behaviour variant, but for those that you set
  priors=my_priors.yaml          your team's own ranges for assumed numbers: stored sets are weighted by them
  redraw=true                    with priors=: plays sets whose numbers are drawn within these ranges
  ensemble=10                    ten calibrated parameter sets, taken in turn by the seeds (run has it too)
  worth=5%                       from which difference on acting counts as worthwhile: a share of what the people hit
                                 lose, or '2 days' a person hit, or '20 people' who fare better
  lean=40                        which assumed numbers the conclusion leans on: played again with 40 other sets of them
  observe=[people,pairs,reached] residents one by one: the chain for members and the reached, effect on the treated
  without_sites=true             members of sites against the same people in a world that has never had a site
  paths=true                     by which path: every effect again with ties, trust, sites … cut in both arms, alone,
                                 in pairs that overlap, and together; or paths=[ties,sites,ties+sites]
  paths_from=onset               cut from the crisis on; else from the levers' date, or from the start
  workers=2                      processes; as many as there are cores by default

"""),
    **DESCRIBE_COMMANDS,
    **STUDY_COMMANDS,
    **ANALYSIS_COMMANDS,
    **PAGE_COMMANDS,
    "completion": mark("""\
resilience completion SHELL: print what bash, zsh or fish has to read to complete commands, settings and cards.

Examples
  eval "$(resilience completion bash)"
  resilience completion fish > ~/.config/fish/completions/resilience.fish
"""),
    "version": mark("resilience version: print the version.\n"),
}


def get_help_page(command: str | None, lang: str) -> str:
    """The help page of a command; the first page for None."""
    if command is None:
        return translate_page(WELCOME, lang)
    text = translate_page(COMMAND_HELP[command], lang)
    settings = translate_page(SETTINGS_HELP, lang)
    return text + settings if command in ("run", "compare", "portfolio", "study", "validate") else text
