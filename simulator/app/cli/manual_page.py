"""Help text of the dashboard. No imports: help answers at once."""

from __future__ import annotations

from ...i18n.translation import mark

PAGE_COMMANDS: dict[str, str] = {
    "mcp": mark("""\
resilience mcp results=FOLDER: a local Model Context Protocol server on standard input and output, with three tools:
describe (what the model has), compare (levers against doing nothing, small runs), table (a SELECT over results). It
reads and writes inside FOLDER only, follows no link, opens no port. Needs the extra `mcp`.

Example, as a client's configuration starts it
  resilience mcp results=my_folder

  results=my_folder      the one folder, which must exist
"""),
    "publish": mark("""\
resilience publish FOLDER [to=site]: a stored comparison or study as one folder to hand on, by mail, on a USB key or on
a web server. Open index.html in a browser: choose crisis, lever, group and place, follow the recovery, print, send a
link to what you see. No server, no installation, no network. Plays nothing. Needs the extra `site`.

Examples
  resilience publish results/my_comparison
  resilience publish my_folder to=for_the_mayor lang=fr

  to=site                where it goes: a new folder, or one published before; FOLDER/site by default
  worth=5%               from which difference on acting counts as worthwhile; as the comparison was asked by default
  lang=fr                the language it opens in (fr by default); readers can switch
"""),
    "dashboard": mark("""\
resilience dashboard: a local web page to choose a crisis and levers, play them and look at what they change.
It is for this machine alone, and reads and writes one results folder only. Needs the extra `dashboard`.

Examples
  resilience dashboard
  resilience dashboard results=my_folder lang=en port=8600

  results=my_folder      the one folder it reads and writes (results by default)
  port=8501              where it listens
  address=127.0.0.1      loopback by default; any other address lets others in: there is no password
  hosts=name.example     names of this machine under which others may call the page, with commas
  open=false             do not open a browser
  lang=en                first language of the page: fr (default) or en
  --config-dir DIR       your own cards too
  residents=my_package:Proud mechanisms=[my_package:gossip] network=ties.csv population=my_residents
                         code, ties and people of your own, in every comparison of the page
"""),
}
