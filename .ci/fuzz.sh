#!/usr/bin/env bash
# Fuzzes every target of every module, two at a time, guided by coverage: fuzz.sh OUT SECONDS [TARGET…]
# Needs the classes of the tests, as any build leaves them. Writes a log for each target and what it has found to OUT,
# prints a line for each, and fails if there is a finding or a target was not fuzzed. Targets are the methods with
# @FuzzTest; inputs that they have reached something new with are kept in OUT/corpus. FUZZ_SEED makes a run another one; with
# the same seed it tries the same first, so a check that has passed does not fail because of luck.
set -euo pipefail
out=$(mkdir -p "$1" && cd "$1" && pwd)
seconds=$2
seed=${FUZZ_SEED:-20261129}
shift 2
cd "$(dirname "$0")/.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

targets() { # module class method
  local file module class
  grep -rl --include='*FuzzTest.java' '@FuzzTest' . | sort | while read -r file; do
    module=${file%%/src/test/java/*}
    class=${file#*/src/test/java/}
    class=${class%.java}
    grep -A1 '@FuzzTest' "$file" | sed -nE 's/^ *void ([A-Za-z0-9]+)\(.*/\1/p' | while read -r method; do
      echo "${module#./} ${class//\//.} $method"
    done
  done
}

# app-bootstrap has all other modules on its class path, with everything that they need
libraries() {
  local found=app-bootstrap/target/fuzz-classpath
  if [ ! -s "$found" ] || [ pom.xml -nt "$found" ]; then
    ./mvnw -q -B test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz-classpath \
      -Dspotless.check.skip -Djacoco.skip > "$out/build.log" 2>&1 \
      || { tail -20 "$out/build.log" >&2; return 1; }
  fi
  cat "$found"
}

fuzz() { # module class method
  local module=$1 class=$2 method=$3 seeds corpus runs
  seeds=$module/src/test/resources/${class//.//}Inputs/$method
  corpus=$out/corpus/$method
  mkdir -p "$corpus" "$seeds" "$out/findings-$method"
  # no hooks outside of taforge: what is looked for are its own promises, and starting is most of the time
  "$java" -Xmx400m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$module/target/test-classes:$path" \
    com.code_intelligence.jazzer.Jazzer --target_class="$class" --target_method="$method" \
    '--instrumentation_includes=io.taforge.**' '--custom_hook_includes=io.taforge.**' --reproducer_path="$out/findings-$method" \
    -artifact_prefix="$out/findings-$method/" -timeout=60 -rss_limit_mb=0 -seed="$seed" -max_total_time="$seconds" "$corpus" "$seeds" \
    > "$out/fuzz-$method.log" 2>&1 || { printf 'a finding in %s, see %s\n' "$method" "$out/fuzz-$method.log"; return 1; }
  runs=$(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) second.*/\1 runs in \2 s/p' "$out/fuzz-$method.log")
  [ -n "$runs" ] || { printf '%s was not fuzzed, see %s\n' "$method" "$out/fuzz-$method.log"; return 1; }
  printf 'fuzzed %s: %s, no finding (seed %s)\n' "$method" "$runs" "$seed"
}

path=$(libraries)
for module in artifact-domain storage-port storage-port/contract-kit link-server s3-testbed adapter-{filesystem,s3,minio} app-bootstrap; do
  [ -d "$module/target/classes" ] || { echo "$module is not built" >&2; exit 1; }
  path=$module/target/classes:$path
done
export -f fuzz
export out seconds seed path java
wanted=${*:-.}
targets | grep -E "(${wanted// /|})" > "$out/targets"
[ "$(wc -l < "$out/targets")" -gt 0 ] || { echo "there is no target" >&2; exit 1; }
xargs -P 2 -L 1 bash -c 'fuzz "$@"' fuzz < "$out/targets"
