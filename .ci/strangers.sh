#!/usr/bin/env bash
# Strangers agree: awscli, s3cmd and rclone read what each adapter wrote, and each adapter reads what they wrote: content,
# size, content type and metadata, under names that like to be spoilt on the way.
# Installs Debian's packages if they are missing. usage: strangers.sh ENDPOINT ACCESS_KEY SECRET_KEY
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
endpoint=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PATH=/usr/bin:/bin:$PATH LC_ALL=C.UTF-8 # Debian's clients, and not others of the same name

die() { printf 'failed: %s\n' "$1" >&2; exit 1; }
same() { [ "$2" = "$3" ] || die "$1: expected '$2' and got '$3'"; checks=$((checks + 1)); }
same_file() { cmp "$2" "$3" || die "$1: the content differs"; checks=$((checks + 1)); }
checks=0

for tool in aws s3cmd rclone python3; do
  [ -x "/usr/bin/$tool" ] || {
    apt-get update -q && DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -q --no-install-recommends awscli s3cmd rclone python3
    break
  } > apt.log 2>&1 || { tail -5 apt.log >&2; die "awscli, s3cmd and rclone cannot be installed"; }
done

unset AWS_CA_BUNDLE AWS_PROFILE AWS_SESSION_TOKEN
export AWS_ACCESS_KEY_ID=$2 AWS_SECRET_ACCESS_KEY=$3 AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true
export AWS_CONFIG_FILE=$work/none AWS_SHARED_CREDENTIALS_FILE=$work/none AWS_PAGER=
export RCLONE_CONFIG=$work/none RCLONE_S3_ENDPOINT=$endpoint RCLONE_S3_PROVIDER=Ceph RCLONE_S3_ENV_AUTH=true
: > none
cat > s3cmd.cfg <<CONFIG
[default]
access_key = $2
secret_key = $3
host_base = ${endpoint#*://}
host_bucket = ${endpoint#*://}
use_https = $([[ $endpoint = https* ]] && echo True || echo False)
CONFIG

export MINIO_ENDPOINT=$endpoint MINIO_ACCESS_KEY=$2 MINIO_SECRET_KEY=$3
export MINIO_BUCKET_SAMPLES=strangers-samples MINIO_BUCKET_TAS=strangers-tas MINIO_BUCKET_DEBUG=strangers-debug
bucket=$MINIO_BUCKET_SAMPLES
export TAFORGE_JAVA_OPTS=-XX:TieredStopAtLevel=1
taforge=$home/taforge

type=text/x-stranger
names=(plain.log 'two words.log' a+b.log 100%.log 50%25.log 'a#b.log' 'a&b=c.log' "it's.log" größe.log 日本語.log '🚀 to.log')
large=large.log # goes up in parts
for name in "${names[@]}"; do { echo "$name"; seq 100; } > "$name"; done
head -c 12000000 /dev/urandom > "$large"

# --- the clients, each with the same two words: what they know of an object, and how they store one

read_aws() { aws --endpoint-url "$endpoint" s3 cp --quiet "s3://$bucket/$1" "$2"; }
facts_aws() {
  aws --endpoint-url "$endpoint" s3api head-object --bucket "$bucket" --key "$1" | python3 -c '
import json, sys
found = json.load(sys.stdin)
meta = found["Metadata"]
print(found["ContentLength"], found["ContentType"], meta["source"], meta.get("note"), meta.get("taforge-sha256"), sep="|")'
}
write_aws() {
  aws --endpoint-url "$endpoint" s3 cp --quiet --content-type "$type" --metadata source=aws "$1" "s3://${3:-$bucket}/$2"
}

s3cmd_() { s3cmd --config s3cmd.cfg --no-progress "$@"; }
read_s3cmd() { s3cmd_ --quiet --force get "s3://$bucket/$1" "$2"; }
facts_s3cmd() {
  s3cmd_ info "s3://$bucket/$1" | python3 -c '
import sys
found = dict(line.strip().split(":", 1) for line in sys.stdin if ":" in line)
print(*((found.get(key) or "None").strip() for key in (
    "File size", "MIME type", "x-amz-meta-source", "x-amz-meta-note", "x-amz-meta-taforge-sha256")), sep="|")'
}
write_s3cmd() {
  s3cmd_ --quiet --multipart-chunk-size-mb=5 --mime-type="$type" --no-guess-mime-type \
    --add-header=x-amz-meta-source:s3cmd put "$1" "s3://$bucket/$2"
}

read_rclone() { rclone copyto ":s3:$bucket/$1" "$2"; }
facts_rclone() {
  rclone lsjson --stat --metadata ":s3:$bucket/$1" | python3 -c '
import json, sys
found = json.load(sys.stdin)
meta = found["Metadata"]
print(found["Size"], meta["content-type"], meta["source"], meta.get("note"), meta.get("taforge-sha256"), sep="|")'
}
write_rclone() {
  rclone copyto --s3-upload-cutoff 5M --metadata --metadata-set "content-type=$type" --metadata-set source=rclone \
    "$1" ":s3:$bucket/$2"
}

printf '  %s\n' "$(aws --version)" "$(s3cmd --version)" "$(rclone version | head -1)"
request() { cat /proc/sys/kernel/random/uuid; }
size() { stat -c %s "$1"; }
sha256() { sha256sum "./$1" | cut -d' ' -f1 | tr -d '\\'; }

for backend in s3 minio; do
  export STORAGE_BACKEND=$backend
  $taforge init > /dev/null

  request=$(request)
  for name in "${names[@]}" "$large"; do
    $taforge samples upload "$name" --request "$request" --content-type $type --meta source=web --meta 'note=größe  100%' \
      > /dev/null
  done
  for client in aws s3cmd rclone; do
    for name in "${names[@]}" "$large"; do
      key=samples/$request/$name
      rm -f copy
      read_$client "$key" copy
      same_file "$client reads '$name' of $backend" "$name" copy
      # metadata that headers cannot carry is percent-encoded there
      same "$client knows of '$name' of $backend" \
        "$(size "$name")|$type|web|gr%c3%b6%c3%9fe %20100%25|$(sha256 "$name")" "$(facts_$client "$key")"
    done
    echo "  $client reads what $backend wrote: ${#names[@]} names and an upload in parts"
  done

  for client in aws s3cmd rclone; do
    request=$(request)
    for name in "${names[@]}" "$large"; do write_$client "$name" "samples/$request/$name"; done
    $taforge samples list "$request" --json | python3 -c '
import json, sys
for each in sorted(json.load(sys.stdin)["samples"], key=lambda sample: sample["file_name"]):
    print(each["file_name"], each["size"], each["content_type"], each["metadata"]["source"], each.get("sha256"), sep="|")
' > listed
    for name in "${names[@]}" "$large"; do echo "$name|$(size "$name")|$type|$client|None"; done | sort > expected
    same_file "$backend lists what $client wrote" expected listed
    for name in "${names[@]}" "$large"; do
      rm -f copy
      $taforge samples download "samples/$request/$name" -o copy > /dev/null
      same_file "$backend reads '$name' of $client" "$name" copy
    done
    echo "  $backend reads what $client wrote: ${#names[@]} names and an upload in parts"
  done

  request=$(request)
  write_aws plain.log "tas/$request/v7/$(request).tgz" $MINIO_BUCKET_TAS
  same "$backend lists a bundle of aws" 7 \
    "$($taforge bundles list "$request" --json | python3 -c 'import json, sys; print(*(each["version"] for each in json.load(sys.stdin)["bundles"]))')"
  write_aws plain.log "debug/$request/run.zip" $MINIO_BUCKET_DEBUG
  same "$backend lists a debug bundle of aws" run.zip \
    "$($taforge debug list "$request" --json | python3 -c 'import json, sys; print(*(each["file_name"] for each in json.load(sys.stdin)["debug_bundles"]))')"
  write_aws plain.log "samples/$request/folder/not-ours.log"
  same "$backend leaves out what is no artifact" 0 \
    "$($taforge samples list "$request" --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["samples"]))')"
done
echo "strangers agree: $checks checks on awscli, s3cmd and rclone with s3 and minio"
