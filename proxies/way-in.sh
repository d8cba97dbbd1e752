# shellcheck shell=bash disable=SC2034
# The ways in to N workers, as MultiProc's options and as words that our own server needs; README.md here tells what each is.

# way_in NAME: sets way_in (options of MultiProc), listen (words for the server's command) and software (what proxies, and
# its version), or fails
way_in() {
    way_in=(--first-port "$FIRST_PORT") listen=() software='no proxy'
    case $1 in
        direct) way_in=(--first-port "$PORT") ;; # the one worker is the way in
        reuseport) listen=(--shared-port '{front}') ;;
        haproxy) way_in+=(--haproxy haproxy/study.cfg) ;;
        haproxy-unix) way_in+=(--haproxy proxies/haproxy-unix.cfg) && listen=(--unix '{socket}') ;;
        haproxy-*) way_in+=(--haproxy "proxies/$1.cfg") ;;
        nginx) way_in+=(--nginx proxies/nginx.conf) ;;
    esac
    local PATH=$PATH:/usr/sbin
    case $1 in
        haproxy*) software=$(haproxy -v | sed -nE '1s/^([^ ]+) version ([^ ]+).*/\1 \2/p') ;;
        nginx) software=$(nginx -v 2>&1 | sed 's/.*: //') ;;
    esac
    [ "$1" != reuseport ] || [ -z "$SERVER" ] || [[ $SERVER == *'{front}'* ]] ||
        fail "PROXY=reuseport: SERVER must listen on {front} beside {port}, with SO_REUSEPORT"
}
