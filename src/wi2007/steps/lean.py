"""Start sooner: have Arrow do without pandas, which it imports unasked where it can: a quarter of a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder


class _NoPandas(MetaPathFinder):
    """Has an import of pandas fail as where it is not installed; Arrow does not understand `None` in `sys.modules`."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Raise `ModuleNotFoundError` for pandas; leave every other module to the other finders."""
        if fullname == "pandas":
            raise ModuleNotFoundError("this part does without pandas", name=fullname)


@contextmanager
def without_pandas() -> Iterator[None]:
    """Let pandas pass for absent meanwhile."""
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
