"""What `resilience dashboard --help` says. Free of imports, as all of the manual."""

from __future__ import annotations

PAGE_COMMANDS: dict[str, dict[str, str]] = {
    "dashboard": {
        "en": """\
resilience dashboard: a local web page to choose a crisis and levers, play them and look at what they change.
It is for this machine alone, and reads and writes one results folder only. Needs the extra `dashboard`.

Examples
  resilience dashboard
  resilience dashboard results=my_folder lang=en port=8600

  results=my_folder      the one folder it reads and writes (results by default)
  port=8501              where it listens
  address=127.0.0.1      loopback by default; any other address lets others in: there is no password
  open=false             do not open a browser
  lang=en                first language of the page: fr (default) or en
  --config-dir DIR       your own cards too
""",
        "fr": """\
resilience dashboard : une page web locale pour choisir une crise et des leviers, les jouer et voir ce qu'ils changent.
Elle n'est que pour cette machine, et ne lit et n'écrit qu'un dossier de résultats. Demande l'extra `dashboard`.

Exemples
  resilience dashboard
  resilience dashboard results=mon_dossier port=8600

  results=mon_dossier    le seul dossier qu'elle lit et écrit (results par défaut)
  port=8501              où elle écoute
  address=127.0.0.1      la machine seule par défaut ; toute autre adresse laisse entrer d'autres, sans mot de passe
  open=false             n'ouvre pas de navigateur
  lang=fr                première langue de la page : fr (par défaut) ou en
  --config-dir DOSSIER   vos propres fiches aussi
""",
    },
}
