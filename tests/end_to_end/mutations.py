"""Damage as files suffer it: flipped bits, lost, repeated and foreign bytes."""

import random

_MAX_PIECE_BYTES = 64


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return `data`, which must not be empty, with one to four small damages."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        _damage(changed, rng)
    return bytes(changed)


def _damage(data: bytearray, rng: random.Random) -> None:
    at, size = rng.randrange(len(data) + 1), rng.randint(1, _MAX_PIECE_BYTES)
    kind = rng.choice(["flip", "byte", "lose", "repeat", "insert", "end"])
    if kind == "flip" and at < len(data):
        data[at] ^= 1 << rng.randrange(8)
    elif kind == "byte" and at < len(data):
        data[at] = rng.choice([0x00, 0x7F, 0x80, 0xFF, rng.randrange(256)])
    elif kind == "lose":
        del data[at : at + size]
    elif kind == "repeat":
        data[at:at] = data[at : at + size]
    elif kind == "insert":
        data[at:at] = rng.randbytes(size)
    elif kind == "end":
        del data[at:]
