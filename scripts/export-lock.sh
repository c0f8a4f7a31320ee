# Writes requirements.lock, requirements-test.lock and requirements-cluster.lock from uv.lock, for conda and for machines
# without uv: the same versions without hashes. Run after `uv lock`.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=test
. "$root/scripts/setup.sh"
find_uv || stop "uv ontbreekt; zie scripts/setup.sh."
exported() {
    "$uv" export --project "$root" --quiet --frozen --no-hashes --no-emit-project --no-annotate --no-header "$@"
}
exported --no-dev --output-file "$root/requirements.lock"
exported --output-file "$root/requirements-test.lock"
exported --only-group slurm --output-file "$root/requirements-cluster.lock"
