package io.taforge.storage.client;

import static io.taforge.artifact.Quoted.quoted;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.Leftover;
import io.taforge.storage.VersionToken;
import io.taforge.storage.client.CleanupPlan.Debris;
import io.taforge.storage.client.CleanupPlan.Entry;
import io.taforge.storage.client.CleanupPlan.ExpiredSample;
import io.taforge.storage.client.CleanupPlan.Head;
import io.taforge.storage.client.CleanupPlan.Totals;
import io.taforge.storage.client.CleanupPlan.Unclear;
import io.taforge.storage.client.StorageStats.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The lines of a {@link CleanupPlan}'s file: a word that says what it is, and its values, with tabs
 * between them. In values a control character and {@code %} are percent-encoded, and {@code -}
 * stands for one that is not there.
 */
final class PlanLine {
  /** The first line; what comes after the tab is the version of the format. */
  static final String FIRST = "taforge-cleanup-plan\t1";

  private static final String PLANNED = "planned";
  private static final String SAMPLE = "sample";
  private static final String LEFTOVER = "leftover";
  private static final String UNCLEAR = "unclear";
  private static final String END = "end";
  private static final String NOTHING = "-";

  private PlanLine() {}

  static String of(Head head) {
    Cleanup cleanup = head.cleanup();
    return line(
        PLANNED,
        head.bucket(),
        head.now(),
        head.backendTime().map(Instant::toString).orElse(NOTHING),
        cleanup.policy().period().map(Duration::toString).orElse(NOTHING),
        cleanup.policy().newestKept(),
        cleanup.leftoversAfter().map(Duration::toString).orElse(NOTHING));
  }

  static String of(Entry entry) {
    if (entry instanceof ExpiredSample expired) {
      return line(
          SAMPLE,
          expired.sample().key(),
          expired.size(),
          expired.storedAt(),
          expired.version().value());
    }
    if (entry instanceof Unclear unclear) {
      return line(
          UNCLEAR, unclear.sample().key(), unclear.reason().kind(), unclear.reason().message());
    }
    Leftover leftover = ((Debris) entry).leftover();
    return line(
        LEFTOVER,
        leftover.kind().name(),
        leftover.type().name(),
        leftover.name(),
        leftover.since(),
        leftover.size().isEmpty() ? NOTHING : leftover.size().getAsLong());
  }

  static String of(Totals totals) {
    List<Object> values = new ArrayList<>();
    for (Amount each : amounts(totals)) {
      values.add(each.objects());
      values.add(each.size().bytes());
    }
    values.add(totals.requests());
    return line(END, values.toArray());
  }

  private static List<Amount> amounts(Totals totals) {
    return List.of(
        totals.scanned(),
        totals.expired(),
        totals.planned(),
        totals.newest(),
        totals.held(),
        totals.unclear(),
        totals.leftovers());
  }

  static boolean isEnd(String line) {
    return line.startsWith(END + "\t");
  }

  /**
   * What the second line says.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static Head head(String line) {
    Values values = new Values(line, PLANNED, 6);
    String bucket = values.next();
    Instant now = values.instant();
    Optional<Instant> backendTime =
        values.isNothing() ? Optional.empty() : Optional.of(values.instant());
    RetentionPolicy policy =
        values.isNothing()
            ? RetentionPolicy.keepEverything()
            : RetentionPolicy.samplesFor(values.duration());
    policy = policy.keepingNewest(Math.toIntExact(values.number()));
    Optional<Duration> leftoversAfter =
        values.isNothing() ? Optional.empty() : Optional.of(values.duration());
    return new Head(
        new Cleanup(policy, leftoversAfter, CleanupGuards.DEFAULT), bucket, now, backendTime);
  }

  /**
   * What a line says is to be removed.
   *
   * @throws IllegalArgumentException if it says nothing such
   */
  static Entry entry(String line) {
    int tab = line.indexOf('\t');
    switch (tab < 0 ? line : line.substring(0, tab)) {
      case SAMPLE -> {
        Values values = new Values(line, SAMPLE, 4);
        return new ExpiredSample(
            values.sample(), values.number(), values.instant(), new VersionToken(values.next()));
      }
      case UNCLEAR -> {
        Values values = new Values(line, UNCLEAR, 3);
        LogSample sample = values.sample();
        return new Unclear(
            sample, new CleanupReport.Failure(sample.key().value(), values.next(), values.next()));
      }
      case LEFTOVER -> {
        Values values = new Values(line, LEFTOVER, 5);
        return new Debris(
            new Leftover(
                ArtifactKind.valueOf(values.next()),
                Leftover.Type.valueOf(values.next()),
                values.next(),
                values.instant(),
                values.isNothing() ? OptionalLong.empty() : OptionalLong.of(values.number())));
      }
      default ->
          throw new IllegalArgumentException(
              "it must begin with " + SAMPLE + ", " + LEFTOVER + ", " + UNCLEAR + " or " + END);
    }
  }

  /**
   * What the last line says.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static Totals totals(String line) {
    Values values = new Values(line, END, 15);
    return new Totals(
        values.amount(),
        values.amount(),
        values.amount(),
        values.amount(),
        values.amount(),
        values.amount(),
        values.amount(),
        values.number());
  }

  private static String line(String word, Object... values) {
    return Arrays.stream(values)
        .map(value -> encoded(value.toString()))
        .collect(Collectors.joining("\t", word + "\t", ""));
  }

  private static String encoded(String value) {
    StringBuilder text = new StringBuilder();
    value
        .chars()
        .forEach(
            each -> {
              if (each == '%' || Character.isISOControl(each)) {
                text.append(String.format("%%%02x", each));
              } else {
                text.append((char) each);
              }
            });
    return text.toString();
  }

  private static String decoded(String text) {
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '%') {
        value.append(text.charAt(i));
        continue;
      }
      if (i + 2 >= text.length()) {
        throw new IllegalArgumentException("a % must be followed by two hexadecimal digits");
      }
      value.append((char) HexFormat.fromHexDigits(text, i + 1, i + 3));
      i += 2;
    }
    return value.toString();
  }

  /** The values of a line, one after the other. */
  private static final class Values {
    private final Iterator<String> values;
    private String ahead = "";

    Values(String line, String word, int count) {
      List<String> all = List.of(line.split("\t", -1));
      if (!all.get(0).equals(word) || all.size() != count + 1) {
        throw new IllegalArgumentException(
            "it must be " + word + " and " + count + " values with tabs between them");
      }
      values = all.subList(1, all.size()).iterator();
      ahead = values.next();
    }

    String next() {
      String value = ahead;
      ahead = values.hasNext() ? values.next() : "";
      return decoded(value);
    }

    /** Whether the next value is not there; then it is passed over. */
    boolean isNothing() {
      boolean isNothing = ahead.equals(NOTHING);
      if (isNothing) {
        next();
      }
      return isNothing;
    }

    long number() {
      long number = Long.parseLong(next());
      if (number < 0) {
        throw new IllegalArgumentException(number + " must not be negative");
      }
      return number;
    }

    Instant instant() {
      return Instant.parse(next());
    }

    Duration duration() {
      return Duration.parse(next());
    }

    Amount amount() {
      return new Amount(number(), ByteSize.of(number()));
    }

    LogSample sample() {
      String key = next();
      if (Artifact.at(key) instanceof LogSample sample) {
        return sample;
      }
      throw new IllegalArgumentException(
          quoted(key) + " is not the key of a log sample, and a cleanup removes nothing else");
    }
  }
}
