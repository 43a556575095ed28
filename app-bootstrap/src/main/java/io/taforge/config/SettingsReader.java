package io.taforge.config;

import io.taforge.artifact.ByteSize;
import io.taforge.artifact.UploadLimit;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.Buckets;
import io.taforge.storage.bundle.BundleLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Makes settings of environment variables and of a {@code .env} file; the environment wins. */
public final class SettingsReader {
  private static final long MOST_DAYS = 100 * 365;

  /** Their names are kept in memory while a bundle is looked at. */
  private static final long MOST_ENTRIES = 1_000_000;

  /** More than deflate can do, which is 1,032. */
  private static final long MOST_RATIO = 10_000;

  private static final Pattern URI = Pattern.compile("([a-z][a-z0-9+.-]+:)+//.*");

  private SettingsReader() {}

  /**
   * Reads them.
   *
   * @param environment variables, as of the process
   * @param folder where the {@code .env} file may be, and what a relative root is relative to
   * @throws SettingsException if some cannot be used; it names all of them
   */
  public static Settings read(Map<String, String> environment, Path folder) {
    SettingsReport report = report(environment, folder);
    return report
        .settings()
        .orElseThrow(() -> new SettingsException(String.join("; ", report.problems())));
  }

  /** Looks at them, whether they can be used or not; see {@link #read}. */
  public static SettingsReport report(Map<String, String> environment, Path folder) {
    DotenvFile dotenv;
    List<String> problems = new ArrayList<>();
    try {
      dotenv = DotenvFile.in(folder);
    } catch (SettingsException e) {
      dotenv = DotenvFile.none(folder);
      problems.add(String.valueOf(e.getMessage()));
    }
    Variables variables = new Variables(environment, dotenv, folder);
    dotenv.warning().ifPresent(variables::warn);
    Settings settings = settings(variables, folder);
    if (problems.isEmpty()) { // else what is missing may be in the file
      problems.addAll(variables.problems());
    }
    return new SettingsReport(
        variables.settings(),
        settings.warnings(),
        problems,
        problems.isEmpty() ? Optional.of(settings) : Optional.empty());
  }

  private static Settings settings(Variables variables, Path folder) {
    Backend backend = variables.choice("STORAGE_BACKEND", Backend.FILESYSTEM);
    return new Settings(
        backend,
        place(variables, "STORAGE_ROOT", "./taforge-data", text -> root(text, folder)),
        variables.choice("STORAGE_DURABILITY", Durability.FULL) == Durability.FULL,
        buckets(variables),
        UploadLimit.ofMegabytes(
            variables.numberWithAlias(
                "MINIO_MAX_UPLOAD_SIZE_MB", "MAX_SAMPLE_SIZE_MB", 500, 1, Long.MAX_VALUE >> 20)),
        admission(variables),
        retention(variables),
        new ServerReader(variables, folder, backend).read(),
        new AuditSettings(
            variables.flag("ENABLE_AUDIT_LOGGING", true),
            place(
                variables,
                "AUDIT_LOG_DIR",
                "./taforge-audit",
                text -> folder.resolve(text).normalize()),
            Duration.ofDays(variables.number("AUDIT_LOG_RETENTION_DAYS", 365, 1, MOST_DAYS)),
            variables.flag("AUDIT_LOG_STRICT", true)),
        variables.warnings());
  }

  private enum Durability {
    FULL,
    NONE
  }

  private static <T> T place(
      Variables variables, String name, String usual, Function<String, T> reading) {
    return variables.parsed(name, usual, reading).orElseGet(() -> reading.apply(usual));
  }

  private static String root(String text, Path folder) {
    return URI.matcher(text).matches() ? text : folder.resolve(text).normalize().toString();
  }

  private static Buckets buckets(Variables variables) {
    Buckets defaults = Buckets.defaults();
    String[] names = {"MINIO_BUCKET_SAMPLES", "MINIO_BUCKET_TAS", "MINIO_BUCKET_DEBUG"};
    String samples = variables.text(names[0], defaults.samples());
    String bundles = variables.text(names[1], defaults.bundles());
    String debug = variables.text(names[2], defaults.debug());
    return variables.attempt(
        defaults,
        () -> {
          try {
            return new Buckets(samples, bundles, debug);
          } catch (IllegalArgumentException e) {
            throw new SettingsException(
                "MINIO_BUCKET_SAMPLES, MINIO_BUCKET_TAS and MINIO_BUCKET_DEBUG cannot be used: "
                    + variables.opinion(e, names));
          }
        });
  }

  private static Optional<BundleLimits> admission(Variables variables) {
    BundleLimits usual = BundleLimits.DEFAULT;
    boolean isOn = variables.flag("STORAGE_ADMISSION", true);
    BundleLimits limits =
        new BundleLimits(
            (int) variables.number("STORAGE_ADMISSION_ENTRIES", usual.entries(), 1, MOST_ENTRIES),
            megabytes(variables, "STORAGE_ADMISSION_ENTRY_MB", usual.entry()),
            megabytes(variables, "STORAGE_ADMISSION_TOTAL_MB", usual.all()),
            (int) variables.number("STORAGE_ADMISSION_RATIO", usual.ratio(), 1, MOST_RATIO));
    return isOn ? Optional.of(limits) : Optional.empty();
  }

  private static ByteSize megabytes(Variables variables, String name, ByteSize usual) {
    return ByteSize.ofMegabytes(
        variables.number(name, usual.bytes() >> 20, 1, Long.MAX_VALUE >> 20));
  }

  private static RetentionPolicy retention(Variables variables) {
    long days = variables.number("SAMPLE_RETENTION_DAYS", 30, 1, MOST_DAYS);
    return variables.flag("SAMPLE_RETENTION_ENABLED", true)
        ? RetentionPolicy.samplesFor(Duration.ofDays(days))
        : RetentionPolicy.keepEverything();
  }
}
