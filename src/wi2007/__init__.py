"""From a DUO register export on the Wet inburgering 2007 to tables and a report that can be published.

The packages form one line, stated as contracts in `pyproject.toml` and drawn in `docs/architecture.md`.
"""

__version__ = "0.1.0"
