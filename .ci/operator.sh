#!/usr/bin/env bash
# What operators do, with the real command: buckets, retention, audit and statistics, on a folder and on the server that is
# given. usage: operator.sh OUTPUT_FOLDER ENDPOINT ACCESS_KEY SECRET_KEY
# Prints each command as it could be typed, and what came of it; the transcript is in OUTPUT_FOLDER/operator.txt.
# Installs awscli and rclone from Debian if they are missing: they fill buckets, and make one public.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
out=$1 endpoint=$2
work=$(mktemp -d)
trap 'pkill -9 -f "taforge.of=$work" 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
taforge() { "$home/taforge" "$@"; }
checks=0 status=0
export STORAGE_ROOT=data
export TAFORGE_JAVA_OPTS="-XX:TieredStopAtLevel=1 -Dtaforge.of=$work"

for tool in aws rclone; do
  [ -x "/usr/bin/$tool" ] || {
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends awscli rclone
    break
  } > apt.log 2>&1 || { tail -5 apt.log >&2; echo "awscli and rclone cannot be installed" >&2; exit 1; }
done
/usr/bin/python3 -c 'import jsonschema' 2> /dev/null \
  || { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q -o DPkg::Lock::Timeout=60 \
    --no-install-recommends python3-jsonschema; } > apt.log 2>&1 || true
unset AWS_CA_BUNDLE AWS_PROFILE AWS_SESSION_TOKEN
: > none
export AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true
export AWS_CONFIG_FILE=$work/none AWS_SHARED_CREDENTIALS_FILE=$work/none AWS_PAGER=
as_owner() { env AWS_ACCESS_KEY_ID="$MINIO_ACCESS_KEY" AWS_SECRET_ACCESS_KEY="$MINIO_SECRET_KEY" "$@"; }

say() { printf '%s\n' "$*" | tee -a "$out/operator.txt"; }
die() { printf 'failed: %s\n' "$1" >&2; exit 1; }
holds() { checks=$((checks + 1)); "$@" || die "$*"; }
json() { sed -n "s/.*\"$1\" *: *\"\{0,1\}\([^\",}]*\).*/\1/p" | head -1; }
run() { # exit code, command…
  local code=$1; shift
  say "" "\$ $*"
  status=0; "$@" > stdout 2> stderr || status=$?
  { head -70 stdout; [ "$(wc -l < stdout)" -le 70 ] || echo "… ($(wc -l < stdout) lines in all)"; cat stderr; } \
    | sed "s|$work|…|g; s/^/    /" | tee -a "$out/operator.txt"
  say "    exit code $status"
  holds [ "$status" = "$code" ]
}
objects() { # name in a report ; how many objects it tells, of log samples
  tr -d ' \n' < report.json | grep -o "\"$1\":{\"objects\":[0-9]*" | head -1 | tr -dc 0-9
}
# how many samples are stored
stored() { taforge stats --json | tr -d ' \n' | grep -o '"log_samples":{"objects":[0-9]*' | head -1 | tr -dc 0-9; }
recorded() { cat taforge-audit/*.jsonl | grep -c '"event":"log_sample_deleted".*"outcome":"succeeded"' || true; }

buckets() { # name of the backend
  say "" "== $1: buckets"
  run 0 taforge init; cp stdout first
  run 0 taforge init
  holds cmp -s <(sed 's/created/ok/;s/ *$//' first | tr -s ' ' | sort) <(sed 's/ *$//' stdout | tr -s ' ' | sort)
  run 0 taforge init --verify-only
  holds grep -q . stdout
}

# Fills the folder or bucket with so many samples of one request.
fill() {
  local request number
  request=$(cat /proc/sys/kernel/random/uuid)
  mkdir -p "samples/$request"
  seq -f '%05.0f.log' "$1" | (cd "samples/$request" && xargs -n 500 sh -c 'for name; do echo "$name" > "$name"; done' -)
  if [ "${STORAGE_BACKEND:-filesystem}" = filesystem ]; then
    mkdir -p data/log-samples/samples; mv "samples/$request" data/log-samples/samples/
  else
    as_owner rclone copy --transfers 16 --config none --s3-env-auth --s3-provider Ceph --s3-endpoint "$endpoint" \
      samples ":s3:$MINIO_BUCKET_SAMPLES/samples"
    rm -r "samples/$request"
  fi
  number=$(stored); holds [ "$number" -ge "$1" ]
}

retention() { # name of the backend, how many samples
  local request=123e4567-e89b-12d3-a456-426614174000 name before left second gone waited=0
  say "" "== $1: retention"
  for name in one two three; do echo $name > $name.log; taforge samples upload $name.log --request $request > /dev/null; done
  taforge samples upload one.log --name held.log --meta taforge-hold=true --request $request > /dev/null
  mkdir -p TA-web/default; echo '[launcher]' > TA-web/default/app.conf; tar czf TA-web.tgz TA-web
  taforge bundles upload TA-web.tgz --version 1 --request $request > /dev/null
  sleep 2.1
  run 0 taforge cleanup samples
  run 3 taforge cleanup samples --older-than 1s
  run 0 taforge cleanup samples --older-than 1s --max-delete 80% --dry-run
  holds grep -q "would remove samples/$request/one.log" stdout
  run 0 taforge cleanup samples --older-than 1s --max-delete 80% --plan cleanup.plan
  holds [ "$(grep -c '^sample' cleanup.plan)" = 3 ]
  say "" '$ cat cleanup.plan'; sed 's/^/    /' cleanup.plan | tee -a "$out/operator.txt"
  echo changed > two.log
  run 0 taforge samples upload two.log --request $request
  run 0 taforge cleanup apply cleanup.plan --max-delete 80% --report report.json
  holds [ "$(objects deleted) $(objects changed)" = "2 1" ]
  holds [ "$(taforge samples list $request --json | grep -o '[a-z]*\.log"' | sort -u | tr -dc 'a-z.\n' | tr '\n' ' ')" = "held.log two.log " ]
  holds [ "$(taforge samples download samples/$request/two.log -o -)" = changed ]
  say "" '$ cat report.json'; sed 's/^/    /' report.json | tee -a "$out/operator.txt"
  if /usr/bin/python3 -c 'import jsonschema' 2> /dev/null; then
    run 0 /usr/bin/python3 -c 'import json, jsonschema, sys; jsonschema.validate(*(json.load(open(each)) for each in sys.argv[1:])); print("valid")' \
      report.json "$home/docs/cleanup-report.schema.json"
  else
    say "" "(python3-jsonschema cannot be installed; that reports are valid is what CleanupCommandTest shows)"
  fi
  taforge samples delete samples/$request/two.log > /dev/null

  say "" "== $1: two cleaners at once, kill -9 in the middle, and on from there ($2 samples)"
  fill "$2"
  sleep 2.1
  run 0 taforge cleanup samples --older-than 1s --max-delete 100% --plan many.plan
  holds [ "$(grep -c '^sample' many.plan)" = "$2" ]
  before=$(recorded)
  say "" "\$ taforge cleanup apply many.plan --max-delete 100% &"
  TAFORGE_JAVA_OPTS="-Xint -Dtaforge.of=$work" setsid "$home/taforge" cleanup apply many.plan --max-delete 100% \
    > /dev/null 2> killed.err & cleaner=$!
  until [ $(($(recorded) - before)) -ge 20 ] || ! kill -0 $cleaner 2> /dev/null; do sleep 0.05; done
  run 3 taforge cleanup apply many.plan --max-delete 100%
  holds grep -q 'Somebody else is cleaning up' stderr
  kill -9 $cleaner || die "it was done before it could be killed: $(cat killed.err)"
  wait $cleaner 2> /dev/null || true
  left=$(stored)
  say "" "\$ kill -9 %1    # $((left - 1)) of $2 are left"
  holds [ "$left" -gt 1 ]; holds [ "$left" -le "$2" ]
  while true; do # a server keeps the lease of the dead for a minute
    status=0; taforge cleanup apply many.plan --max-delete 100% --report report.json > stdout 2> stderr || status=$?
    [ $status = 3 ] && [ $waited -lt 75 ] || break
    waited=$((waited + 5)); sleep 5
  done
  say "" "\$ taforge cleanup apply many.plan --max-delete 100%    # after about $waited s"
  sed 's/^/    /' stdout stderr | tee -a "$out/operator.txt"
  say "    exit code $status"
  holds [ $status = 0 ]
  second=$(objects deleted) gone=$(objects gone)
  holds [ $((second + gone)) = "$2" ]
  holds [ "$second" = $((left - 1)) ]
  holds [ "$(stored)" = 1 ]
  holds [ "$(taforge bundles list $request --json | grep -c storage_key)" = 1 ]
}

audit() {
  say "" "== audit"
  run 0 taforge audit verify
  sed -i '3s/succeeded/failed/' "$(ls taforge-audit/*.jsonl | head -1)"
  run 1 taforge audit verify
  rm -r taforge-audit
}

buckets "a folder"
retention "a folder" 4000
say "" "== a folder: all that can be destroyed is told before"
run 1 taforge init --force
run 0 taforge init --force --delete-everything-in log-samples --delete-everything-in ta-artifacts
audit

say "" "== a folder: a million samples, and a heap of 64 MB"
fill_a_million() {
  cat > Fill.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

class Fill {
  public static void main(String[] folder) throws Exception {
    for (int request = 0; request < 1000; request++) {
      Path samples = Files.createDirectories(Path.of(folder[0], UUID.randomUUID().toString()));
      for (int number = 0; number < 1000; number++) {
        Files.write(samples.resolve(number + ".log"), new byte[number]);
      }
    }
  }
}
JAVA
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" Fill.java data/log-samples/samples
}
fill_a_million
TAFORGE_JAVA_OPTS=-Xmx64m run 0 taforge stats
holds grep -Eq '^log samples +1000000 ' stdout
rm -r data

export STORAGE_BACKEND=s3 MINIO_ENDPOINT=$endpoint MINIO_ACCESS_KEY=$3 MINIO_SECRET_KEY=$4
export MINIO_BUCKET_SAMPLES=operator-samples MINIO_BUCKET_TAS=operator-tas MINIO_BUCKET_DEBUG=operator-debug
buckets "a server"
say "" "== a server: one bucket is made public"
run 0 as_owner aws --endpoint-url "$endpoint" s3api put-bucket-acl --bucket operator-debug --acl public-read
run 1 taforge init --verify-only
holds grep -Eq '^operator-debug +acl +failed' stdout
holds grep -Eq '^operator-debug +anonymous-list +failed' stdout
run 0 as_owner aws --endpoint-url "$endpoint" s3api put-bucket-acl --bucket operator-debug --acl private
run 0 taforge init --verify-only
retention "a server" 1500
say "" "== a server: it removes what has expired by itself; a day of its rules has two seconds here"
export SAMPLE_RETENTION_DAYS=2
taforge samples delete samples/123e4567-e89b-12d3-a456-426614174000/held.log > /dev/null
taforge samples upload one.log --request 123e4567-e89b-12d3-a456-426614174000 > /dev/null
run 0 taforge retention native --plan
run 3 taforge retention native --diff
run 0 taforge retention native --apply
run 0 taforge retention native --diff
for _ in $(seq 60); do [ "$(stored)" = 0 ] && break; sleep 0.5; done
run 0 taforge stats
holds [ "$(stored)" = 0 ]
holds [ "$(taforge bundles list 123e4567-e89b-12d3-a456-426614174000 --json | grep -c storage_key)" = 1 ]
audit

say "" "$checks checks of what operators do: all hold"
