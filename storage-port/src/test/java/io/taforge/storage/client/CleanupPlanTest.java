package io.taforge.storage.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanupPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123456789Z");
  private static final LogSample SAMPLE =
      new LogSample(
          RequestId.parse("00000000-0000-4000-8000-000000000001"), FileName.of("100% déjà.log"));
  private static final Head HEAD =
      new Head(
          new Cleanup(
              RetentionPolicy.samplesFor(Duration.ofDays(30)).keepingNewest(3),
              Optional.of(Duration.ofDays(1)),
              CleanupGuards.DEFAULT),
          "log-samples",
          NOW,
          Optional.of(NOW.minusSeconds(3)));
  private static final List<Entry> ENTRIES =
      List.of(
          new ExpiredSample(SAMPLE, 42, Instant.EPOCH, new VersionToken("\"a\tb%\"")),
          new Unclear(
              SAMPLE, new CleanupReport.Failure(SAMPLE.key().value(), "Kind", "Cannot\nsay")),
          new Debris(
              new Leftover(
                  ArtifactKind.TA_BUNDLE,
                  Leftover.Type.UPLOAD,
                  "x -",
                  Instant.EPOCH,
                  OptionalLong.empty())),
          new Debris(
              new Leftover(
                  ArtifactKind.LOG_SAMPLE,
                  Leftover.Type.FILE,
                  "y",
                  Instant.EPOCH,
                  OptionalLong.of(7))));
  private static final Totals TOTALS =
      new Totals(
          amount(10, 1000),
          amount(3, 126),
          amount(1, 42),
          amount(1, 42),
          Amount.NONE,
          amount(1, 42),
          amount(2, 7),
          5);

  @TempDir private Path folder;

  private static Amount amount(long objects, long bytes) {
    return new Amount(objects, ByteSize.of(bytes));
  }

  private Path written() throws IOException {
    Path file = folder.resolve("plan");
    try (PlanWriter writer = new PlanWriter(file, HEAD)) {
      for (Entry each : ENTRIES) {
        writer.write(each);
      }
      assertThat(file).doesNotExist();
      writer.complete(TOTALS);
    }
    return file;
  }

  @Test
  void whatWasPlannedIsRead() throws IOException {
    CleanupPlan plan = CleanupPlan.read(written());
    List<Entry> entries = new ArrayList<>();
    plan.forEach(entries::add);

    assertThat(plan.head()).isEqualTo(HEAD);
    assertThat(plan.totals()).isEqualTo(TOTALS);
    assertThat(entries).isEqualTo(ENTRIES);
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
  }

  @Test
  void aPlanThatCameToNoEndLeavesNothing() throws IOException {
    try (PlanWriter writer = new PlanWriter(folder.resolve("plan"), HEAD)) {
      writer.write(ENTRIES.get(0));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatWasCutOffIsNoPlan() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path cut = folder.resolve("cut");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> CleanupPlan.read(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not a cleanup plan: line ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          taforge-cleanup-plan    | other                | must read taforge-cleanup-plan 1
          \\t42\\t                 | \\t43\\t              | its numbers are not those
          samples/                | tas/                 | is not the key of a
          /100%25                 | /../                 | line 3
          \\tFILE\\t               | \\tFOLDER\\t          | FOLDER
          sample\\t                | bundle\\t             | it must begin with sample
          1970-01-01T00:00:00Z    | yesterday            | yesterday
          end\\t10                 | end\\t-10             | must not be negative
          x -                     | x%2                  | two hexadecimal digits
          x -                     | x%zz                 | line 5
          end\\t10                 | end\\t10\\t11          | 15 values
          """)
  void whatIsNotAsItShouldBeIsNamed(String found, String other, String reason) throws IOException {
    Path file = written();
    String text = Files.readString(file);
    String changed =
        text.replaceFirst(Pattern.quote(found.replace("\\t", "\t")), other.replace("\\t", "\t"));
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed);

    assertThatThrownBy(() -> CleanupPlan.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + " is not a cleanup plan: line ")
        .hasMessageContaining(reason);
  }

  @Test
  void whatIsNoTextOrHasNoEndIsNoPlan() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, new byte[] {'t', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> CleanupPlan.read(file)).hasMessageContaining("it is not UTF-8");
    Files.writeString(file, "x".repeat(1 << 20), ISO_8859_1);
    assertThatThrownBy(() -> CleanupPlan.read(file)).hasMessageContaining("longer than 65536");
    Files.writeString(file, Files.readString(written()) + "more\n");
    assertThatThrownBy(() -> CleanupPlan.read(file)).hasMessageContaining("behind the end");
  }

  @Test
  void whatIsNotSetIsReadAsNotSet() throws IOException {
    Head head =
        new Head(
            new Cleanup(RetentionPolicy.keepEverything(), Optional.empty(), CleanupGuards.DEFAULT),
            "log-samples",
            NOW,
            Optional.empty());
    Path file = folder.resolve("plan");
    try (PlanWriter writer = new PlanWriter(file, head)) {
      writer.complete(Totals.NONE);
    }

    CleanupPlan plan = CleanupPlan.read(file);
    assertThat(plan.head()).isEqualTo(head);
    assertThat(plan.head().skew()).isZero();
    assertThat(HEAD.skew()).isEqualTo(Duration.ofSeconds(3));
    assertThat(plan.totals()).isEqualTo(Totals.NONE);
    plan.forEach(each -> Assertions.fail("there is nothing in it: " + each));
    plan.close();
    assertThat(file).as("it is not a temporary one").exists();
  }

  @Test
  void aFolderIsNoPlan() {
    assertThatThrownBy(() -> CleanupPlan.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + " is a folder and not a cleanup plan");
  }

  @Test
  void aPlanOfAnEmptyLineOrAWordAloneIsRefused() throws IOException {
    Path file = written();
    List<String> lines = Files.readAllLines(file);
    for (String other : List.of("", "sample", "planned\tx", "end")) {
      List<String> changed = new ArrayList<>(lines);
      changed.set(2, other);
      Files.write(file, changed);

      assertThatThrownBy(() -> CleanupPlan.read(file))
          .as(other)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("line 3");
    }
  }

  @Test
  void asManyLeftoversAreReadAsWereCounted() throws IOException {
    Path file = written();
    String text = Files.readString(file);
    Files.writeString(
        file,
        text.replace(
            "end\t10\t1000\t3\t126\t1\t42\t1\t42\t0\t0\t1\t42\t2\t7",
            "end\t10\t1000\t3\t126\t1\t42\t1\t42\t0\t0\t1\t42\t3\t7"));
    assertThat(Files.readString(file)).isNotEqualTo(text);

    assertThatThrownBy(() -> CleanupPlan.read(file))
        .hasMessageContaining("its numbers are not those");
  }
}
