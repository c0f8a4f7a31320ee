"""Start sooner, without libraries that others import unasked."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder


class _Absent(MetaPathFinder):
    """Has an import of these libraries fail as where they are not installed."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Raise `ModuleNotFoundError` for these; leave every other module to the other finders."""
        if fullname in self._names:
            raise ModuleNotFoundError("this part does without", name=fullname)


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Let these libraries pass for absent meanwhile, where they are not imported yet."""
    finder = _Absent(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
