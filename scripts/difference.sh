# Makes the reports again and tells what moved since the ones that were there: sh scripts/difference.sh OUTPUT [DIRECTORY]
#
# For continuous integration, before and after a change of code, configuration or data. DIRECTORY (the project itself by
# default) holds data/ and reports/. OUTPUT gets Markdown of published figures and nothing else: one file by peildatum, all
# of them in verschil.md, and in kort.md the largest of each, for a comment. Exact tables are not compared. Ends with 0 when
# the reports were made, changed or not.
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

# What a report says and was made of; nothing that is counted of persons and not rounded.
keep() {
    for report in "$directory"/reports/*/; do
        peildatum=$(basename "$report")
        made=$directory/data/processed/$peildatum
        if public "$report" && [ -d "$made/publicatie" ]; then
            mkdir -p "$before/$peildatum/rapport"
            cp -R "$made/publicatie" "$before/$peildatum/"
            cp "$made/rapport/herkomst.json" "$before/$peildatum/rapport/" || true
            cp "$report/manifest.json" "$before/$peildatum/"
        fi
    done
}

# What moved in the report of one peildatum, on standard output: tell PEILDATUM [OPTION ...]
tell() {
    peildatum=$1
    shift
    if ! public "$before/$peildatum"; then
        printf '## Tabellen van %s\n\nEr is nog geen eerdere versie om mee te vergelijken.\n' "$peildatum"
        return 0
    fi
    told=0
    "$root/.venv/bin/wi2007" diff "$before/$peildatum" "$directory/data/processed/$peildatum" --markdown "$@" || told=$?
    case "$told" in
        0 | "$changed") ;;
        "$refused") printf '## Tabellen van %s\n\nDe eerdere versie is niet te vergelijken; het logboek zegt waarom.\n' "$peildatum" ;;
        *) return 1 ;;
    esac
}

tell_each() {
    for report in "$directory"/reports/*/; do
        if public "$report"; then
            peildatum=$(basename "$report")
            tell "$peildatum" > "$output/$peildatum.md" || return 1
            tell "$peildatum" --kort --regels 5 > "$output/$peildatum.kort.deel" || return 1
        elif [ -d "$report/tabellen" ]; then
            say "De tabellen van $(basename "$report") zijn niet voor publicatie. Het verschil wordt niet getoond."
        fi
    done
}

# All of these together: together FILE ...
together() {
    printf '# Wat er veranderde\n'
    for told in "$@"; do
        if [ -f "$told" ]; then
            printf '\n'
            cat "$told"
        fi
    done
}

mkdir -p "$output"
rm -f "$output"/*.md "$output"/*.deel
keep
sh "$root/scripts/report.sh" --directory "$directory"
tell_each || {
    rm -f "$output"/*.deel
    stop "Het verschil kon niet worden gemaakt; hierboven staat waarom."
}
together "$output"/*.kort.deel > "$output/kort.deel"
together "$output"/????-??-??.md > "$output/verschil.deel"
rm -f "$output"/*.kort.deel
mv "$output/kort.deel" "$output/kort.md"
mv "$output/verschil.deel" "$output/verschil.md"
