# shellcheck shell=bash disable=SC2034
# The way in to N workers as MultiProc's options; README.md here tells what each is.

# way_in NAME: sets way_in (options of MultiProc), listen (words for the server's command: MultiProc knows them) and
# software (what proxies, and its version), or fails
way_in() {
    way_in=(--way-in "$1" --first-port "$FIRST_PORT") listen=() software='no proxy'
    local PATH=$PATH:/usr/sbin
    case $1 in
        haproxy*) software=$(haproxy -v | sed -nE '1s/^([^ ]+) version ([^ ]+).*/\1 \2/p') ;;
        nginx) software=$(nginx -v 2>&1 | sed 's/.*: //') ;;
    esac
    [ "$1" != reuseport ] || [ -z "$SERVER" ] || [[ $SERVER == *'{front}'* ]] ||
        fail "PROXY=reuseport: SERVER must listen on {front} beside {port}, with SO_REUSEPORT"
}
