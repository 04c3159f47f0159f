"""What `--help` says of analyses. Kept free of imports: it must answer at once."""

from __future__ import annotations

ANALYSIS_COMMANDS = {
    "validate": {
        "en": """\
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

""",
        "fr": """\
resilience validate : éprouve sur cette machine les contrôles du modèle (conservation, formes exactes, invariances,
relations entre simulations), puis joue des simulations et compare ce qu'elles donnent à des chiffres publiés : cible,
source, intervalle, médiane et dispersion entre graines, atteint ou non. Une page (validation.html) et deux tableaux.
Code de sortie 0 quels que soient les chiffres, 1 si un contrôle du modèle échoue. Quelques minutes sur deux cœurs ;
relancée sur le même dossier, elle ne joue que ce qui manque.

Exemples
  resilience validate
  resilience validate seeds=20 territory.around_km=0.6 results=mon_dossier
  resilience validate territory=village seeds=2 years=0

  seeds=10                       de 1 à 10, ou une liste [1,2,5]
  years=7                        durée de suivi des liens, dans un village à part ; 0 laisse ce chiffre de côté
  workers=2                      processus ; par défaut autant que de cœurs

""",
    },
    "portfolio": {
        "en": """\
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

""",
        "fr": """\
resilience portfolio : cherche des leviers ensemble sous un budget annuel, selon trois buts : pertes moyennes, écart
entre le cinquième le plus pauvre et le plus aisé, pertes dans le pire dixième des scénarios. Ceux qu'aucun autre ne
dépasse sont rejoués sur d'autres graines. Relancée sur le même dossier (results=…), elle ne joue que ce qui manque.

Exemples
  resilience portfolio territory=village lever=[outreach,fans,coordinator] budget=100000
  resilience portfolio lever=all budget=300000 plays=60 seeds=4 fresh=10 results=mon_dossier

  budget=300000                  euros par an ; rien n'est joué au-dessus
  doses=[0.5,1]                  doses que chaque levier peut recevoir
  plays=30                       nombre de portefeuilles évalués, au plus
  severities=[0.5,1,1.5]         scénarios : la force de chaque crise fois chacun de ces nombres
  spare=0.001                    aucun groupe (revenu, âge, ménage, isolement) ne doit perdre plus que sans levier,
                                 à tant de jours-personne par habitant près ; sans lui, on n'y regarde pas
  orders=8                       ordres tirés au sort pour répartir l'effet de plus de quatre leviers ; 0 : aucun
  seeds=3  fresh=5               graines de la recherche, et graines de plus pour confirmer

""",
    },
    "report": {
        "en": """\
resilience report FOLDER [setting=value ...]: a brief for people who decide, as one HTML page that needs no network and
prints on A4. FOLDER is the last line that a run, a comparison or a study printed. Plays nothing.

Examples
  resilience report results/my_comparison
  resilience report my_folder lang=en to=pdf

  to=pdf                         a PDF instead (extra pdf); a browser prints the page as well
  outlines=communes.geojson      true outlines of communes for the map, instead of our own layout
  file=my_brief.html             where it goes; FOLDER/brief_fr.html by default
  study=NAME                     where a folder holds several studies
  lang=en                        fr (default) or en

""",
        "fr": """\
resilience report DOSSIER [réglage=valeur ...] : une note pour qui décide, en une seule page HTML, sans réseau,
imprimable en A4. DOSSIER est la dernière ligne qu'une simulation, une comparaison ou une étude a écrite. Ne joue rien.

Exemples
  resilience report results/ma_comparaison
  resilience report mon_dossier to=pdf

  to=pdf                         un PDF à la place (extra pdf) ; un navigateur imprime aussi la page
  outlines=communes.geojson      vrais contours des communes pour la carte, au lieu de notre disposition
  file=ma_note.html              où elle va ; par défaut DOSSIER/brief_fr.html
  study=NOM                      quand un dossier contient plusieurs études
  lang=en                        fr (par défaut) ou en

""",
    },
    "map": {
        "en": """\
resilience map FOLDER [setting=value ...]: where losses fall, who is not reached, where the first lever changes it, and
which neighbourhoods are tied. Places in doubt are hatched; nothing is shown for one neighbourhood alone. FOLDER is the
last line that a run, a comparison or a study printed. Plays nothing; maps (PNG, SVG) and tables go to FOLDER/maps.

Examples
  resilience map my_folder
  resilience map my_folder lang=en outlines=communes.geojson

  outlines=communes.geojson      true outlines of communes (WGS 84); our own layout by default
  study=NAME                     where a folder holds several studies
  lang=en                        fr (default) or en

""",
        "fr": """\
resilience map DOSSIER [réglage=valeur ...] : où tombent les pertes, qui n'est pas rejoint, où le premier levier y
change quelque chose, quels quartiers sont liés. L'incertain est hachuré ; rien n'est montré pour un seul quartier.
DOSSIER est la dernière ligne qu'une simulation, une comparaison ou une étude a écrite. Ne joue rien ; cartes (PNG,
SVG) et tableaux vont dans DOSSIER/maps.

Exemples
  resilience map mon_dossier
  resilience map mon_dossier outlines=communes.geojson

  outlines=communes.geojson      vrais contours des communes (WGS 84) ; par défaut, notre propre disposition
  study=NOM                      quand un dossier contient plusieurs études
  lang=en                        fr (par défaut) ou en

""",
    },
    "analyse": {
        "en": """\
resilience analyse FOLDER [setting=value ...]: which levers to act on, what that depends on, what holds whatever comes.
FOLDER is the last line that a comparison or a study printed. Plays nothing; tables (CSV) and figures go to
FOLDER/analysis.

Examples
  resilience analyse results/first_study
  resilience analyse my_folder what=levers smallest=0.01 lang=en
  resilience analyse my_folder what=scenarios 'satisfy=[loss<=-10%,fifth_ratio<=0,cost<=300000]'

  what=levers                    levers, sensitivity, scenarios, portfolios, or several: what=[levers,scenarios]
  outcome=loss                   the outcome that decides
  smallest=0.02                  smallest difference worth acting on, in the outcome's unit
  satisfy=[…]                    when a scenario ends well: changes against no lever (cost: the total, EUR)
  lever=coordinator              the portfolio whose effect is explained; the best one by default
  study=NAME                     where a folder holds several studies
  lang=en                        labels in fr (default) or en
""",
        "fr": """\
resilience analyse DOSSIER [réglage=valeur ...] : sur quels leviers agir, de quoi cela dépend, ce qui tient quoi qu'il
arrive. DOSSIER est la dernière ligne qu'une comparaison ou une étude a écrite. Ne joue rien ; tableaux (CSV) et
figures vont dans DOSSIER/analysis.

Exemples
  resilience analyse results/first_study
  resilience analyse mon_dossier what=levers smallest=0.01
  resilience analyse mon_dossier what=scenarios 'satisfy=[loss<=-10%,fifth_ratio<=0,cost<=300000]'

  what=levers                    levers, sensitivity, scenarios, portfolios, ou plusieurs : what=[levers,scenarios]
  outcome=loss                   le résultat qui décide
  smallest=0.02                  plus petit écart qui vaille d'agir, dans l'unité du résultat
  satisfy=[…]                    quand un scénario finit bien : écarts avec l'absence de levier (cost : total, EUR)
  lever=coordinator              le portefeuille dont on explique l'effet ; par défaut le meilleur
  study=NOM                      quand un dossier contient plusieurs études
  lang=en                        libellés en fr (par défaut) ou en
""",
    },
    "explain": {
        "en": """\
resilience explain FOLDER [--resident WHO] [setting=value ...]: one resident's story, and the same resident's without
levers, with the same luck. FOLDER is the last line that a run, a comparison or a study printed; two runs are played
again, nothing is written.

Examples
  resilience explain results/first_study --resident 1234
  resilience explain my_folder resident=most_gained lever=outreach seed=2
  resilience explain my_folder --resident isolated --json > story.json

  --resident WHO                 a number, or typical (default), isolated, most_gained, most_lost; also resident=WHO
  lever=outreach                 the arm, levers joined by +; by default the one that loses least with that seed
  seed=2                         the first one by default
  run=KEY                        one run of the folder, by its key (resilience table FOLDER)
  threads=2                      threads per run
  --json                         all of it as data: every event, every day, every tie
  lang=en                        text in fr (default) or en
""",
        "fr": """\
resilience explain DOSSIER [--resident QUI] [réglage=valeur ...] : l'histoire d'une personne, et celle de la même sans
levier, avec le même hasard. DOSSIER est la dernière ligne qu'une simulation, une comparaison ou une étude a écrite ;
deux simulations sont rejouées, rien n'est écrit.

Exemples
  resilience explain results/first_study --resident 1234
  resilience explain mon_dossier resident=most_gained lever=outreach seed=2
  resilience explain mon_dossier --resident isolated --json > histoire.json

  --resident QUI                 un numéro, ou typical (par défaut), isolated, most_gained (qui gagne le plus),
                                 most_lost (qui perd le plus) ; aussi resident=QUI
  lever=outreach                 le bras, leviers reliés par + ; par défaut celui qui perd le moins avec cette graine
  seed=2                         la première par défaut
  run=CLÉ                        une simulation du dossier, par sa clé (resilience table DOSSIER)
  threads=2                      fils d'exécution
  --json                         tout, en données : chaque événement, chaque jour, chaque lien
  lang=en                        texte en fr (par défaut) ou en
""",
    },
}
