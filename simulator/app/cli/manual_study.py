"""Help texts of studies and of commands that read their results. No imports: help answers at once."""

from __future__ import annotations

from ...i18n.translation import mark

STUDY_COMMANDS = {
    "study": mark("""\
resilience study name=NAME: play the runs of a design that are missing, on this machine or on a cluster.
The study is a YAML card in configs/study/, in DIR/study/ (--config-dir DIR), or a file (name=my_study.yaml).
Started again, it plays only what is missing; a changed setting plays only what it touches.

Examples
  resilience study name=first_study
  resilience study name=first_study seeds=3 territory=pantin results=my_folder
  resilience study name=my_study.yaml executor=dask executor.address=tcp://scheduler:8786

  seeds=20                       1 to 20, or a list; instead of what the study says, stopping rule included
  uncertainty=seeds              all seeds play the default numbers; by default each has a plausible set of its own
  crisis.heatwave.severity=1     a setting that varies in the study is held at this value
  retry=true                     play again what failed before
  workers=2                      processes; by default as many as cores and memory carry
  executor=dask                  on a Dask cluster: executor.address=… or one started on this machine
  results=my_folder              results/NAME by default; several processes and machines may fill one folder

"""),
    "hydra": mark("""\
resilience hydra -m setting=value,value [...]: Hydra's own multirun, for those who use its launchers. Hydra reads the
whole line and keeps its own logs; each of its jobs plays one run, as `resilience run` does. A run that the folder holds
already is not played again. Without a launcher, `resilience run -m` does the same and more.

Examples
  resilience hydra -m lever=coordinator,outreach seed=1,2 results=my_folder
  resilience hydra -m 'seed=range(1,21)' results=my_folder hydra/launcher=joblib

  results=my_folder              the folder of all runs (results/hydra by default)
  hydra/launcher=joblib          a launcher that is installed, here hydra-joblib-launcher
  hydra.sweep.dir=my_logs        where Hydra keeps its logs; any other setting of Hydra's own too
"""),
    "table": mark("""\
resilience table FOLDER [TABLE]: what is done, failed and missing, or one table of it; also while it is being played.
Tables: runs, series, groups, neighbourhoods, plan, failures, kept.

Examples
  resilience table results/first_study
  resilience table results/first_study runs
  resilience table results/first_study --sql "SELECT arm, avg(loss / n) FROM runs GROUP BY arm ORDER BY 2"
  resilience table results/first_study file=results.xlsx
  resilience table results/first_study runs file=runs.csv

  chain, treated     from reach to recovery, lever by lever; the effect on the treated (observe=[people,pairs,reached])
  file=NAME.xlsx     everything as one Excel workbook, or the one table that is named
  file=NAME.csv      one table as Excel reads it: with lang=fr semicolons and decimal commas
  study=NAME         of which study, where a folder holds several
  --sql QUERY        one SELECT of DuckDB over the tables; settings that vary are columns: "crisis.heatwave.severity"
  --markdown         the table in Markdown
"""),
    "export": mark("""\
resilience export FILE [FOLDER] [setting=value ...]: the network, the agents or the records of a run, for other tools.
The end of FILE's name says the format: .graphml and .gexf hold the network, with pairs of one household and ties off
the map as edges of their own; .csv and .parquet hold one table. Parquet has the unit and the meaning of each column in
its schema, and is GeoParquet where rows have a place. With FOLDER a table of stored results; else a run is played.

Examples
  resilience export ties.graphml territory=village
  resilience export people.parquet territory=village crisis=flood date=2027-03-01
  resilience export edges.csv territory=village table=ties
  resilience export series.parquet my_folder table=series

  table=people       of a run: people (default), households, buildings, neighbourhoods, communes, sites, institutions,
                     ties (an edge list); of a folder: runs (default), series, groups, …
  date=2027-03-01    the state on this day; by default at the end of the run
  territory=village  this and every other setting of `resilience run`
"""),
    "verify": mark("""\
resilience verify FOLDER: read every stored file against its checksum; then play a random sample of the runs again, from
the settings stored with them, and compare the bytes. Exit code 0 if all are sound and the same, 1 if not.

Examples
  resilience verify results/first_study
  resilience verify results/first_study sample=20 seed=3
  resilience verify results/first_study sample=0

  sample=5           how many runs; 0 reads all and plays none
  seed=1             which sample
"""),
    "reproduce": mark("""\
resilience reproduce FOLDER: play all that a folder holds again, runs, tables and figures, into a new folder, and
compare every one to the byte. FOLDER may be a bundle. Exit code 0 if all is the same, 1 if not. `verify` plays a
sample.

Examples
  resilience reproduce results/first_study
  resilience reproduce my_folder.zip into=again workers=2

  into=again         the new folder, which stays; a temporary one by default
  workers=2          processes; as many as there are cores by default
"""),
    "bundle": mark("""\
resilience bundle FOLDER: one zip file with the runs, tables, figures, settings, own cards and versions of a folder, and
RO-Crate metadata that say what each is. `resilience reproduce` of the file plays it again elsewhere.

Examples
  resilience bundle my_folder
  resilience bundle my_folder file=for_the_journal.zip

  file=NAME.zip      the name of the folder by default, in the current folder
"""),
    "compact": mark("""\
resilience compact FOLDER: put the runs of many small files into one file under parts/. Nothing else changes: the same
tables, the same keys. A folder of thousands of runs is read faster; another run of the study adds to it as before.

Examples
  resilience compact results/first_study
"""),
}
