"""What people read, in English and French. Free of imports: `--help` and refusals must be quick."""

from __future__ import annotations

LANGUAGES = ("fr", "en")

SENTENCES: dict[str, tuple[str, str]] = {
    # refusals: what, where, expected, what to do
    "refused": ("{where}{text}", "{where}{text}"),
    "command": ("unknown command {word!r}: expected {choices} (resilience --help lists them all)",
                "commande inconnue {word!r} : attendu {choices} (resilience --help les donne toutes)"),
    "option": ("unknown option {word!r}: expected one of {names}; settings are written name=value",
               "option inconnue {word!r} : attendu {names} ; les réglages s'écrivent nom=valeur"),
    "option_value": ("option {word} needs a value: {example}", "l'option {word} demande une valeur : {example}"),
    "config_dir": ("--config-dir {path!r}: no such readable folder; give a folder that holds lever/, crisis/ or "
                   "territory/ cards",
                   "--config-dir {path!r} : aucun dossier lisible ; donnez un dossier qui contient des fiches lever/, "
                   "crisis/ ou territory/"),
    "cfg": ("--cfg {word!r}: expected job", "--cfg {word!r} : attendu job"),
    "not_setting": ("unexpected word {word!r}: settings are written name=value, for example territory=pantin",
                    "mot inattendu {word!r} : les réglages s'écrivent nom=valeur, par exemple territory=pantin"),
    "written_wrong": ("setting {word!r} cannot be read: {why}; expected name=value, a list is name=[a,b]",
                      "réglage {word!r} illisible : {why} ; attendu nom=valeur, une liste s'écrit nom=[a,b]"),
    "twice": ("setting {name!r} is given twice; keep one", "réglage {name!r} donné deux fois ; n'en gardez qu'un"),
    "unknown_setting": ("unknown setting {name!r} for {command}; nearest: {choices} (resilience {command} --help)",
                        "réglage inconnu {name!r} pour {command} ; proches : {choices} (resilience {command} --help)"),
    "unknown_part": ("unknown setting {name!r}: {parent} has no {part!r}; expected: {choices}",
                     "réglage inconnu {name!r} : {parent} n'a pas de {part!r} ; attendu : {choices}"),
    "whole_group": ("setting {name!r} is a group of settings; set one of its parts, such as {example}",
                    "{name!r} est un groupe de réglages ; réglez l'une de ses parties, comme {example}"),
    "seed_for_compare": ("compare takes seeds= (a number of seeds, or a list), not seed=; write seeds={value}",
                         "compare attend seeds= (un nombre de graines, ou une liste), pas seed= ; écrivez "
                         "seeds={value}"),
    "only_compare": ("setting {name!r} belongs to compare, not to run; leave it out, or use: resilience compare",
                     "le réglage {name!r} est celui de compare, non de run ; ôtez-le, ou : resilience compare"),
    "unknown_choice": ("{group}={word!r}: no such card; expected: {choices} (resilience describe {many})",
                       "{group}={word!r} : aucune fiche de ce nom ; attendu : {choices} (resilience describe {many})"),
    "one_choice": ("{group}= takes one name, got {word!r}; expected: {choices}",
                   "{group}= attend un seul nom, reçu {word!r} ; attendu : {choices}"),
    "names_only": ("{group}={word!r}: expected a name, a list [a,b] of names, or none",
                   "{group}={word!r} : attendu un nom, une liste [a,b] de noms, ou none"),
    "double": ("{group}: {word!r} is listed twice; keep one",
               "{group} : {word!r} figure deux fois ; n'en gardez qu'un"),
    "not_chosen": ("setting {name!r}: {group} {card!r} is not chosen here; chosen: {chosen}; add {group}=[…,{card}]",
                   "réglage {name!r} : {group} {card!r} n'est pas choisi ; choisis : {chosen} ; ajoutez "
                   "{group}=[…,{card}]"),
    "wrong_type": ("{name} = {value!r}: expected {expected}", "{name} = {value!r} : attendu {expected}"),
    "arms": ("arms = {value}: expected names with levers, such as arms={{A:[coordinator,fans],B:{{outreach:2}}}}",
             "arms = {value} : attendu des noms avec leurs leviers, comme "
             "arms={{A:[coordinator,fans],B:{{outreach:2}}}}"),
    "arms_alone": ("arms= cannot be used with {name}=; leave one of them out",
                   "arms= ne va pas avec {name}= ; ôtez l'un des deux"),
    "arm_name": ("arms: {name!r}: expected a name of 1 to 40 characters, other than baseline and together",
                 "arms : {name!r} : attendu un nom de 1 à 40 caractères, autre que baseline et together"),
    "seeds": ("seeds = {value}: expected a number from 1 to 10000, or a list such as [1,2,5] of different whole "
              "numbers, 0 or more",
              "seeds = {value} : attendu un nombre de 1 à 10000, ou une liste comme [1,2,5] de nombres entiers "
              "différents, 0 ou plus"),
    "seed_double": ("seeds: {value} is listed twice; every seed counts once, keep one",
                    "seeds : {value} figure deux fois ; chaque graine compte une fois, n'en gardez qu'une"),
    "whole": ("{name} = {value!r}: expected a whole number, {low} to {high}",
              "{name} = {value!r} : attendu un nombre entier, de {low} à {high}"),
    "lang": ("lang = {value!r}: expected fr or en", "lang = {value!r} : attendu fr ou en"),
    "monday": ("calendar.start = {value}: expected a Monday; the nearest is {monday}",
               "calendar.start = {value} : attendu un lundi ; le plus proche est {monday}"),
    "date": ("{name} = {value!r}: expected a date, year-month-day, such as 2027-08-04",
             "{name} = {value!r} : attendu une date, année-mois-jour, comme 2027-08-04"),
    "too_early": ("{name} = {value}: expected {limit} or later, since the run starts on {limit}; move it, or "
                  "calendar.start",
                  "{name} = {value} : attendu {limit} ou plus tard, la simulation commence le {limit} ; déplacez-la, "
                  "ou calendar.start"),
    "before_levers": ("{name} = {value}: expected {limit} or later, since no lever acts before calendar.levers; move "
                      "it, or calendar.levers",
                      "{name} = {value} : attendu {limit} ou plus tard, aucun levier n'agit avant calendar.levers ; "
                      "déplacez-la, ou calendar.levers"),
    "too_late": ("{name} = {value}: expected {limit} or earlier ({years} years after the start); move it, or "
                 "calendar.start",
                 "{name} = {value} : attendu {limit} ou plus tôt ({years} ans après le début) ; déplacez-la, ou "
                 "calendar.start"),
    "after_crisis": ("calendar.levers = {value}: levers start after every crisis has begun (first: {limit}), so they "
                     "cannot prepare for any; move one of the two",
                     "calendar.levers = {value} : les leviers commencent après toutes les crises (la première : "
                     "{limit}), ils n'en préparent aucune ; déplacez l'un des deux"),
    "no_pdf": ("to=pdf needs WeasyPrint and its library Pango: pip install 'resilience-simulator[pdf]'; or leave "
               "to=pdf out, open the page in a browser and print it to PDF (A4)",
               "to=pdf demande WeasyPrint et sa bibliothèque Pango : pip install 'resilience-simulator[pdf]' ; ou "
               "sans to=pdf, ouvrez la page dans un navigateur et imprimez-la en PDF (A4)"),
    "brief_write": ("{path}: cannot be written ({why}); choose another file with file=…",
                    "{path} : écriture impossible ({why}) ; choisissez un autre fichier avec file=…"),
    "no_lever": ("compare needs at least one lever: lever=coordinator, lever=[a,b] or lever=all "
                 "(resilience describe levers)",
                 "compare demande au moins un levier : lever=coordinator, lever=[a,b] ou lever=all "
                 "(resilience describe levers)"),
    "together": ("together=true needs two levers or more; chosen: {chosen}",
                 "together=true demande au moins deux leviers ; choisis : {chosen}"),
    "amount": ("{name} = {value!r}: expected a number above 0",
               "{name} = {value!r} : attendu un nombre supérieur à 0"),
    "number": ("{text}; set it within its range", "{text} ; réglez-le dans ses bornes"),
    "handle": ("{where}: unknown handle {word!r}; nearest: {choices} (resilience describe handles)",
               "{where} : poignée inconnue {word!r} ; proches : {choices} (resilience describe handles)"),
    "handle_op": ("{where}: op {word!r} is not allowed on {handle}; expected {ops} (resilience describe handles)",
                  "{where} : op {word!r} n'est pas permise sur {handle} ; attendu {ops} (resilience describe handles)"),
    "unreadable": ("{path}: cannot be read ({why}); mend the path or the rights",
                   "{path} : lecture impossible ({why}) ; corrigez le chemin ou les droits"),
    "results_file": ("results = {path}: expected a folder, found a file; choose another folder",
                     "results = {path} : attendu un dossier, trouvé un fichier ; choisissez un autre dossier"),
    "results_empty": ("results = '': expected the name of a folder", "results = '' : attendu le nom d'un dossier"),
    "results_write": ("results = {path}: cannot be written ({why}); choose a folder you may write to",
                      "results = {path} : écriture impossible ({why}) ; choisissez un dossier où vous pouvez écrire"),
    "results_foreign": ("results = {path}: the folder holds other files ({found}) and no settings.yaml; choose an "
                        "empty or a new folder",
                        "results = {path} : le dossier contient d'autres fichiers ({found}) et pas de settings.yaml ; "
                        "choisissez un dossier vide ou nouveau"),
    "results_other": ("results = {path}: the folder holds another job ({name}: {was} there, {now} here); choose "
                      "another folder with results=…",
                      "results = {path} : le dossier contient un autre travail ({name} : {was} là, {now} ici) ; "
                      "choisissez un autre dossier avec results=…"),
    "results_broken": ("{path}: not the settings of a job ({why}); choose another folder with results=…",
                       "{path} : ce ne sont pas les réglages d'un travail ({why}) ; choisissez un autre dossier avec "
                       "results=…"),
    "busy": ("results = {path}: another run is writing there; wait for it, or choose another folder",
             "results = {path} : une autre simulation y écrit ; attendez-la, ou choisissez un autre dossier"),
    "topic": ("unknown topic {word!r}: expected one of {names}; try: {choices}",
              "sujet inconnu {word!r} : attendu {names} ; essayez : {choices}"),
    "topic_name": ("unknown {topic} {word!r}: expected {choices}", "{topic} inconnu {word!r} : attendu {choices}"),
    "extra": ("unexpected word {word!r} after {topic}; leave it out", "mot en trop {word!r} après {topic} ; ôtez-le"),
    "check_what": ("check what? expected: resilience check lever FILE or resilience check crisis FILE",
                   "éprouver quoi ? attendu : resilience check lever FICHIER ou resilience check crisis FICHIER"),
    "no_file": ("{path}: no such file; give the path of a card, or the name of one of the project's: {choices}",
                "{path} : aucun fichier de ce nom ; donnez le chemin d'une fiche, ou le nom d'une fiche du projet : "
                "{choices}"),
    "folder_not_file": ("{path}: expected a file, found a folder; give the card itself",
                        "{path} : attendu un fichier, trouvé un dossier ; donnez la fiche elle-même"),
    "to_folder": ("to = {path!r}: cannot be written ({why}); name a folder you may write to",
                  "to = {path!r} : écriture impossible ({why}) ; donnez un dossier où vous pouvez écrire"),
    "disk": ("{where}the disk refused: {why}; what is finished stays, start the same command again",
             "{where}le disque a refusé : {why} ; ce qui est fini reste, relancez la même commande"),
    "missing_part": ("this installation lacks {module!r}; install the project again: pip install .",
                     "il manque {module!r} à cette installation ; réinstallez le projet : pip install ."),
    "memory": ("not enough memory; choose a smaller territory, or workers=1",
               "mémoire insuffisante ; choisissez un territoire plus petit, ou workers=1"),
    "inside": ("unexpected failure, {kind}: {text} (set RESILIENCE_TRACE=1 for the details)",
               "échec inattendu, {kind} : {text} (RESILIENCE_TRACE=1 pour les détails)"),
    "no_study": ("{word!r}: no study of that name; expected: {choices}, or the path of a YAML file; yours go into "
                 "DIR/study/ with --config-dir DIR",
                 "{word!r} : aucune étude de ce nom ; attendu : {choices}, ou le chemin d'un fichier YAML ; les vôtres "
                 "vont dans DOSSIER/study/ avec --config-dir DOSSIER"),
    "which_study": ("study which? write name=…: {choices}", "étudier quoi ? écrivez name=… : {choices}"),
    "study_setting": ("setting {name!r} cannot vary in a study; expected territory, behaviour, crisis, lever, member, "
                      "seed, or a number of a model, calendar, crisis, lever, site or territory such as "
                      "crisis.heatwave.severity",
                      "le réglage {name!r} ne peut pas varier dans une étude ; attendu territory, behaviour, crisis, "
                      "lever, member, seed, ou un nombre de model, calendar, crisis, lever, site ou territory comme "
                      "crisis.heatwave.severity"),
    "study_entry": ("setting {name!r}: no such entry on the card; write it as resilience describe shows it",
                    "réglage {name!r} : aucune entrée de ce nom sur la fiche ; écrivez-le comme le montre resilience "
                    "describe"),
    "study_outcome": ("{where}: outcome {word!r} is not known; expected: {choices}",
                      "{where} : résultat {word!r} inconnu ; attendu : {choices}"),
    "study_outside": ("{where}: ensemble = {path!r} lies outside the study's folder; put the file beside the study",
                      "{where} : ensemble = {path!r} est hors du dossier de l'étude ; mettez le fichier à côté d'elle"),
    "study_member": ("{where}: member {word!r} is not in {path}; expected one of its {count} members, such as "
                     "{choices}",
                     "{where} : le membre {word!r} n'est pas dans {path} ; attendu l'un de ses {count} membres, comme "
                     "{choices}"),
    "study_members": ("{where}: member varies but no ensemble is named; add ensemble: FILE.csv, or leave member out",
                      "{where} : member varie mais aucun ensemble n'est nommé ; ajoutez ensemble: FICHIER.csv, ou ôtez "
                      "member"),
    "cannot_listen": ("cannot listen on {address}:{port} ({why}); choose another with address= or port=",
                      "impossible d'écouter sur {address}:{port} ({why}) ; choisissez-en un autre avec address= ou "
                      "port="),
    "page_at": ("The page: http://{address}:{port} (results in {folder}; Ctrl-C ends it)",
                "La page : http://{address}:{port} (résultats dans {folder} ; Ctrl-C l'arrête)"),
    "missing_extra": ("this needs {module!r}, which is not installed: pip install 'resilience-simulator[{extra}]'",
                      "il faut {module!r}, qui n'est pas installé : pip install 'resilience-simulator[{extra}]'"),
    "sweep_kind": ("{word!r}: expected listed values such as {example}",
                   "{word!r} : attendu des valeurs énumérées comme {example}"),
    "sweep_none": ("-m expects several values of a setting, such as lever=coordinator,outreach",
                   "-m attend plusieurs valeurs d'un réglage, comme lever=coordinator,outreach"),
    "multirun_only": ("-m belongs to run: resilience run -m lever=coordinator,outreach",
                      "-m va avec run : resilience run -m lever=coordinator,outreach"),
    "which_folder": ("{command} which results? expected: resilience {command} FOLDER",
                     "{command} quels résultats ? attendu : resilience {command} DOSSIER"),
    "no_results": ("{path}: no results here; give a folder that a run, a comparison or a study printed on its last "
                   "line",
                   "{path} : aucun résultat ici ; donnez un dossier qu'une simulation, une comparaison ou une étude a "
                   "donné sur sa dernière ligne"),
    "sql": ("--sql: {why}", "--sql : {why}"),
    "sql_only": ("--sql: expected one SELECT; tables: {names}", "--sql : attendu un seul SELECT ; tables : {names}"),
    "address": ("executor.address = {word}: no Dask scheduler answers there ({why}); check the address, or leave it "
                "out for a cluster on this machine",
                "executor.address = {word} : aucun ordonnanceur Dask n'y répond ({why}) ; vérifiez l'adresse, ou "
                "ôtez-la pour une grappe sur cette machine"),
    "compacting": ("another process is playing runs there; compact the folder when it has finished",
                   "un autre processus y joue des simulations ; compactez le dossier quand il aura fini"),
    # progress and endings
    "study_plan": ("{points} points x {arms} portfolios: {all} runs so far, {missing} to play, {failed} failed before",
                   "{points} points x {arms} portefeuilles : {all} simulations pour l'instant, {missing} à jouer, "
                   "{failed} échouées auparavant"),
    "study_differences": ("differences from the baseline where it was played, averaged over points, seed by seed; 95 % "
                          "interval that holds whenever one stops",
                          "écarts à l'absence de levier si elle a été jouée, moyenne des points, graine par graine ; "
                          "intervalle à 95 % valable quel que soit l'arrêt"),
    "study_line": ("{done} done, {failed} failed, {running} running, {left} left{time}",
                   "{done} finies, {failed} échouées, {running} en cours, {left} à jouer{time}"),
    "study_time": (", about {time}", ", environ {time}"),
    "study_failed": ("{count} of {all} runs failed; first: {text}; settings and traces are in {folder}; "
                     "retry=true plays them again",
                     "{count} simulations sur {all} ont échoué ; la première : {text} ; réglages et traces sont dans "
                     "{folder} ; retry=true les rejoue"),
    "study_open": ("{count} points are not settled within the seeds allowed (stop.most)",
                   "{count} points ne sont pas tranchés avec les graines permises (stop.most)"),
    "verified": ("{count} of {all} runs played again: {same} the same bytes, {other} not",
                 "{count} simulations sur {all} rejouées : {same} aux mêmes octets, {other} non"),
    "compacted": ("{count} runs put into {file}", "{count} simulations mises dans {file}"),
    "nothing_to_compact": ("nothing to compact", "rien à compacter"),
    "interrupted": ("interrupted; nothing was begun", "interrompu ; rien n'était commencé"),
    "interrupted_in": ("interrupted; what is finished stays in {folder}, the same command with results={folder} plays "
                       "the rest",
                       "interrompu ; ce qui est fini reste dans {folder}, la même commande avec results={folder} joue "
                       "le reste"),
    "failed": ("{count} of {all} runs failed; first: {text}; the same command with results={folder} plays them again",
               "{count} simulations sur {all} ont échoué ; la première : {text} ; la même commande avec "
               "results={folder} les rejoue"),
    "plan": ("{arms} arms x {seeds} seeds = {all} runs, {missing} to play",
             "{arms} bras x {seeds} graines = {all} simulations, {missing} à jouer"),
    "already": ("already played; reading the records", "déjà jouée ; lecture des données"),
    "preparing": ("preparing the territory and the model (some minutes the first time: the model is compiled once)",
                  "préparation du territoire et du modèle (quelques minutes la première fois : le modèle est compilé)"),
    "done_seed": ("seed {seed} done, {done} of {all} runs", "graine {seed} finie, {done} simulations sur {all}"),
    "trying": ("{name}: {count} runs to play", "{name} : {count} simulations à jouer"),
    "untouched": ("{crises} in {territory}: nobody lost any functioning in {runs} of {among} runs without levers; no "
                  "one there is exposed, so no lever can tell: choose another territory, crisis or severity",
                  "{crises}, {territory} : aucune perte de fonctionnement dans {runs} des {among} simulations sans "
                  "levier ; personne n'y est exposé, aucun levier ne s'y distingue : changez de territoire, de crise "
                  "ou de gravité"),
    "playing": ("playing", "simulation"),
    "card_good": ("{path}: good", "{path} : bonne"),
}


def say(key: str, lang: str, **facts: object) -> str:
    """The sentence `key` in `lang`, with its blanks filled."""
    return SENTENCES[key][0 if lang == "en" else 1].format(**facts)


def language(words: list[str], default: str) -> str:
    """The language asked for by a lang= among the words, else the default."""
    asked = [word.split("=", 1)[1].strip("'\"") for word in words if word.startswith("lang=")]
    return asked[-1] if asked and asked[-1] in LANGUAGES else default
