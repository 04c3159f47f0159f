"""Buffers are allocated once in each thread."""

from threading import Thread
from typing import NamedTuple

import numpy as np

from simulator.kernel.scratch import get_scratch


class Buffer(NamedTuple):
    """One array."""

    words: np.ndarray


def allocate_words(size: int = 4) -> Buffer:
    return Buffer(np.zeros(size, np.uint32))


def test_one_thread_gets_the_same_buffer_and_another_thread_its_own():
    own = get_scratch(allocate_words)
    found = []
    thread = Thread(target=lambda: found.append(get_scratch(allocate_words)))
    thread.start()
    thread.join()
    assert get_scratch(allocate_words) is own and found[0] is not own and found[0].words is not own.words


def test_each_size_has_its_own_buffer():
    assert len(get_scratch(allocate_words, 9).words) == 9 and len(get_scratch(allocate_words, 5).words) == 5
