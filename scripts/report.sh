# Makes the reports of every peildatum under data/raw/, or of those that are named: sh scripts/report.sh [PEILDATUM …]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=report
. "$root/scripts/setup.sh"
exec "$root/.venv/bin/wi2007" run "$@"
