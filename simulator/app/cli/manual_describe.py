"""Help texts of the commands that describe and check what the model holds. No imports: help answers at once."""

from __future__ import annotations

from ...i18n.translation import mark

DESCRIBE_COMMANDS: dict[str, str] = {
    "describe": mark("""\
resilience describe [TOPIC [NAME]]: what the model holds, read from its own declarations.

Topics: parameters [GROUP] · levers · lever NAME · crises · crisis NAME · territories · sites · handles · phases ·
columns [TABLE] · odd (the whole model after ODD+D, in Markdown) · odd_summary (the same in three pages) ·
trace (how the model was checked, in one page) ·
schema [lever|crisis|site|territory|study] (JSON Schema of a kind of card, for editors)

Examples
  resilience describe parameters joining
  resilience describe lever coordinator lang=en
  resilience describe phases --markdown
  resilience describe odd to=my_folder
  resilience describe schema lever > lever.json

  --markdown         tables in Markdown
  to=my_folder       with odd: the document and its summary, .md and .html
  --config-dir DIR   your own cards too
  lang=en            labels in fr (default) or en
"""),
    "check": mark("""\
resilience check lever|crisis|territory|site|survey FILE [FILE ...]: test your own card as the project tests its own.
Exit code 0 if every card is good, 2 if not. A territory's official files and a register of sites are read too.

Examples
  resilience check lever my_lever.yaml
  resilience check crisis my_flood.yaml lang=en
  resilience check territory my_territory.yaml
  resilience check site lieux.csv name="Nom structure" type=social_centre
  resilience check survey my_survey.yaml
  resilience check mechanism my_package:gossip
  resilience check population my_residents territory=village     its margins beside the official counts
"""),
}
