# Runs what takes long: simulations, other programs, every moment to be stopped at, and all properties with many
# examples: sh scripts/test-long.sh [arguments for pytest]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=test
. "$root/scripts/setup.sh"
cd -- "$root"
exec .venv/bin/python -m pytest -n 2 --dist worksteal -ra -m "long or hypothesis" --hypothesis-profile long "$@"
