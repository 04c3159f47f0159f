"""What was read of each file of a folder, or why a file was left: one line a file, for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...i18n.translation import Message


@dataclass(frozen=True)
class FileNote:
    """One line on a file. is_left: nothing of it was used."""

    name: str
    text: Message
    is_left: bool = False

    @staticmethod
    def left(name: str, why: Message | str) -> FileNote:
        """A note on a file that was left."""
        return FileNote(name, Message("{name}: left, {why}", name=name, why=why), is_left=True)

    @staticmethod
    def read(name: str, what: Sequence[Message | str]) -> FileNote:
        """A note on a file that was used."""
        return FileNote(name, Message("{name}: read, {what}", name=name, what=tuple(what)))
