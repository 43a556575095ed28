#!/usr/bin/env bash
# Signed links as strangers use them, with curl: on a folder that `taforge serve` serves, and on the server that is given.
# usage: links.sh OUTPUT_FOLDER [ENDPOINT ACCESS_KEY SECRET_KEY]
# Prints each request as it could be typed, and what came of it; the transcript is in OUTPUT_FOLDER/links.txt.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
out=$1; shift
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null; rm -rf "$work"' EXIT
cd "$work"
taforge=$home/taforge
checks=0

say() { printf '%s\n' "$*" | tee -a "$out/links.txt"; }
die() { printf 'failed: %s\n' "$1" >&2; exit 1; }
# what came of it, without what makes a link work
answer() { say "    $(printf '%s' "$1" | sed -E 's/(signature|Signature|Credential)=[^ &"]*/\1=…/g')"; }
holds() { checks=$((checks + 1)); "$@" || die "$*"; }
status() { curl -s -m 120 -o body -w '%{http_code}' "$@" || true; } # prints 000 where the server breaks off
json() { sed -n "s/.*\"$1\" *: *\"\{0,1\}\([^\",}]*\).*/\1/p" | head -1; }

try() { # name of the backend
  local name="it's a “größe” & 100% über-log.log" key link got request=123e4567-e89b-12d3-a456-426614174000
  say "" "== $1"
  { yes "GET /index.html 200" || true; } | head -c 3000000 > "$name"
  $taforge init > /dev/null
  key=$($taforge samples upload "$name" --request $request --json | json storage_key)

  say "\$ curl -OJ \"\$(taforge samples url '$key' --expires 15m)\""
  mkdir -p saved; rm -f saved/*
  (cd saved && curl -sSOJ "$($taforge samples url "$key" --expires 15m)")
  answer "$(ls saved)"
  # curl saves under the plain name that old clients understand, or (since 7.88 or so) not decoded
  holds cmp -s "$name" saved/*

  link=$($taforge samples url "$key")
  got=$(curl -s -D - -o body "$link" | tr -d '\r')
  say '$ curl -D - "$link"'; answer "$(grep -iE '^(HTTP|content-|cache|x-content)' <<< "$got" | tr '\n' ';')"
  holds cmp -s body "$name"
  holds grep -qi '^content-disposition: attachment;' <<< "$got"
  holds grep -qi "filename\*=UTF-8''it%27s%20a%20%E2%80%9Cgr%C3%B6%C3%9Fe%E2%80%9D%20&%20100%25%20%C3%BCber-log.log" <<< "$got"
  holds grep -qi '^content-type: application/octet-stream' <<< "$got"

  say '$ curl -C - -o part "$link"    # resumed after 1,000,000 bytes'
  head -c 1000000 "$name" > part; curl -sS -C - -o part "$link"; holds cmp -s part "$name"; answer "the same bytes"

  printf '<script>document.title="ran"</script>' > x.html
  $taforge samples upload x.html --request $request --content-type text/html > /dev/null
  got=$(curl -s -D - -o body "$($taforge samples url samples/$request/x.html)" | tr -d '\r')
  say '$ curl -D - "$html"'; answer "$(grep -iE '^(HTTP|content-(type|disp|sec))' <<< "$got" | tr '\n' ';')"
  holds grep -qi '^content-type: application/octet-stream' <<< "$got"
  holds grep -qi '^content-disposition: attachment;' <<< "$got"

  say '$ curl "${link%?}X"                  # another signature'
  got=$(status "${link%?}X"); answer "$got"; holds [ "$got" = 403 ]
  say '$ curl "${link/x.html/y.html}"       # another key'
  got=$(status "${link/.log\?/.lag?}"); answer "$got"; holds [ "$got" = 403 ]
  say '$ curl -X DELETE "$link"             # another method'
  got=$(status -X DELETE "$link"); answer "$got"; holds [ "$got" = 403 ]
  say '$ curl -T FILE "$link"               # an upload with a link for downloads'
  got=$(status -T "$name" "$link"); answer "$got"; holds [ "$got" = 403 ]
  say '$ curl "${link%%\?*}"                # no signature'
  got=$(status "${link%%\?*}"); answer "$got"; holds [ "$got" = 403 ]
  link=$($taforge samples url "$key" --expires 1s); sleep 2.5
  say '$ curl "$(taforge samples url KEY --expires 1s)"   # later'
  got=$(status "$link"); answer "$got"; holds [ "$got" = 403 ]

  say '$ curl -T FILE "$(taforge samples url KEY --put)"'
  key=samples/$request/by-curl.log
  got=$(status -T "$name" "$($taforge samples url "$key" --put)"); answer "$got"; holds [ "$got" = 200 ]
  $taforge samples download "$key" -o copy.log > /dev/null; holds cmp -s copy.log "$name"

  local sum; sum=$(sha256sum < "$name" | cut -d' ' -f1); key=samples/$request/bound.log
  $taforge samples url "$key" --put --content-type text/plain --length 3000000 --sha256 "$sum" > link 2> headers
  local -a headers=()
  while read -r header; do headers+=(-H "${header#send the header  }"); done < headers
  say '$ taforge samples url KEY --put --content-type text/plain --length 3000000 --sha256 …   # bound'
  head -c 2999999 "$name" > short; { head -c 2999999 "$name"; printf X; } > wrong; { cat "$name"; printf X; } > long
  for file in short long wrong; do
    got=$(status "${headers[@]}" -T $file "$(cat link)"); answer "$file: $got"
    holds [ "$got" -ge 400 ] && holds [ "$got" -lt 500 ] || [ "$got" = 000 ]
  done
  got=$(status -H 'Content-Type: text/html' "${headers[@]:2}" -T "$name" "$(cat link)"); answer "another type: $got"
  holds [ "$got" = 403 ]
  refused=$($taforge samples list $request | grep -c bound.log || true); holds [ "$refused" = 0 ]
  got=$(status "${headers[@]}" -T "$name" "$(cat link)"); answer "as bound: $got"; holds [ "$got" = 200 ]
  $taforge samples download "$key" -o copy.log > /dev/null; holds cmp -s copy.log "$name"
}

: > "$out/links.txt"
export STORAGE_ROOT=$work/data AUDIT_LOG_DIR=$work/audit
# without env a process in the background, or whose parent is there, would ignore Ctrl-C
TAFORGE_JAVA_OPTS=-Xmx64m env --default-signal=INT $taforge serve --port 0 > served 2>&1 & server=$!
for _ in $(seq 100); do grep -q http served && break; sleep 0.1; done
say "\$ taforge serve --port 0 &" "    $(sed "s|$work|…|" served)"
try "a folder, served by taforge serve with a heap of 64 MB"

say "" '$ curl -T big.log "$(taforge samples url KEY --put)"   # 500 MB, and down again'
head -c 524288000 /dev/zero > big.log
key=samples/123e4567-e89b-12d3-a456-426614174000/big.log
holds [ "$(status -T big.log "$($taforge samples url $key --put)")" = 200 ]
curl -sS "$($taforge samples url $key)" | cmp - big.log || die "500 MB came back as something else"
printf X >> big.log
got=$(status -T big.log -H 'Transfer-Encoding: chunked' "$($taforge samples url $key --put)")
answer "the same bytes; one more, of unknown length: $got"
case $got in 413 | 000) ;; *) die "501 MB: $got" ;; esac
$taforge samples delete $key > /dev/null

say "" '$ kill -INT server'
kill -INT $server
for _ in $(seq 200); do kill -0 $server 2> /dev/null || break; sleep 0.1; done
! kill -0 $server 2> /dev/null || die "the server does not end with Ctrl-C"
status=0; wait $server || status=$?; server=
answer "exit code $status"
[ $status = 130 ] || die "the server ends with $status after Ctrl-C"

if [ $# -gt 0 ]; then
  for backend in s3 minio; do
    export STORAGE_BACKEND=$backend MINIO_ENDPOINT=$1 MINIO_ACCESS_KEY=$2 MINIO_SECRET_KEY=$3
    export MINIO_BUCKET_SAMPLES=links-$backend-samples MINIO_BUCKET_TAS=links-$backend-tas MINIO_BUCKET_DEBUG=links-$backend-debug
    try "$backend on a server"
  done
fi
say "" "links: $checks checks with curl, all hold"
