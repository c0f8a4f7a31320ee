# Packs all libraries in the folder wheels/, for a machine without network: sh scripts/wheels.sh [test]
#
# Make it on a machine with the same system and the same Python, and copy the whole project with the folder in it: set-up
# then uses nothing else. With `test` also what the tests and `make check` need.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=${1:-report}
. "$root/scripts/install.sh"
find_python
writable
find_pip
say "Alle bibliotheken worden gehaald en in de map wheels gezet."
part=$root/.tools/wheels.deel
rm -rf "$part"
mkdir -p "$part"
locked > "$root/.tools/requirements.txt"
# What builds the project itself, and the library that is published as source only; it is locked nowhere.
with_signs "$installer" -m pip download --disable-pip-version-check --dest "$part" --prefer-binary \
    --require-hashes --requirement "$root/.tools/requirements.txt" || failed
with_signs "$installer" -m pip download --disable-pip-version-check --dest "$part" --prefer-binary \
    hatchling editables setuptools wheel || failed
"$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' > "$part/python"
rm -rf "$root/wheels"
mv "$part" "$root/wheels"
say "Klaar. Kopieer de hele map van het project, met wheels erin, naar de andere machine en geef daar: sh scripts/report.sh"
