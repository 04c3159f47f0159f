"""Stories that were told once, kept beside the runs: telling them again takes no time. Runs are left as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from ... import __version__
from ...records.files.parquet import write_text_atomically

STORIES_FOLDER = "stories"


def tell_story_once(folder: Path, request: tuple[object, ...], tell: Callable[[], str]) -> str:
    """The text of a story: read if the same version told it before, else told and kept if the folder can be written.

    request: all that the text depends on, the key of the run (which holds the model's version) among it.
    """
    key = hashlib.sha256(repr((__version__, *request)).encode()).hexdigest()[:16]
    file = folder / STORIES_FOLDER / f"{key}.txt"
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        text = tell()
    try:
        file.parent.mkdir(exist_ok=True)
        write_text_atomically(file, text)
    except OSError:
        pass  # a folder that is only read: the story is told all the same
    return text
