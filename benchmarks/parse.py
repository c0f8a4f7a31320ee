"""What pyarrow takes to merely parse a delivery into dictionary columns: `python benchmarks/parse.py DELIVERY`."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc


def main(path: Path) -> None:
    """Read every row and keep nothing."""
    with path.open(encoding="utf-8") as file:
        names = file.readline().strip().split(";")
    types = {name: pa.dictionary(pa.int32(), pa.string()) for name in names} | {"persoonsnummer": pa.string()}
    reader = pc.open_csv(
        path,
        read_options=pc.ReadOptions(block_size=4 << 20),
        parse_options=pc.ParseOptions(delimiter=";"),
        convert_options=pc.ConvertOptions(column_types=types),
    )
    print(sum(len(batch) for batch in reader))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
