# Writes requirements.lock from uv.lock, for environment.yml: the same versions without hashes. Run after `uv lock`.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=test
. "$root/scripts/setup.sh"
find_uv || stop "uv ontbreekt; zie scripts/setup.sh."
"$uv" export --project "$root" --quiet --frozen --no-dev --no-hashes --no-emit-project --no-annotate --no-header \
    --output-file "$root/requirements.lock"
