"""What tells whether time is linear."""

import functools

import pytest


def by_the_square(given: str) -> int:
    return sum(1 for _ in given for _ in given)


@pytest.mark.parametrize("read", [by_the_square, functools.cache(by_the_square)], ids=["plain", "remembered"])
def test_a_square_is_told(linear, read):
    with pytest.raises(AssertionError, match=r"^eight times as much took"):
        linear(read, lambda size: "a" * size, 400)


def test_what_is_linear_passes(linear):
    linear(lambda given: sorted(given.split()), lambda size: "hai bên " * size, 20_000)
