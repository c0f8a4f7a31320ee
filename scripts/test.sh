# Sets up what is missing and runs the tests, but those for `test-long.sh`: sh scripts/test.sh [arguments for pytest]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=test
. "$root/scripts/setup.sh"
cd -- "$root"
exec .venv/bin/python -m pytest -n 2 --dist worksteal -ra -m "not long" "$@"
