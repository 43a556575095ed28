package io.taforge.benchmark.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs that are measured, from Debian's packages, and taforge's own. */
final class Commands {
  private Commands() {}

  static Peer aws(Site site) {
    Map<String, String> environment = awsNames(site);
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    site.certificate().ifPresent(file -> environment.put("AWS_CA_BUNDLE", file.toString()));
    List<String> start =
        List.of("/usr/bin/aws", "--endpoint-url", site.endpoint().toString(), "s3", "cp");
    return new CommandPeer(
        site,
        environment,
        (place, key, file) -> words(start, file.toString(), url(place, key)),
        (place, key, file) -> words(start, url(place, key), file.toString()));
  }

  static Peer s3cmd(Site site) {
    String host = site.endpoint().getAuthority();
    List<String> start =
        List.of(
            "/usr/bin/s3cmd",
            "--config=/dev/null",
            "--access_key=" + site.accessKey(),
            "--secret_key=" + site.secretKey(),
            "--host=" + host,
            "--host-bucket=" + host,
            "--region=us-east-1",
            "--no-ssl",
            "--force");
    return new CommandPeer(
        site,
        Map.of(),
        (place, key, file) -> words(start, "put", file.toString(), url(place, key)),
        (place, key, file) -> words(start, "get", url(place, key), file.toString()));
  }

  static Peer rclone(Site site) {
    Map<String, String> environment = new HashMap<>();
    environment.put("RCLONE_CONFIG_SITE_TYPE", "s3");
    environment.put("RCLONE_CONFIG_SITE_PROVIDER", "Other");
    environment.put("RCLONE_CONFIG_SITE_ENDPOINT", site.endpoint().toString());
    environment.put("RCLONE_CONFIG_SITE_ACCESS_KEY_ID", site.accessKey());
    environment.put("RCLONE_CONFIG_SITE_SECRET_ACCESS_KEY", site.secretKey());
    environment.put("RCLONE_CONFIG_SITE_REGION", "us-east-1");
    environment.put("RCLONE_CONFIG_SITE_FORCE_PATH_STYLE", "true");
    environment.put("RCLONE_S3_NO_CHECK_BUCKET", "true");
    environment.put("RCLONE_CONFIG", "/dev/null");
    List<String> start = List.of("/usr/bin/rclone", "copyto", "--ignore-times", "--retries", "1");
    return new CommandPeer(
        site,
        environment,
        (place, key, file) -> words(start, file.toString(), "site:" + place.bucket() + "/" + key),
        (place, key, file) -> words(start, "site:" + place.bucket() + "/" + key, file.toString()));
  }

  /** {@code ./taforge} on this backend, on the JDK in this folder. */
  static Peer taforge(Site site, String backend, Path javaHome) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", javaHome.toString());
    environment.put("STORAGE_BACKEND", backend);
    environment.put("STORAGE_ROOT", site.folder().resolve("taforge").toString());
    environment.put("MINIO_ENDPOINT", site.endpoint().toString());
    environment.put("MINIO_ACCESS_KEY", site.accessKey());
    environment.put("MINIO_SECRET_KEY", site.secretKey());
    environment.put("MINIO_BUCKET_SAMPLES", site.bucket());
    environment.put("AUDIT_LOG_DIR", site.folder().resolve("audit").toString());
    String command = site.home().resolve("taforge").toString();
    return new CommandPeer(
        site,
        environment,
        (place, key, file) -> List.of(command, "samples", "upload", file.toString()),
        (place, key, file) -> List.of(command, "samples", "download", key, "-o", file.toString()));
  }

  /** A JVM that greets and ends. */
  static Peer greeting(Site site, Path javaHome) {
    List<String> words =
        List.of(
            javaHome.resolve("bin/java").toString(),
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Greeting.class.getName());
    return new CommandPeer(
        site, Map.of(), (place, key, file) -> words, (place, key, file) -> words);
  }

  /** A JDK of this version. */
  static Path jdk(int version) {
    String named = System.getenv("JAVA_HOME_" + version);
    List<Path> places =
        named != null
            ? List.of(Path.of(named))
            : List.of(
                Path.of(System.getProperty("java.home")),
                Path.of("/usr/lib/jvm/java-" + version + "-openjdk-amd64"),
                Path.of("/usr/lib/jvm/temurin-" + version + "-jdk-amd64"));
    return first(places.stream(), version)
        .orElseThrow(() -> new UnsupportedOperationException("there is no JDK " + version));
  }

  private static Optional<Path> first(Stream<Path> places, int version) {
    return places
        .filter(place -> Files.isExecutable(place.resolve("bin/java")))
        .filter(place -> isVersion(place, version))
        .findFirst();
  }

  private static boolean isVersion(Path home, int version) {
    try {
      return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"" + version);
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, String> awsNames(Site site) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ACCESS_KEY_ID", site.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", site.secretKey());
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_CONFIG_FILE", "/dev/null");
    environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    return environment;
  }

  private static String url(Site site, String key) {
    return "s3://" + site.bucket() + "/" + key;
  }

  private static List<String> words(List<String> start, String... rest) {
    return Stream.concat(start.stream(), Stream.of(rest)).toList();
  }
}
