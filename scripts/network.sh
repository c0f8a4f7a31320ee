# How this machine reaches packages: what pip knows of certificates, proxy and index, told to uv; and what went wrong.
#
#   . scripts/network.sh   defines `like_pip` and `advice`. POSIX sh without other programs than cat.

# Sets `found` to a setting of pip: of its environment, of `install`, or of all its commands. `pip_settings` has them all.
pip_setting() {
    found=""
    for place in :env: install global; do
        case "$pip_settings" in
            *"$place.$1='"*)
                found=${pip_settings#*"$place.$1='"}
                found=${found%%"'"*}
                return 0
                ;;
        esac
    done
    return 1
}

# Lets uv trust what the system trusts, and use the index, the certificate and the proxy that pip uses. What is set for
# uv itself stays. `$1` is a python, which may have no pip.
like_pip() {
    export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
    # The same for uv before 0.10.
    export UV_NATIVE_TLS="${UV_NATIVE_TLS:-1}"
    pip_settings=$("$1" -m pip config list 2> /dev/null) || pip_settings=""
    if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ] && pip_setting index-url; then
        export UV_DEFAULT_INDEX="$found"
    fi
    if [ -z "${SSL_CERT_FILE:-}" ] && pip_setting cert; then
        export SSL_CERT_FILE="$found"
    fi
    if [ -z "${HTTPS_PROXY:-}${https_proxy:-}${ALL_PROXY:-}" ] && pip_setting proxy; then
        export HTTPS_PROXY="$found" HTTP_PROXY="$found"
    fi
    if [ -z "${UV_INSECURE_HOST:-}" ] && pip_setting trusted-host; then
        export UV_INSECURE_HOST="$found"
    fi
}

# Sets `cause` to what a log of pip or uv complains of: hash, compiler, certificate, proxy, mirror, space or nothing known.
cause_of() {
    said=$(cat "$1" 2> /dev/null) || said=""
    case "$said" in
        *"DO NOT MATCH THE HASHES"* | *[Hh]"ash mismatch"*) cause=hash ;;
        *"-gcc'"* | *"'gcc'"* | *"'cc'"* | *"'clang'"* | *"Python.h"*) cause=compiler ;;
        *[Cc]ertificate* | *CERTIFICATE* | *UnknownIssuer* | *SSLError*) cause=certificate ;;
        *[Pp]"roxy"*) cause=proxy ;;
        *"No space left"*) cause=space ;;
        *"dns error"* | *"resolve"* | *[Cc]"onnect"* | *"timed out"* | *"unreachable"* | *"error sending request"* | \
            *"Failed to fetch"* | *"Could not fetch"* | *"No matching distribution"*) cause=mirror ;;
        *) cause="" ;;
    esac
}

# Says in Dutch what to do about `cause`.
advice() {
    case "$cause" in
        hash)
            say "Een gedownload bestand is niet het bestand dat in de lock staat (uv.lock). Gebruik het niet. Vraag de beheerder van de mirror of de proxy waarom het anders is."
            ;;
        compiler)
            say "Een bibliotheek is er voor deze Python nog niet kant-en-klaar, en wordt hier gebouwd. Daarvoor zijn een C-compiler en de bestanden van Python voor ontwikkelaars nodig; op Debian en Ubuntu: apt-get install gcc libc6-dev python3-dev. Met Python 3.11, 3.12 of 3.13 hoeft dat niet."
            ;;
        certificate)
            say "Het certificaat van de verbinding wordt niet vertrouwd. Vaak staat er een proxy van uw organisatie tussen, met een eigen certificaat. Vraag dat als bestand (.pem) aan uw beheerder, en geef: export SSL_CERT_FILE=/pad/naar/certificaat.pem PIP_CERT=/pad/naar/certificaat.pem"
            ;;
        proxy)
            say "De proxy laat de verbinding niet door. Vraag uw beheerder om het adres en geef: export HTTPS_PROXY=http://adres:poort"
            ;;
        mirror)
            say "De pakketten zijn niet te bereiken. Gaat het internet hier via een proxy, geef dan: export HTTPS_PROXY=http://adres:poort. Heeft uw organisatie een eigen pakketindex (mirror), geef dan: python3 -m pip config set global.index-url https://adres. Is er geen netwerk, maak dan op een andere machine met 'make wheels' de map wheels en zet die hier in het project."
            ;;
        space)
            say "De schijf is vol. Maak ruimte: er is ongeveer 1 GB nodig."
            ;;
    esac
}
