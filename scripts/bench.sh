# Sets up what is missing and measures: sh scripts/bench.sh [arguments]. Results go to docs/benchmarks.md.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=test
. "$root/scripts/setup.sh"
cd -- "$root"
exec .venv/bin/python -m benchmarks "$@"
