package io.taforge.config;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.UploadLimit;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.Buckets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes settings of environment variables and of a {@code .env} file; the environment wins. */
public final class SettingsReader {
  /** S3 takes parts of 5 MB to 5 GB, the last one excepted. */
  private static final long LEAST_PART = 5;

  private static final long MOST_PART = 5 * 1024;
  private static final long MOST_SECONDS = 24 * 60 * 60;
  private static final long MOST_DAYS = 100 * 365;
  private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+.-]+://.*");

  private SettingsReader() {}

  /**
   * Reads them.
   *
   * @param environment variables, as of the process
   * @param folder where the {@code .env} file may be, and what a relative root is relative to
   * @throws SettingsException if one cannot be used
   */
  public static Settings read(Map<String, String> environment, Path folder) {
    Map<String, String> values = new HashMap<>(dotenv(folder));
    values.putAll(environment);
    Variables variables = new Variables(values);
    return new Settings(
        variables.choice("STORAGE_BACKEND", Backend.FILESYSTEM),
        variables.parsed("STORAGE_ROOT", "./taforge-data", text -> root(text, folder)),
        variables.choice("STORAGE_DURABILITY", Durability.FULL) == Durability.FULL,
        buckets(variables),
        UploadLimit.ofMegabytes(uploadLimit(variables)),
        retention(variables),
        server(variables),
        new AuditSettings(
            variables.flag("ENABLE_AUDIT_LOGGING", true),
            Duration.ofDays(variables.number("AUDIT_LOG_RETENTION_DAYS", 365, 1, MOST_DAYS))),
        variables.unknown());
  }

  private enum Durability {
    FULL,
    NONE
  }

  private static Map<String, String> dotenv(Path folder) {
    if (!Files.exists(folder.resolve(".env"))) {
      return Map.of();
    }
    try {
      Map<String, String> entries = new HashMap<>();
      for (DotenvEntry entry :
          Dotenv.configure()
              .directory(folder.toString())
              .load()
              .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
        entries.put(entry.getKey(), entry.getValue());
      }
      return entries;
    } catch (DotenvException e) {
      // its message may quote a line with a secret in it
      throw new SettingsException(
          folder.resolve(".env") + " cannot be read: each line must be NAME=value or # a comment");
    }
  }

  private static String root(String text, Path folder) {
    return URI.matcher(text).matches() ? text : folder.resolve(text).normalize().toString();
  }

  private static Buckets buckets(Variables variables) {
    Buckets defaults = Buckets.defaults();
    String samples = variables.text("MINIO_BUCKET_SAMPLES").orElse(defaults.samples());
    String bundles = variables.text("MINIO_BUCKET_TAS").orElse(defaults.bundles());
    String debug = variables.text("MINIO_BUCKET_DEBUG").orElse(defaults.debug());
    try {
      return new Buckets(samples, bundles, debug);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "MINIO_BUCKET_SAMPLES, MINIO_BUCKET_TAS and MINIO_BUCKET_DEBUG cannot be used: "
              + e.getMessage());
    }
  }

  private static long uploadLimit(Variables variables) {
    long most = Long.MAX_VALUE >> 20;
    long alias = variables.number("MAX_SAMPLE_SIZE_MB", 500, 1, most);
    return variables.number("MINIO_MAX_UPLOAD_SIZE_MB", alias, 1, most);
  }

  private static RetentionPolicy retention(Variables variables) {
    long days = variables.number("SAMPLE_RETENTION_DAYS", 30, 1, MOST_DAYS);
    return variables.flag("SAMPLE_RETENTION_ENABLED", true)
        ? RetentionPolicy.samplesFor(Duration.ofDays(days))
        : RetentionPolicy.keepEverything();
  }

  private static ServerSettings server(Variables variables) {
    return new ServerSettings(
        variables.text("MINIO_ENDPOINT"),
        variables.text("MINIO_ACCESS_KEY"),
        variables.text("MINIO_SECRET_KEY").map(Secret::new),
        variables.flag("MINIO_USE_SSL", false),
        variables.text("MINIO_REGION").orElse("us-east-1"),
        Duration.ofSeconds(
            variables.number("MINIO_PRESIGNED_URL_EXPIRATION", 3600, 1, 7 * MOST_SECONDS)),
        ByteSize.ofMegabytes(
            variables.number("MINIO_MULTIPART_THRESHOLD_MB", 5, LEAST_PART, MOST_PART)),
        ByteSize.ofMegabytes(
            variables.number("MINIO_MULTIPART_CHUNK_SIZE_MB", 5, LEAST_PART, MOST_PART)),
        Duration.ofSeconds(variables.number("MINIO_CONNECTION_TIMEOUT", 30, 1, MOST_SECONDS)),
        Duration.ofSeconds(variables.number("MINIO_READ_TIMEOUT", 60, 1, MOST_SECONDS)));
  }
}
