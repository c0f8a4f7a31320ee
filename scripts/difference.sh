# Makes the tables again and tells what moved since the ones that were there: sh scripts/difference.sh OUTPUT [DIRECTORY]
#
# For continuous integration, before and after a change of code, configuration or data. DIRECTORY (the project itself by
# default) holds data/ and reports/. OUTPUT gets Markdown of published figures and nothing else: one file by peildatum, and
# all of them in verschil.md. Exact tables are not compared. Ends with 0 when the tables were made, changed or not.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
group=report
. "$root/scripts/setup.sh"

if [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then
    stop "Gebruik: sh scripts/difference.sh MAP-VOOR-HET-VERSCHIL [MAP-MET-DATA-EN-REPORTS]"
fi
output=$1
directory=${2:-$root}
changed=3
refused=2
before=$directory/data/processed/.verschil.$$
trap 'rm -rf "$before"' EXIT
trap 'exit 130' HUP INT TERM

# Only a report that may be published has a file of this name.
public() {
    [ -f "$1/manifest.json" ]
}

keep() {
    for report in "$directory"/reports/*/; do
        if public "$report"; then
            kept=$before/$(basename "$report")
            mkdir -p "$kept/tabellen"
            cp "$report/manifest.json" "$kept/"
            cp "$report"/tabellen/tabel_*.csv "$kept/tabellen/"
        fi
    done
}

# What moved in the tables of one peildatum, on standard output.
tell() {
    if ! public "$before/$1"; then
        printf '## Tabellen van %s\n\nEr is nog geen eerdere versie om mee te vergelijken.\n' "$1"
        return 0
    fi
    told=0
    "$root/.venv/bin/wi2007" diff "$before/$1" "$directory/reports/$1" --markdown || told=$?
    case "$told" in
        0 | "$changed") ;;
        "$refused") printf '## Tabellen van %s\n\nDe eerdere versie is niet te vergelijken; het logboek zegt waarom.\n' "$1" ;;
        *) return 1 ;;
    esac
}

tell_all() {
    printf '# Wat er in de tabellen veranderde\n'
    for report in "$directory"/reports/*/; do
        if public "$report"; then
            peildatum=$(basename "$report")
            tell "$peildatum" > "$output/$peildatum.md" || return 1
            printf '\n'
            cat "$output/$peildatum.md"
        elif [ -d "$report/tabellen" ]; then
            say "De tabellen van $(basename "$report") zijn niet voor publicatie. Het verschil wordt niet getoond."
        fi
    done
}

mkdir -p "$output"
rm -f "$output"/*.md
keep
sh "$root/scripts/report.sh" --directory "$directory"
tell_all > "$output/verschil.md.deel" || {
    rm -f "$output/verschil.md.deel"
    stop "Het verschil kon niet worden gemaakt; hierboven staat waarom."
}
mv "$output/verschil.md.deel" "$output/verschil.md"
