#!/usr/bin/env bash
# What a plain Maven user gets: compiles and runs the README's code against one adapter and counts its jars.
# usage: embedder.sh ADAPTER MOST_JARS
set -euo pipefail
cd "$(dirname "$0")/.."
adapter=$1 most=$2
version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' pom.xml | head -1)
place=$PWD/target/ci/embedder-$adapter
rm -rf "$place"; mkdir -p "$place/src/main/java"
# a repository of its own for our artifacts, before the usual one
own=(-Dmaven.repo.local="$place/repository" -Dmaven.repo.local.tail="${HOME}/.m2/repository")
./mvnw -q -B install -DskipTests -Dspotless.check.skip "${own[@]}" -pl "$adapter" -am
cat > "$place/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>embedder</artifactId><version>1</version>
  <properties><maven.compiler.release>17</maven.compiler.release></properties>
  <dependencies>
    <dependency><groupId>io.taforge</groupId><artifactId>$adapter</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
{
  cat <<'JAVA'
import io.taforge.adapter.filesystem.*;
import io.taforge.artifact.*;
import io.taforge.storage.*;
import io.taforge.storage.client.*;
import java.nio.file.Path;

class Embedder {
  public static void main(String[] arguments) throws Exception {
JAVA
  sed -n '/^```java/,/^```$/p' README.md | sed '/^```/d'
  printf '  }\n}\n'
} > "$place/src/main/java/Embedder.java"
./mvnw -q -B "${own[@]}" -f "$place/pom.xml" compile \
  org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath \
  -DincludeScope=runtime -Dmdep.outputFile="$place/classpath"
tr ':' '\n' < "$place/classpath" | sed 's:.*/::' | sort
jars=$(tr ":" "\n" < "$place/classpath" | grep -c .)
bytes=$(tr ':' '\n' < "$place/classpath" | xargs -d '\n' stat -Lc %s | awk '{ n += $1 } END { print n }')
[ "$jars" -lt "$most" ] || { echo "$adapter brings $jars jars; fewer than $most are allowed" >&2; exit 1; }
if tr ':' '\n' < "$place/classpath" | grep -Eq '/(dagger|picocli|netty|logback|log4j|slf4j)[^/]*jar'; then
  echo "$adapter brings a framework that an embedder does not want" >&2; exit 1
fi
(cd "$place" && seq 1000 > access.log && java -cp "target/classes:$(cat classpath)" Embedder && cmp access.log copy.log)
echo "$adapter: $jars jars, $((bytes / 1024)) KB"
