"""The contract of `varianten.parquet`: what each other reading of a choice counts otherwise, by the cube's dimensions.

`lezing` id in `config/gevoeligheid.yaml` · `richting` erbij or eraf · the dimensions of `kubus.parquet`, of which
`gemeente` may be a code of another day · `aantal` and `wie`. The cube with `erbij` added and `eraf` taken away
is the cube of the reading. Exact: never published.
What does not belong here: counting (`wi2007.population.cube`).
"""

from __future__ import annotations

import pyarrow as pa

from schemas.cube import CUBE

READING, DIRECTION = "lezing", "richting"
IN, OUT = "erbij", "eraf"
VARIANTS = pa.schema([(READING, pa.string()), (DIRECTION, pa.string()), *CUBE])
