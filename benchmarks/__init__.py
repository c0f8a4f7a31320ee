"""How fast it is: whole processes measured in turn on one machine, and held against the bounds that were set.

`make bench` (or `sh scripts/bench.sh --rows 260000 --repeats 3`) measures and writes `docs/benchmarks.md`.
What does not belong here: anything that a report needs.
"""
