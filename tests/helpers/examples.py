"""How many examples hypothesis tries: few and always the same in `make test`, many in `make test-long`."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

LEAST = 4
FEWER = 3

settings.register_profile("quick", max_examples=30, deadline=None, derandomize=True, database=None)
settings.register_profile("long", max_examples=100, deadline=None, database=None, print_blob=True)


def examples(count: int, **more: Any) -> settings:
    """`count` examples in the long profile, a third of it in the quick one."""
    long = settings.get_current_profile_name() == "long"
    return settings(max_examples=count if long else max(LEAST, count // FEWER), **more)
