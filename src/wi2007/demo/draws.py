"""Chance that is the same everywhere: random whole numbers from a seed and a name, by integer arithmetic alone.

The generator is SplitMix64 (Steele, Lea and Flood, 2014), a few operations on 64-bit integers, so that a draw depends
on neither the machine nor the version of a library. Every use has a name and thereby its own stream: a new use
changes no other. No floating point: its last bit differs between processors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from wi2007.demo.arrays import Mask, Raw, Whole

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True)
class Draws:
    """Named streams of random whole numbers that begin at one seed."""

    seed: int

    def raw(self, name: str, size: int, start: int = 0) -> Raw:
        """`size` random numbers of 64 bits: those from `start` on in the stream `name`."""
        origin = np.uint64((self.seed << 32) ^ crc32(name.encode("utf-8")))
        with np.errstate(over="ignore"):
            count = np.arange(start + 1, start + size + 1, dtype=np.uint64)
            mixed = origin * _SECOND + count * _STEP
            mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
            mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
            return np.asarray(mixed ^ (mixed >> np.uint64(31)))

    def below(self, name: str, limit: int, number: int = 0) -> int:
        """One whole number from 0 up to but not including `limit`: draw `number` of the stream."""
        return int(self.raw(name, 1, number)[0]) * limit >> 64

    def whole(self, name: str, limits: Any, size: int) -> Whole:
        """`size` whole numbers from 0 up to but not including `limits` (one limit, or one for each; below 2^31)."""
        high = self.raw(name, size) >> np.uint64(32)
        return np.asarray((high * np.asarray(limits, dtype=np.uint64)) >> np.uint64(32), dtype=np.int64)

    def order(self, name: str, size: int) -> Whole:
        """A random order of 0 … size - 1."""
        return np.asarray(np.argsort(self.raw(name, size), kind="stable"), dtype=np.int64)

    def shuffled(self, name: str, values: NDArray[Any]) -> NDArray[Any]:
        """The values in a random order."""
        return values[self.order(name, len(values))]

    def picks(self, name: str, weights: Any, size: int) -> Whole:
        """`size` positions in `weights` (whole numbers), each as likely as its weight."""
        edges = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.asarray(np.searchsorted(edges, self.whole(name, int(edges[-1]), size), side="right"))

    def favoured(self, name: str, lean: Whole, count: int) -> Mask:
        """Exactly `count` positions, by lot; `lean` (per mille) makes one likelier than another."""
        mixed = self.order(name, len(lean))
        score = (self.whole(f"{name} kans", 1000, len(lean)) + lean)[mixed]
        mask = np.zeros(len(lean), dtype=np.bool_)
        mask[mixed[np.argsort(-score, kind="stable")[:count]]] = True
        return mask
