"""From a DUO register export on the Wet inburgering 2007 to tables and a report that can be published.

The packages form one line; a module imports only from those to its left:

    errors, dates, dutch, project, reference, classification, study, fingerprint
        -> delivery -> validation -> population -> cube -> tables -> publication -> provenance -> steps -> run -> cli

`demo` stands apart: it writes a delivery and imports only from the leftmost group and `study` (the published figures).
"""

__version__ = "0.1.0"
