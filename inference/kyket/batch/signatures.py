"""MinHash signatures: how much two texts have in common, from a few hundred bytes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from kyket.orthography import canonical

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PERMUTATIONS = 128
_SYLLABLES = 5  # a shingle; shorter ones are shared by articles that only speak of the same thing
_WORD = regex.compile(r"\w+")


def signature(text: str) -> bytes:
    """The signature of a text: 128 numbers of 4 bytes; empty where it has no syllables.

    Case, punctuation, white space, the form of Unicode and the style of tone marks do not matter.

    Example:
        >>> signature("Hai bên ký kết hợp tác.") == signature("HAI BÊN  ký kết hợp tác")
        True
    """
    syllables = [match[0].casefold() for match in _WORD.finditer(canonical(text).text)]
    shingles = {
        " ".join(syllables[start : start + _SYLLABLES]).encode()
        for start in range(max(1, len(syllables) - _SYLLABLES + 1))
    }
    if not syllables:
        return b""
    from datasketch import MinHash  # with all of scipy: seconds, and 50 MB, for those who want it

    minhash = MinHash(num_perm=PERMUTATIONS)
    minhash.update_batch(sorted(shingles))
    numbers: npt.NDArray[np.uint32] = minhash.hashvalues.astype("<u4")
    return numbers.tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """The estimated share of shingles that two texts have in common, from 0 to 1."""
    import numpy as np  # a third of what a run takes to start, for those who want it

    numbers, others = (np.frombuffer(signature, "<u4") for signature in (one, other))
    return float(np.mean(numbers == others))
