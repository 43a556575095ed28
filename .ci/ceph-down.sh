#!/usr/bin/env bash
# Stops what ceph-up.sh has started in a folder, and nothing else, and removes the folder. usage: ceph-down.sh FOLDER
set -euo pipefail
folder=$1
[ -f "$folder/ceph.conf" ] || { printf 'Ceph was not started in %s\n' "$folder" >&2; exit 1; }

running() { for pid in "${pids[@]}"; do kill -0 "$pid" 2> /dev/null && return; done; return 1; }
pids=()
for name in rgw osd mon; do
  [ -f "$folder/$name.pid.started" ] && pids+=("$(cat "$folder/$name.pid.started")")
done
if [ ${#pids[@]} -gt 0 ]; then
  kill "${pids[@]}" 2> /dev/null || true
  for _ in $(seq 60); do running || break; sleep 0.25; done
  running && kill -9 "${pids[@]}" 2> /dev/null || true
fi
rm -rf "$folder"
