package io.taforge.config;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import io.taforge.artifact.UploadLimit;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.Buckets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes settings of environment variables and of a {@code .env} file; the environment wins. */
public final class SettingsReader {
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
    Map<String, String> ofFile = dotenv(folder);
    Map<String, String> values = new HashMap<>(ofFile);
    values.putAll(environment);
    Variables variables = new Variables(values, folder);
    warnOfReaders(folder.resolve(".env"), ofFile, variables);
    Backend backend = variables.choice("STORAGE_BACKEND", Backend.FILESYSTEM);
    return new Settings(
        backend,
        root(variables.text("STORAGE_ROOT").orElse("./taforge-data"), folder),
        variables.choice("STORAGE_DURABILITY", Durability.FULL) == Durability.FULL,
        buckets(variables),
        UploadLimit.ofMegabytes(uploadLimit(variables)),
        retention(variables),
        new ServerReader(variables, folder, backend).read(),
        new AuditSettings(
            variables.flag("ENABLE_AUDIT_LOGGING", true),
            folder.resolve(variables.text("AUDIT_LOG_DIR").orElse("taforge-audit")).normalize(),
            Duration.ofDays(variables.number("AUDIT_LOG_RETENTION_DAYS", 365, 1, MOST_DAYS)),
            variables.flag("AUDIT_LOG_STRICT", true)),
        variables.warnings());
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

  private static void warnOfReaders(Path file, Map<String, String> entries, Variables variables) {
    entries.entrySet().stream()
        .filter(each -> isSecret(each.getKey()) && !each.getValue().isBlank())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .filter(secret -> isReadByEverybody(file))
        .ifPresent(
            secret ->
                variables.warn(
                    file + " holds " + secret + " and everybody may read it; chmod 600 helps"));
  }

  /** The name of a file is none. */
  private static boolean isSecret(String name) {
    return name.contains("SECRET") && !name.endsWith("_FILE");
  }

  private static boolean isReadByEverybody(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // such as on Windows, where nobody can tell
    }
  }

  private static String root(String text, Path folder) {
    return URI.matcher(text).matches() ? text : folder.resolve(text).normalize().toString();
  }

  private static Buckets buckets(Variables variables) {
    Buckets defaults = Buckets.defaults();
    String[] names = {"MINIO_BUCKET_SAMPLES", "MINIO_BUCKET_TAS", "MINIO_BUCKET_DEBUG"};
    String samples = variables.text(names[0]).orElse(defaults.samples());
    String bundles = variables.text(names[1]).orElse(defaults.bundles());
    String debug = variables.text(names[2]).orElse(defaults.debug());
    try {
      return new Buckets(samples, bundles, debug);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "MINIO_BUCKET_SAMPLES, MINIO_BUCKET_TAS and MINIO_BUCKET_DEBUG cannot be used: "
              + variables.opinion(e, names));
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
}
