"""Buffers that compiled loops work in, allocated once in each thread instead of at every call."""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any, TypeVar

from .packed_tuple import pack_tuple
from .threads import max_chunks

Buffers = TypeVar("Buffers")
_threads = local()


def get_scratch(allocate: Callable[..., Buffers], *sizes: int) -> Buffers:
    """What allocate(*sizes) returns, a named tuple of arrays, packed; the same arrays at every call in this thread.

    Nothing may be read from them that the loop itself has not written, nor be left in them for another loop.
    """
    kept: dict[Any, Any] = _threads.__dict__
    place = (allocate, sizes, max_chunks())
    if place not in kept:
        kept[place] = pack_tuple(allocate(*sizes))
    buffers: Buffers = kept[place]
    return buffers
