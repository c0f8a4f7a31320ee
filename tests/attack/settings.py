"""The settings of a project as everybody reads them: with the reader of YAML in C, where PyYAML has it.

What does not belong here: what a setting means.
"""

from __future__ import annotations

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """What a text in YAML says."""
    return yaml.load(text, Loader=_LOADER)
