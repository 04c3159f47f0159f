"""What `--help` says of studies and of their results. Kept free of imports: it must answer at once."""

from __future__ import annotations

STUDY_COMMANDS = {
    "study": {
        "en": """\
resilience study name=NAME: play the runs of a design that are missing, on this machine or on a cluster.
The study is a YAML card in configs/study/, in DIR/study/ (--config-dir DIR), or a file (name=my_study.yaml).
Started again, it plays only what is missing; a changed setting plays only what it touches.

Examples
  resilience study name=first_study
  resilience study name=first_study seeds=3 territory=pantin results=my_folder
  resilience study name=my_study.yaml executor=dask executor.address=tcp://scheduler:8786

  seeds=20                       1 to 20, or a list; instead of what the study says, stopping rule included
  crisis.heatwave.severity=1     a setting that varies in the study is held at this value
  retry=true                     play again what failed before
  workers=2                      processes; by default as many as cores and memory carry
  executor=dask                  on a Dask cluster: executor.address=… or one started on this machine
  results=my_folder              results/NAME by default; several processes and machines may fill one folder

""",
        "fr": """\
resilience study name=NOM : joue ce qui manque d'un plan d'expérience, sur cette machine ou sur une grappe.
L'étude est une fiche YAML dans configs/study/, dans DOSSIER/study/ (--config-dir DOSSIER), ou un fichier
(name=mon_etude.yaml). Relancée, elle ne joue que ce qui manque ; un réglage changé ne rejoue que ce qu'il touche.

Exemples
  resilience study name=first_study
  resilience study name=first_study seeds=3 territory=pantin results=mon_dossier
  resilience study name=mon_etude.yaml executor=dask executor.address=tcp://ordonnanceur:8786

  seeds=20                       de 1 à 20, ou une liste ; à la place de ce que dit l'étude, règle d'arrêt comprise
  crisis.heatwave.severity=1     un réglage qui varie dans l'étude est tenu à cette valeur
  retry=true                     rejoue ce qui avait échoué
  workers=2                      processus ; par défaut ce que portent les cœurs et la mémoire
  executor=dask                  sur une grappe Dask : executor.address=… ou une grappe lancée sur cette machine
  results=mon_dossier            results/NOM par défaut ; plusieurs processus et machines peuvent remplir un dossier

""",
    },
    "table": {
        "en": """\
resilience table FOLDER [TABLE]: what is done, failed and missing, or one table of it; also while it is being played.
Tables: runs, series, groups, neighbourhoods, plan, failures, kept.

Examples
  resilience table results/first_study
  resilience table results/first_study runs
  resilience table results/first_study --sql "SELECT arm, avg(loss / n) FROM runs GROUP BY arm ORDER BY 2"

  --sql QUERY        one SELECT of DuckDB over the tables; settings that vary are columns: "crisis.heatwave.severity"
  --markdown         the table in Markdown
""",
        "fr": """\
resilience table DOSSIER [TABLE] : ce qui est fini, échoué, manquant, ou l'un des tableaux ; même pendant qu'on joue.
Tableaux : runs, series, groups, neighbourhoods, plan, failures, kept.

Exemples
  resilience table results/first_study
  resilience table results/first_study runs
  resilience table results/first_study --sql "SELECT arm, avg(loss / n) FROM runs GROUP BY arm ORDER BY 2"

  --sql REQUÊTE      un SELECT de DuckDB sur les tableaux ; les réglages qui varient sont des colonnes :
                     "crisis.heatwave.severity"
  --markdown         le tableau en Markdown
""",
    },
    "verify": {
        "en": """\
resilience verify FOLDER: play a random sample of the stored runs again, from the settings stored with them, and
compare the bytes. Exit code 0 if all are the same, 1 if not.

Examples
  resilience verify results/first_study
  resilience verify results/first_study sample=20 seed=3

  sample=5           how many runs
  seed=1             which sample
""",
        "fr": """\
resilience verify DOSSIER : rejoue un échantillon au hasard des simulations gardées, d'après les réglages gardés avec
elles, et compare les octets. Code de sortie 0 si tous sont les mêmes, 1 sinon.

Exemples
  resilience verify results/first_study
  resilience verify results/first_study sample=20 seed=3

  sample=5           combien de simulations
  seed=1             quel échantillon
""",
    },
    "compact": {
        "en": """\
resilience compact FOLDER: put the runs of many small files into one file under parts/. Nothing else changes: the same
tables, the same keys. A folder of thousands of runs is read faster; another run of the study adds to it as before.

Examples
  resilience compact results/first_study
""",
        "fr": """\
resilience compact DOSSIER : réunit les simulations de beaucoup de petits fichiers en un seul, sous parts/. Rien d'autre
ne change : mêmes tableaux, mêmes clés. Un dossier de milliers de simulations se lit plus vite.

Exemples
  resilience compact results/first_study
""",
    },
}
