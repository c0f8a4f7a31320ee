"""Start sooner: have libraries not import pandas, which Arrow does unasked where it can."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder


class NoPandas(MetaPathFinder):
    """Has an import of pandas fail as where it is not installed, which spares a process a quarter of a second."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Raise `ModuleNotFoundError` for pandas; leave every other module to the other finders."""
        if fullname == "pandas":
            raise ModuleNotFoundError("this part does without pandas", name=fullname)


@contextmanager
def without_pandas() -> Iterator[None]:
    """Leave pandas out of what is imported meanwhile."""
    finder = NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
