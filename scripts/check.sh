# Formatter, linters and type checker: every remark of all of them, and then the verdict: sh scripts/check.sh
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=test
. "$root/scripts/setup.sh"
cd -- "$root"
bin=$root/.venv/bin
verdict=0
"$bin/ruff" check . || verdict=1
"$bin/ruff" format --check . || verdict=1
"$bin/mypy" || verdict=1
# Silent unless a contract is broken.
imports=$("$bin/lint-imports" --no-logo --no-cache) || { verdict=1; printf '%s\n' "$imports"; }
"$bin/snakefmt" --check Snakefile workflow || verdict=1
exit "$verdict"
