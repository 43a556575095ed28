#!/usr/bin/env bash
# Starts a Ceph RADOS Gateway for tests, in an empty folder of its own and on the loopback only, and prints the system
# properties that say where it is; installs Debian's packages if there is none. ceph-down.sh stops it.
# In its lifecycle rules a day has two seconds. CEPH_BYTES: how much it keeps in memory; 4 GB.
# usage: ./mvnw verify $(.ci/ceph-up.sh FOLDER [HTTP_PORT] [HTTPS_PORT or 0] [memstore or bluestore] [MONITOR_PORT])
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1 port=${2:-9102} https_port=${3:-9103} store=${4:-memstore} monitor_port=${5:-16789}
export PATH=$PATH:/usr/sbin:/sbin

die() { printf 'Ceph does not start: %s\n' "$1" >&2; exit 1; }
for tool in radosgw ceph-mon ceph-osd curl openssl; do
  command -v "$tool" > /dev/null || {
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -q --no-install-recommends radosgw ceph-mon ceph-osd curl openssl; } >&2 || die "no $tool"
    break
  }
done

for taken in "$port" "$https_port" "$monitor_port"; do
  ! (exec 3<> "/dev/tcp/127.0.0.1/$taken") 2> /dev/null || die "something listens on port $taken already"
done
mkdir -p "$folder" && cd "$folder" && folder=$PWD
[ -z "$(ls -A)" ] || die "$folder is not empty; ceph-down.sh stops what was started there"
mkdir crash log mon osd0 rgw
trap 'tail -n 20 log/*.out >&2 || true; bash "$here/ceph-down.sh" "$folder"' ERR

tls=""
if [ "$https_port" != 0 ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext 'subjectAltName=IP:127.0.0.1,DNS:localhost' -keyout key.pem -out cert.pem 2> /dev/null
  tls=" ssl_endpoint=127.0.0.1:$https_port ssl_certificate=$folder/cert.pem ssl_private_key=$folder/key.pem"
fi
fsid=$(cat /proc/sys/kernel/random/uuid)
monitors="[v2:127.0.0.1:$((monitor_port + 1)),v1:127.0.0.1:$monitor_port]"
cat > ceph.conf <<CONF
[global]
fsid = $fsid
mon host = $monitors
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
keyring = $folder/keyring
run dir = $folder
admin socket = $folder/\$name.asok
log file = $folder/log/\$name.log
pid file = $folder/\$name.pid
crash dir = $folder/crash
# without these three the start takes 12 s instead of 1
objecter tick interval = 0.25
paxos propose interval = 0.05
paxos min wait = 0.01
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
osd crush chooseleaf type = 0
[mon.a]
mon data = $folder/mon
mon cluster log file = $folder/log/cluster.log
[osd.0]
osd data = $folder/osd0
osd objectstore = $store
memstore device bytes = ${CEPH_BYTES:-4294967296}
bluestore block size = 4294967296
bluestore block create = true
osd memory target = 1073741824
osd max object name len = 2048
[client.rgw.a]
rgw data = $folder/rgw
rgw frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1$tls
rgw thread pool size = 64
rgw run sync thread = false
rgw dns name = localhost
rgw relaxed region enforcement = true
rgw crypt require ssl = false
rgw override bucket index max shards = 1
rgw gc obj min wait = 5
rgw gc processor period = 5
rgw gc processor max time = 5
rgw lc debug interval = 2
${RGW_EXTRA:-}
CONF

export CEPH_ARGS="-c $folder/ceph.conf"
started() { # name, command…
  local name=$1; shift
  setsid "$@" -f > "log/$name.out" 2>&1 < /dev/null & echo $! > "$name.pid.started"
}
{
  ceph-authtool --create-keyring keyring --gen-key -n mon. --cap mon 'allow *'
  ceph-authtool keyring --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
  ceph-authtool keyring --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
  ceph-authtool keyring --gen-key -n client.rgw.a --cap mon 'allow rwx' --cap osd 'allow rwx'
  monmaptool --create --addv a "$monitors" --fsid "$fsid" monmap
  ceph-mon --mkfs -i a --monmap monmap --keyring keyring
} > log/mkfs.out 2>&1
started mon ceph-mon -i a
osd=$(cat /proc/sys/kernel/random/uuid)
timeout 30 ceph osd new "$osd" 0 > log/osd-new.out 2>&1
ceph-osd -i 0 --mkfs --osd-uuid "$osd" > log/osd-mkfs.out 2>&1
started osd ceph-osd -i 0
started rgw radosgw -n client.rgw.a

properties="-Dceph.endpoint=http://127.0.0.1:$port -Dceph.log=$folder/log/client.rgw.a.log -Dceph.day-seconds=2"
properties+=" -Dceph.processes=$(cat mon.pid.started osd.pid.started rgw.pid.started | paste -sd,)"
[ "$https_port" = 0 ] || properties+=" -Dceph.https-endpoint=https://127.0.0.1:$https_port -Dceph.certificate=$folder/cert.pem"
for user in owner stranger; do
  prefix=ceph.$([ "$user" = owner ] || printf 'stranger-')
  id=$(openssl rand -hex 10) secret=$(openssl rand -hex 20)
  timeout 60 radosgw-admin user create --uid="$user" --display-name="$user" --max-buckets=100000 \
    --access-key="$id" --secret-key="$secret" > "log/$user.out" 2>&1
  properties+=" -D${prefix}access-key=$id -D${prefix}secret-key=$secret"
done
for _ in $(seq 600); do
  kill -0 "$(cat rgw.pid.started)" 2> /dev/null || break
  [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/")" = 200 ] && { printf '%s\n' "$properties"; exit 0; }
  sleep 0.05
done
false
