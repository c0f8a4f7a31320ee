# Sets up what is missing and measures: sh scripts/bench.sh [--groot] [arguments]. Results go to docs/benchmarks.md, or
# with --groot, what grows with the delivery and with the number of peildata, to docs/benchmarks-groot.md.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=test
. "$root/scripts/setup.sh"
cd -- "$root"
if [ "${1:-}" = --groot ]; then
    shift
    exec .venv/bin/python -m benchmarks.large "$@"
fi
exec .venv/bin/python -m benchmarks "$@"
