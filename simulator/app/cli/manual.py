"""What `--help` says. Kept free of imports: it must answer at once."""

from __future__ import annotations

from .manual_analysis import ANALYSIS_COMMANDS
from .manual_page import PAGE_COMMANDS
from .manual_study import STUDY_COMMANDS

EXAMPLES = """\
  resilience run territory=village seed=7
  resilience compare territory=pantin crisis=lockdown 'lever=[coordinator,outreach]' seeds=20
  resilience describe lever coordinator"""

WELCOME = {
    "en": f"""\
resilience: compare action levers for local solidarity in Seine-Saint-Denis, before and during a crisis.

Usage: resilience COMMAND [setting=value ...] [options]

Commands
  run        play one run: summary table, recovery figure, records
  compare    play levers against doing nothing, paired by seed: who gains, how much, at what cost
  study      play a design of many runs; started again, it plays only what is missing
  table      the results of any folder as tables, or in SQL, also while they are being played
  portfolio  search for levers together under a yearly budget, confirm what was found with fresh seeds
  analyse    which levers to act on, what that depends on, what holds whatever comes
  validate   the model's own checks, and what it gives for published figures, on one page
  map        maps: where losses fall, who is not reached, where a lever changes it
  report     a brief for people who decide: one page, on paper or screen
  explain    one resident's story, with a lever and without: who helped, who refused and why
  dashboard  a local web page: choose, play, compare, look
  verify     play a sample of stored runs again and compare the bytes
  compact    put many small files of runs into one
  describe   print parameters (unit, range, source, grade), levers, crises, phases, columns
  check      test a lever or crisis card of your own
  version    print the version

Examples
{EXAMPLES}

More: resilience COMMAND --help      En français : resilience --help lang=fr
""",
    "fr": f"""\
resilience : comparer des leviers d'action pour l'entraide locale en Seine-Saint-Denis, avant et pendant une crise.

Usage : resilience COMMANDE [réglage=valeur ...] [options]

Commandes
  run        joue une simulation : tableau, courbe de rétablissement, données
  compare    joue des leviers contre l'absence de levier, graine par graine : qui gagne, combien, à quel coût
  study      joue un plan de nombreuses simulations ; relancée, elle ne joue que ce qui manque
  table      les résultats d'un dossier en tableaux, ou en SQL, même pendant qu'on les joue
  portfolio  cherche des leviers ensemble sous un budget annuel, confirme ce qui est trouvé sur d'autres graines
  analyse    sur quels leviers agir, de quoi cela dépend, ce qui tient quoi qu'il arrive
  validate   les contrôles du modèle, et ce qu'il donne pour des chiffres publiés, sur une page
  map        cartes : où tombent les pertes, qui n'est pas rejoint, où un levier y change quelque chose
  report     une note pour qui décide : une page, sur papier ou à l'écran
  explain    l'histoire d'une personne, avec un levier et sans : qui a aidé, qui a refusé et pourquoi
  dashboard  une page web locale : choisir, jouer, comparer, regarder
  verify     rejoue un échantillon des simulations gardées et compare les octets
  compact    réunit beaucoup de petits fichiers de simulations en un seul
  describe   montre les paramètres (unité, bornes, source, degré de preuve), leviers, crises, phases, colonnes
  check      éprouve une fiche de levier ou de crise écrite par vous
  version    donne la version

Exemples
{EXAMPLES}

La suite : resilience COMMANDE --help lang=fr
""",
}

SETTINGS = {
    "en": """\
Settings (any of them, in any order; `--cfg job` prints them all)
  territory=pantin               three_sites (default), sevran, pantin, clichy_sous_bois, seine_saint_denis, village
  crisis=[heatwave,power_cut]    one card, a list that may overlap, or none
  lever=[coordinator,outreach]   one card, a list, all, or none
  behaviour=selection_only       balanced (default), selection_only, socialisation_only
  lever.coordinator.dose=2       anything on a card that was chosen
  crisis.heatwave.severity=1.5   0 is no crisis
  model.joining.rate=0.2         any number of the model: resilience describe parameters
  calendar.levers=2026-01-05     the day the levers start
  threads=2  lang=en             threads per run; labels in fr (default) or en
  results=my_folder              where results go; else a dated folder under results/

Options
  --config-dir DIR   a folder of your own cards: DIR/lever/mine.yaml, DIR/crisis/…, DIR/territory/…
  --cfg job          print the composed settings and stop
""",
    "fr": """\
Réglages (tous facultatifs, dans n'importe quel ordre ; `--cfg job` les montre tous)
  territory=pantin               three_sites (par défaut), sevran, pantin, clichy_sous_bois, seine_saint_denis, village
  crisis=[heatwave,power_cut]    une fiche, une liste qui peut se chevaucher, ou none
  lever=[coordinator,outreach]   une fiche, une liste, all, ou none
  behaviour=selection_only       balanced (par défaut), selection_only, socialisation_only
  lever.coordinator.dose=2       tout ce que porte une fiche choisie
  crisis.heatwave.severity=1.5   0 veut dire aucune crise
  model.joining.rate=0.2         tout nombre du modèle : resilience describe parameters
  calendar.levers=2026-01-05     le jour où les leviers commencent
  threads=2  lang=en             fils d'exécution ; libellés en fr (par défaut) ou en
  results=mon_dossier            où vont les résultats ; sinon un dossier daté sous results/

Options
  --config-dir DOSSIER   vos propres fiches : DOSSIER/lever/la_mienne.yaml, DOSSIER/crisis/…, DOSSIER/territory/…
  --cfg job              montre les réglages composés et s'arrête
""",
}

COMMANDS: dict[str, dict[str, str]] = {
    "run": {
        "en": """\
resilience run: play one run and keep its records, summary table and recovery figure in one folder.

Examples
  resilience run territory=village seed=7
  resilience run crisis=[heatwave,power_cut] lever=coordinator
  resilience run crisis=none results=calm_years

  seed=7                         which luck (1 by default)
  -m, --multirun                 every combination of listed values, as in Hydra:
                                 resilience run -m lever=coordinator,outreach crisis=heatwave,lockdown seed=1,2

""",
        "fr": """\
resilience run : joue une simulation ; données, tableau et courbe de rétablissement dans un dossier.

Exemples
  resilience run territory=village seed=7
  resilience run crisis=[heatwave,power_cut] lever=coordinator
  resilience run crisis=none results=annees_calmes

  seed=7                         quelle part de hasard (1 par défaut)
  -m, --multirun                 toutes les combinaisons des valeurs énumérées, comme dans Hydra :
                                 resilience run -m lever=coordinator,outreach crisis=heatwave,lockdown seed=1,2

""",
    },
    "compare": {
        "en": """\
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
  ensemble=10                    ten calibrated parameter sets, taken in turn by the seeds (run has it too)
  lean=40                        which assumed numbers the conclusion leans on: played again with 40 other sets of them
  workers=2                      processes; as many as there are cores by default

""",
        "fr": """\
resilience compare : joue chaque levier contre l'absence de levier, avec le même hasard, graine par graine.
Relancée sur le même dossier (results=…), elle ne joue que ce qui manque.

Exemples
  resilience compare
  resilience compare territory=pantin crisis=lockdown 'lever=[coordinator,outreach]' seeds=20
  resilience compare territory=village lever=all seeds=[1,2,3] results=essai

  seeds=20                       de 1 à 20, ou une liste [1,2,5]
  together=true                  un bras de plus, avec tous les leviers à la fois
  arms={A:[fans,cash],B:{outreach:2}}  portefeuilles nommés, avec doses, au lieu d'un bras par levier
  euros=100000                   chaque bras au même budget annuel : doses ajustées, refus si c'est impossible
  posts=2                        équivalents temps plein qu'un bras peut pourvoir au plus
  ensemble=10                    dix jeux de nombres calés, que les graines prennent tour à tour (run aussi)
  lean=40                        sur quels nombres supposés la conclusion s'appuie : rejouée avec 40 autres jeux
  workers=2                      processus ; par défaut autant que de cœurs

""",
    },
    "describe": {
        "en": """\
resilience describe [TOPIC [NAME]]: what the model holds, read from its own declarations.

Topics: parameters [GROUP] · levers · lever NAME · crises · crisis NAME · territories · sites · handles · phases ·
columns [TABLE] · odd (the whole model after ODD+D, in Markdown)

Examples
  resilience describe parameters joining
  resilience describe lever coordinator lang=en
  resilience describe phases --markdown
  resilience describe odd to=my_folder

  --markdown         tables in Markdown
  to=my_folder       with odd: ODD.md and ODD.html in that folder
  --config-dir DIR   your own cards too
  lang=en            labels in fr (default) or en
""",
        "fr": """\
resilience describe [SUJET [NOM]] : ce que contient le modèle, lu dans ses propres déclarations.

Sujets : parameters [GROUPE] · levers · lever NOM · crises · crisis NOM · territories · sites · handles · phases ·
columns [TABLE] · odd (tout le modèle selon ODD+D, en Markdown)

Exemples
  resilience describe parameters joining
  resilience describe lever coordinator
  resilience describe phases --markdown
  resilience describe odd to=mon_dossier

  --markdown             tableaux en Markdown
  to=mon_dossier         avec odd : ODD.md et ODD.html dans ce dossier
  --config-dir DOSSIER   vos propres fiches aussi
  lang=en                libellés en fr (par défaut) ou en
""",
    },
    "check": {
        "en": """\
resilience check lever|crisis FILE [FILE ...]: test your own card as the project tests its own.
Exit code 0 if every card is good, 2 if not.

Examples
  resilience check lever my_lever.yaml
  resilience check crisis my_flood.yaml lang=en
  resilience check lever coordinator
""",
        "fr": """\
resilience check lever|crisis FICHIER [FICHIER ...] : éprouve votre fiche comme le projet éprouve les siennes.
Code de sortie 0 si toutes sont bonnes, 2 sinon.

Exemples
  resilience check lever mon_levier.yaml
  resilience check crisis ma_crue.yaml
  resilience check lever coordinator
""",
    },
    **STUDY_COMMANDS,
    **ANALYSIS_COMMANDS,
    **PAGE_COMMANDS,
    "version": {"en": "resilience version: print the version.\n", "fr": "resilience version : donne la version.\n"},
}


def page(command: str | None, lang: str) -> str:
    """The help page of a command, or the first page."""
    if command is None:
        return WELCOME[lang]
    text = COMMANDS[command][lang]
    return text + SETTINGS[lang] if command in ("run", "compare", "portfolio", "study", "validate") else text
