"""How many examples hypothesis tries: few in `make test`, many in `make test-long`; in both always the same.

With `--hypothesis-profile search` it looks for examples that no run tried before.
"""

from __future__ import annotations

from typing import Any

from hypothesis import settings

LEAST = 4
FEWER = 3

settings.register_profile("quick", max_examples=20, deadline=None, derandomize=True, database=None)
settings.register_profile("long", max_examples=100, deadline=None, derandomize=True, database=None)
settings.register_profile("search", max_examples=100, deadline=None, database=None, print_blob=True)


def examples(count: int, **more: Any) -> settings:
    """`count` examples in the profiles with many, a third of it in the quick one."""
    quick = settings.get_current_profile_name() == "quick"
    return settings(max_examples=max(LEAST, count // FEWER) if quick else count, **more)
