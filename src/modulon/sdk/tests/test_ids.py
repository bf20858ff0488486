"""Identifiers: UUIDv7, strictly increasing in one process."""

import threading
import time
from uuid import UUID

from modulon.sdk.ids import _next, new_id


def test_they_are_version_7_and_carry_the_time() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert 0 <= (made.int >> 80) - before <= 1000


def test_they_increase_strictly_across_threads() -> None:
    made: list[list[UUID]] = [[] for _ in range(4)]
    threads = [threading.Thread(target=lambda own=own: own.extend(new_id() for _ in range(2000))) for own in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = [one for own in made for one in own]
    assert len(set(everything)) == 8000
    for own in made:
        assert own == sorted(own)


def test_counting_carries_over_the_fixed_bits() -> None:
    full_low = (5 << 80) | (0x7 << 76) | (0x001 << 64) | (0b10 << 62) | (2**62 - 1)
    carried = UUID(int=_next(full_low))
    assert carried.version == 7
    assert carried.int > full_low
    full = (5 << 80) | (0x7 << 76) | (0xFFF << 64) | (0b10 << 62) | (2**62 - 1)
    carried = UUID(int=_next(full))
    assert carried.version == 7
    assert carried.int >> 80 == 6
