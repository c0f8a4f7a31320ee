# Sets up what is missing and changes the code in small ways to see whether tests notice: sh scripts/mutants.sh [module...].
# docs/mutants.md says what came of it. Takes about half an hour.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=test
. "$root/scripts/setup.sh"
find_uv || stop "uv ontbreekt; zie scripts/setup.sh."
cd -- "$root"
unset VIRTUAL_ENV
UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT="$root/.venv" "$uv" sync --frozen --quiet --inexact --group mutants
exec .venv/bin/python scripts/mutants.py "$@"
