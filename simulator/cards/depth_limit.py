"""A limit on the nesting of cards, which holds while they are parsed: thousands of brackets take PyYAML seconds."""

from __future__ import annotations

from typing import Any

from ..i18n.translation import Message
from .errors import CardError

MAX_DEPTH = 12
"""Levels of nesting at most. Deeper ones mean a card that refers to itself."""


def build_depth_limited_loader(name: str) -> Any:
    """PyYAML's safe loader with the limit, a class. name: of the file, for its CardError."""
    import yaml

    class DepthLimitedLoader(yaml.SafeLoader):
        depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            self.depth += 1
            if self.depth > MAX_DEPTH + 1:
                raise make_depth_error(name, self.peek_event())
            node = super().compose_node(parent, index)
            self.depth -= 1
            return node

    return DepthLimitedLoader


def make_depth_error(name: str, node: Any) -> CardError:
    """The CardError for a node, or the event of one, that lies too deep in the file `name`."""
    return CardError(Message(
        "{where}: more than {most} entries inside each other: expected a flat card; remove the brackets or the loop",
        where=f"{name}:{node.start_mark.line + 1}", most=MAX_DEPTH))
