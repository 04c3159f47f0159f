"""Help texts of analyses. No imports: help answers at once."""

from __future__ import annotations

from ...i18n.translation import mark

ANALYSIS_COMMANDS = {
    "survey": mark("""\
resilience survey CARD [setting=value ...]: puts the questions of a published survey to simulated residents on its day,
and prints the model's answers beside the published ones. CARD is apur_2023, coconel_2020, insee_2021, or the file of
your own card: an answer is a formula of columns of the table people (resilience describe columns people).

Examples
  resilience survey apur_2023
  resilience survey coconel_2020 territory=pantin seeds=5
  resilience survey my_survey.yaml results=my_folder

  seeds=3                        how many, counted from 1, or a list: runs in which residents are asked
  results=my_folder              writes survey.csv there too
  threads=2  lang=en             threads per run; labels in fr (default) or en
  territory=village              this and every other setting of `resilience run`, over those of the card
"""),
    "hindcast": mark("""\
resilience hindcast [EVENT|all]: plays real crises (heat of 2003, lockdown of 2020, evacuations of Marseille …) and
holds the model against what was published of them: interval, the model's median and nine runs in ten, met or missed.
What was used to calibrate is counted apart; figures that are left out are listed with the reason. Started again on the
same folder, it plays only what is missing.

Examples
  resilience hindcast
  resilience hindcast rue_aubagne_2018 sets=5
  resilience hindcast all sets=200 results=my_folder

  sets=25                        plausible parameter sets, each with a seed of its own (1: the defaults, one seed)
  strict=true                    exit code 1 when any row is missed
  territory=three_sites          which territory stands in for the places of the time
  results=my_folder  workers=2  threads=1  lang=en
"""),
    "validate": mark("""\
resilience validate: tries the model's own checks (conservation, closed forms, invariances, relations between runs) on
this machine, then plays runs and holds what they give against published figures: target, source, interval, median and
spread over seeds, pass or not. One page (validation.html) and two tables. Exit code 0 whatever the figures say, 1 if a
check of the model fails. A few minutes on two cores; started again on the same folder, it plays only what is missing.

Examples
  resilience validate
  resilience validate seeds=20 territory.around_km=0.6 results=my_folder
  resilience validate territory=village seeds=2 years=0

  seeds=10                       1 to 10, or a list [1,2,5]
  years=7                        how long ties are followed, in a village of its own; 0 leaves that figure out
  workers=2                      processes; as many as there are cores by default

"""),
    "portfolio": mark("""\
resilience portfolio: search for levers together under a yearly budget, by three objectives: mean loss, the gap between
the poorest and the richest fifth, and loss in the worst tenth of scenarios. Those that no other beats are played again
with fresh seeds. Started again on the same folder (results=…), it plays only what is missing.

Examples
  resilience portfolio territory=village lever=[outreach,fans,coordinator] budget=100000
  resilience portfolio lever=all budget=300000 plays=60 seeds=4 fresh=10 results=my_folder

  budget=300000                  EUR a year; portfolios over it are never played
  doses=[0.5,1]                  doses each lever may be given
  plays=30                       portfolios evaluated at most
  severities=[0.5,1,1.5]         scenarios: each crisis's severity times each of these
  spare=0.001                    no group (income, age, household, isolation) may lose more than without levers, beyond
                                 so many person-days per resident; left out: groups are not looked at
  orders=8                       random orders of levers by which a portfolio of more than four is attributed; 0: none
  seeds=3  fresh=5               seeds of the search, and more seeds that confirm

"""),
    "report": mark("""\
resilience report FOLDER [setting=value ...]: a brief for people who decide, as one HTML page that needs no network and
prints on A4. FOLDER is the last line that a run, a comparison or a study printed. Plays nothing.

Examples
  resilience report results/my_comparison
  resilience report my_folder lang=en to=pdf

  to=pdf                         a PDF instead (extra pdf); a browser prints the page as well
  outlines=communes.geojson      true outlines of communes for the map, as IGN publishes them (ADMIN EXPRESS), instead
                                 of the model's own layout
  worth=5%                       from which difference on acting counts as worthwhile, as in compare
  file=my_brief.html             where it goes; FOLDER/brief_fr.html by default
  study=NAME                     where a folder holds several studies
  lang=en                        fr (default) or en

"""),
    "map": mark("""\
resilience map FOLDER [setting=value ...]: where losses fall, whom nobody helps, where the first lever changes it, and
which neighbourhoods are tied. Places in doubt are hatched; nothing is shown for one neighbourhood alone. FOLDER is the
last line that a run, a comparison or a study printed. Plays nothing; maps (PNG, SVG) and tables go to FOLDER/maps.

Examples
  resilience map my_folder
  resilience map my_folder lang=en outlines=communes.geojson

  outlines=communes.geojson      true outlines of communes, as IGN publishes them (ADMIN EXPRESS, Contours IRIS:
                                 geoservices.ign.fr); the model's own layout by default
  study=NAME                     where a folder holds several studies
  lang=en                        fr (default) or en

"""),
    "analyse": mark("""\
resilience analyse FOLDER [setting=value ...]: which levers to act on, what that depends on, what holds whatever comes.
FOLDER is the last line that a comparison or a study printed. Plays nothing; tables (CSV) and figures go to
FOLDER/analysis.

Examples
  resilience analyse results/first_study
  resilience analyse my_folder what=levers smallest=0.01 lang=en
  resilience analyse my_folder what=scenarios 'satisfy=[loss<=-10%,quintile_ratio<=0,cost<=300000]'

  what=levers                    levers, sensitivity, scenarios, portfolios, or several: what=[levers,scenarios]
  outcome=loss                   the outcome that decides
  worth=5%                       from which difference on acting counts as worthwhile, as in compare
  smallest=0.02                  the same in the outcome's unit
  satisfy=[…]                    when a scenario ends well: changes against no lever (cost: the total, EUR)
  lever=coordinator              the portfolio whose effect is explained; the best one by default
  study=NAME                     where a folder holds several studies
  lang=en                        labels in fr (default) or en
"""),
    "explain": mark("""\
resilience explain FOLDER [--resident WHO] [setting=value ...]: one resident's story, and the same resident's without
levers, with the same luck. FOLDER is the last line that a run, a comparison or a study printed; two runs are played
again.

Examples
  resilience explain results/first_study --resident 1234
  resilience explain my_folder resident=most_gained lever=outreach seed=2
  resilience explain my_folder --resident isolated --json > story.json
  resilience explain my_folder --resident cases

  --resident WHO                 a number, or typical (default), isolated, most_gained, most_lost; also resident=WHO
  --resident cases               six recognisable residents whom the crisis hits, without levers and with each; played
                                 once, then kept in cases.json, for the brief and the page too
  lever=outreach                 the arm, levers joined by +; by default the one that loses least with that seed
  seed=2                         the first one by default
  run=KEY                        one run of the folder, by its key (resilience table FOLDER)
  threads=2                      threads per run
  --json                         all of it as data: every event, every day, every tie
  lang=en                        text in fr (default) or en
"""),
}
