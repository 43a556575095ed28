#!/usr/bin/env bash
# The taforge command does its job on real input, and refuses what it should. usage: command.sh OUTPUT_FOLDER [OTHER_JAVA_HOME…]
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
out=$1; shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
taforge=$home/taforge
export STORAGE_ROOT=$work/data

step() { printf -- '- %s\n' "$1"; }
die() { printf 'failed: %s\n' "$1" >&2; exit 1; }
json() { sed -n "s/.*\"$1\" *: *\"\{0,1\}\([^\",}]*\).*/\1/p" | head -1; }
refused() { # exit code, words on stderr, command…
  local code=$1 words=$2 status=0; shift 2
  "$@" > stdout 2> stderr < /dev/null || status=$?
  [ "$status" = "$code" ] || { cat stderr >&2; die "exit code $status and not $code: $*"; }
  grep -qiE -- "$words" stderr || { cat stderr >&2; die "no '$words' in what it says: $*"; }
  ! grep -q '^\s*at ' stderr || die "a stack trace: $*"
}

step "the README's command"
main_job=$(sed -n '/^Upload a sample;/,/^Run all/s/^    //p' "$home/README.md")
(cd "$home" && STORAGE_ROOT=$work/data $main_job)

step "real input: the larger samples if they lie beside the repository, else our own"
samples=$home/../shared/samples
[ -d "$samples" ] || samples=$home/docs/samples
log=$(ls "$samples"/*.log | head -1)
bundle=$(ls "$samples"/*.tgz | head -1)
key=$($taforge --version > /dev/null; $taforge samples upload "$log" --meta source=web --json | tee upload.json | json storage_key)
request=$(json request_id < upload.json)
$taforge samples list "$request"
$taforge samples download "$key" -o copy.log && cmp "$log" copy.log
$taforge samples download "$key" -o - | cmp - "$log"
for version in 1 2; do $taforge bundles upload "$bundle" --request "$request" --version $version; done
$taforge bundles list "$request"
$taforge bundles list "$request" --json | grep -o '"version" *: *[0-9]*' | tr -dc '0-9\n' | head -1 | grep -qx 2 || die "newest first"
$taforge stats

step "500 MB up and down with a heap of 64 MB, from a file and from standard input; 501 MB refused"
export TAFORGE_JAVA_OPTS=-Xmx64m
{ yes "GET /index.html 200" || true; } | head -c 524288000 > big.log
key=$($taforge samples upload big.log --json | json storage_key)
$taforge samples download "$key" -o - | cmp - big.log
$taforge samples delete "$key"
key=$($taforge samples upload - --name big.log --json < big.log | json storage_key)
$taforge samples download "$key" -o big.copy && cmp big.log big.copy && rm big.copy
$taforge samples delete "$key"
printf 'one byte too many' >> big.log
refused 1 'at most 500 MB' "$taforge" samples upload big.log
status=0; $taforge samples upload - --name big.log < big.log > stdout 2> stderr || status=$?
[ $status = 1 ] && grep -q 'at most 500 MB' stderr || die "501 MB from standard input: $(cat stderr)"
[ -z "$(find data/log-samples -name big.log; find data -name '*.part')" ] || die "something of 501 MB was left"
rm big.log; unset TAFORGE_JAVA_OPTS

step "bad input"
request=123e4567-e89b-12d3-a456-426614174000
mkdir -p folder; printf x > small.log
refused 1 'missing.log' "$taforge" samples upload missing.log
refused 1 'folder' "$taforge" samples upload folder
refused 2 'empty' "$taforge" samples upload small.log --name ''
refused 2 'file name' "$taforge" samples upload small.log --name ../x
refused 2 '255' "$taforge" samples upload small.log --name "$(printf 'x%.0s' $(seq 300))"
refused 2 'UUID' "$taforge" samples upload small.log --request nonsense
refused 2 'debug' "$taforge" samples download "debug/$request/x.zip"
refused 1 'no such' "$taforge" samples download "samples/$request/x.log"
refused 2 'STORAGE_BACKEND' env STORAGE_BACKEND=floppy "$taforge" stats
refused 2 'MINIO_MAX_UPLOAD_SIZE_MB' env MINIO_MAX_UPLOAD_SIZE_MB=many "$taforge" stats
refused 2 '' "$taforge" nonsense
STORAGE_ROTT=x $taforge stats 2>&1 > /dev/null | grep -q STORAGE_ROOT || die "an unknown setting is not warned about"
refused 1 'is not a folder' env STORAGE_ROOT="$work/small.log" "$taforge" samples upload small.log

step "somebody who may neither read nor write"
mkdir closed; printf secret > closed/secret.log; chmod 700 closed; chmod 755 "$work"
if [ "$(id -u)" = 0 ]; then
  as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
  mkdir open; chmod 777 open
  refused 1 'denie|cannot be read' as_nobody env STORAGE_ROOT="$work/open/data" "$taforge" samples upload "$work/closed/secret.log"
  refused 1 'denie' as_nobody env AUDIT_LOG_DIR="$work/open/audit" STORAGE_ROOT="$work/closed/data" "$taforge" samples upload small.log
fi

step "a disk that is full"
mkdir full
if mount -t tmpfs -o size=3m tmpfs full 2> /dev/null; then
  trap 'umount "$work/full"; rm -rf "$work"' EXIT
  head -c 5000000 /dev/zero > large.log
  refused 1 'the disk is full' env STORAGE_ROOT="$work/full/data" "$taforge" samples upload large.log
  STORAGE_ROOT=$work/full/data $taforge init > /dev/null
  [ -z "$(find full -name large.log; find full -name '*.part')" ] || die "a full disk keeps something"
  head -c 5000000 /dev/zero > full/filler 2> /dev/null || true
  refused 1 'it cannot be recorded in .*No space left' env AUDIT_LOG_DIR="$work/full/audit" "$taforge" samples upload small.log
  AUDIT_LOG_STRICT=false AUDIT_LOG_DIR=$work/full/audit $taforge samples upload small.log > /dev/null
  rm full/filler
  STORAGE_ROOT=$work/full/data $taforge samples upload small.log > /dev/null
else
  echo "  not run: no file system may be mounted here"
fi

step "Ctrl-C in the middle of an upload leaves nothing"
# without env a process in the background, or whose parent is there, would ignore the signal
{ while printf 'slow line\n'; do sleep 0.01; done; } 2> /dev/null \
  | env --default-signal=INT "$taforge" samples upload - --name interrupted.log > stdout 2> stderr & uploader=$!
for _ in $(seq 100); do [ -n "$(find data/.taforge/work -name '*.part' 2> /dev/null)" ] && break; sleep 0.05; done
[ -n "$(find data/.taforge/work -name '*.part')" ] || die "the upload did not begin"
sleep 0.2
kill -INT $uploader
for _ in $(seq 300); do kill -0 $uploader 2> /dev/null || break; sleep 0.1; done
! kill -9 $uploader 2> /dev/null || die "Ctrl-C does not end an upload"
status=0; wait $uploader || status=$?
[ $status = 130 ] || die "exit code $status and not 130 after Ctrl-C: $(cat stderr)"
[ -z "$(find data -name 'interrupted.log'; find data -name '*.part')" ] || die "Ctrl-C has left something"

step "histograms, who may do what, and a secret in a file"
$taforge stats | tee stdout | grep -q 'the next cleanup would free' && grep -q '##' stdout || die "no histogram"
for role in reader lister writer janitor uploader; do
  $taforge policy $role > policy.json && $taforge policy --check policy.json > /dev/null || die "the policy of a $role"
done
sed 's/"Effect"/"Principal" : "*", "Effect"/' policy.json > public.json
status=0; $taforge policy --check public.json > stdout || status=$?
[ $status = 1 ] && grep -q '^public: ' stdout || die "a public policy is not found out"
printf 'filesystem\n' > backend; STORAGE_BACKEND_FILE=$work/backend $taforge stats > /dev/null
printf 'hush\n' > backend; refused 2 'STORAGE_BACKEND is what is in' env STORAGE_BACKEND_FILE=backend "$taforge" stats
! grep -q hush stderr || die "what is in a file is told"
refused 2 'there is no such file' env MINIO_SECRET_KEY_FILE=missing "$taforge" stats
[ "$(id -u)" != 0 ] || refused 2 'access is denied' \
  as_nobody env MINIO_SECRET_KEY_FILE="$work/closed/secret.log" STORAGE_ROOT="$work/open/data" "$taforge" stats

step "the doctor, on what is well and on what is not"
printf 'MAX_SAMPLE_SIZE_MB=500\nMINIO_SECRET_KEY=hush\n' > .env; chmod 600 .env
$taforge doctor > stdout || die "all is not well: $(cat stdout)"
grep -q '^STORAGE_ROOT .* environment$' stdout && grep -q '500 .* MAX_SAMPLE_SIZE_MB, .env, line 1$' stdout || die "no origins"
doctor() { local status=0; $taforge doctor > stdout 2>&1 || status=$?; [ $status = 1 ] || die "exit code $status: $(cat stdout)"; }
STORAGE_BACKEND=s3 MINIO_ENDPOINT=127.0.0.1:1 MINIO_ACCESS_KEY=x doctor
grep -q '  reachable: Nothing answers' stdout && ! grep -qE 'hush|^\s*at ' stdout || die "no server: $(cat stdout)"
STORAGE_BACKEND=floppy MINIO_READ_TIMEOUT=soon doctor
[ "$(grep -c 'settings *failed' stdout)" = 2 ] || die "two bad settings: $(cat stdout)"
rm .env

step "who did what, and an edit of that"
$taforge audit verify | tee verified
grep -q 'as they were written' verified || die "the audit trail is not whole"
grep -q '"event":"log_sample_uploaded".*"outcome":"succeeded"' taforge-audit/*.jsonl || die "no upload was recorded"
grep -q '"outcome":"failed","failure":"StorageNotFoundException"' taforge-audit/*.jsonl || die "no failure was recorded"
sed -i '2s/succeeded/succEeded/' taforge-audit/*.jsonl
status=0; $taforge audit verify > edited || status=$?
[ $status = 1 ] && grep -q 'line 2: it is not as it was written' edited || die "an edit was not found: $(cat edited)"
cat edited

step "start-up, with what each JDK keeps of one"
for java_home in "${JAVA_HOME:-}" "$@"; do
  JAVA_HOME=$java_home $taforge --version > /dev/null
  JAVA_HOME=$java_home TAFORGE_JAVA_OPTS=-Xlog:class+load $taforge --version > stdout
  grep -q 'io.taforge.cli.Taforge source: shared objects file' stdout || die "nothing is kept of a start: ${java_home:-java}"
  touch "$home/app-bootstrap/target/lib" # as a build does, whose classes are others
  JAVA_HOME=$java_home $taforge --version > /dev/null
  find "$home/app-bootstrap/target" -name 'taforge-*-filesystem.*' -newer "$home/app-bootstrap/target/lib" | grep -q . \
    || die "what is kept of a start is not renewed: ${java_home:-java}"
  JAVA_HOME=$java_home $taforge samples list "$request" > /dev/null
done
$taforge --version > /dev/null
begin=$(date +%s%N); for _ in 1 2 3 4 5 6 7 8 9 10; do $taforge samples list $request > /dev/null; done
printf '  samples list: %d ms on average of 10\n' $((($(date +%s%N) - begin) / 10000000)) | tee "$out/start-up.txt"
