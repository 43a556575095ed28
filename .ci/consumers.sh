#!/usr/bin/env bash
# What plain Maven users get, one for each adapter: a project with ONE dependency, from a repository of its own, compiles
# every piece of Java that README.md has for the adapter and runs the last one; then its jars are counted. The link server
# comes beside an adapter.
# The server is S3Proxy in a JVM of its own, unless another one is named.
# usage: consumers.sh [ENDPOINT ACCESS_KEY SECRET_KEY]
set -euo pipefail
cd "$(dirname "$0")/.."
place=$PWD/target/ci/consumers
java=java
[ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java
version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' pom.xml | head -1)
rm -rf "$place"; mkdir -p "$place"
# a repository of its own for our artifacts, before the usual one
own=(-Dmaven.repo.local="$place/repository" -Dmaven.repo.local.tail="${HOME}/.m2/repository")
maven() { ./mvnw -q -B "${own[@]}" "$@"; }
class_path=org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath

die() { printf 'failed: %s\n' "$1" >&2; exit 1; }

maven install -DskipTests -Dspotless.check.skip -pl adapter-filesystem,adapter-minio,adapter-s3,link-server,s3-testbed -am

if [ $# = 3 ]; then
  export MINIO_ENDPOINT=$1 MINIO_ACCESS_KEY=$2 MINIO_SECRET_KEY=$3
else
  maven "$class_path" -pl s3-testbed -Dmdep.outputFile="$place/s3proxy"
  coproc s3proxy { exec "$java" -cp "s3-testbed/target/classes:$(cat "$place/s3proxy")" io.taforge.testbed.S3ProxyServer; }
  read -r -t 60 -u "${s3proxy[0]}" port || die "S3Proxy does not start" # it ends with this script, which holds its input
  export MINIO_ENDPOINT=127.0.0.1:$port
  MINIO_ACCESS_KEY=$(sed -n 's/.*new AccessKey("\(.*\)", .*/\1/p' s3-testbed/src/main/java/io/taforge/testbed/S3ProxyServer.java)
  MINIO_SECRET_KEY=$(sed -n 's/.*new AccessKey(".*", "\(.*\)");/\1/p' s3-testbed/src/main/java/io/taforge/testbed/S3ProxyServer.java)
  export MINIO_ACCESS_KEY MINIO_SECRET_KEY
fi

# The Java of one section of the README as a program: each piece a method, and the last one is run.
program() { # name in the heading, packages…
  printf 'import %s.*;\n' io.taforge.artifact io.taforge.storage io.taforge.storage.client io.taforge.storage.remote "${@:2}"
  printf 'import %s.*;\n' java.io java.nio.file java.time
  printf '\nclass Consumer {\n'
  awk -v heading="^### .*$1" '
    /^##/ { wanted = $0 ~ heading }
    wanted && /^```java/ { print "  static void piece" ++pieces "() throws Exception {"; inside = 1; next }
    inside && /^```/ { print "  }\n"; inside = 0 }
    inside { print "    " $0 }
    END { print "  public static void main(String[] arguments) throws Exception {\n    piece" pieces "();\n  }\n}" }
  ' README.md
}

# dependency injection, commands, logging, and more than one HTTP client: nothing that a guest brings
unwanted='^(dagger|javax.inject|jakarta.inject|picocli|netty|logback|log4j|reload4j|slf4j-(nop|simple|jdk14|reload4j)'
unwanted+='|apache-client|url-connection-client|aws-crt|httpclient-4)'

package() { case $1 in link-server) echo io.taforge.links ;; *) echo "io.taforge.adapter.${1#adapter-}" ;; esac; }
dependency() { printf '    <dependency><groupId>io.taforge</groupId><artifactId>%s</artifactId><version>%s</version></dependency>\n' "$1" "$version"; }

consumer() { # what it is about, fewer jars than, adapter beside it…
  local about=$1 most=$2 project=$place/$1 jars bytes each; shift 2
  local -a packages=()
  for each in "$about" "$@"; do packages+=("$(package "$each")"); done
  mkdir -p "$project/src/main/java"
  cat > "$project/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>consumer</artifactId><version>1</version>
  <properties><maven.compiler.release>17</maven.compiler.release></properties>
  <dependencies>
$(for each in "$about" "$@"; do dependency "$each"; done)
  </dependencies>
</project>
POM
  program "$about" "${packages[@]}" > "$project/src/main/java/Consumer.java"
  maven -f "$project/pom.xml" compile "$class_path" -DincludeScope=runtime -Dmdep.outputFile="$project/classpath"
  tr ':' '\n' < "$project/classpath" | sed 's:.*/::' | sort | tee "$project/jars" | sed 's/^/  /'
  ! grep -E "$unwanted" "$project/jars" || die "$about brings what nobody who embeds it wants"
  jars=$(grep -c . "$project/jars")
  [ "$jars" -lt "$most" ] || die "$about brings $jars jars; fewer than $most are allowed"
  bytes=$(tr ':' '\n' < "$project/classpath" | xargs -d '\n' stat -Lc %s | awk '{ n += $1 } END { print n }')
  seq 1000 > "$project/access.log"
  (cd "$project" && "$java" -cp "target/classes:$(cat classpath)" Consumer && cmp access.log copy.log) \
    || die "what README.md says of $about does not work"
  printf '%s: %d jars (fewer than %d), %d KB; README.md compiles and runs on %s\n' \
    "$about" "$jars" "$most" $((bytes / 1024)) "$("$java" -version 2>&1 | head -1)"
}
consumer adapter-filesystem 10
consumer adapter-s3 45
consumer adapter-minio 30
consumer link-server 15 adapter-filesystem
