package io.taforge.storage.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.Buckets;
import io.taforge.storage.Capability;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Operation;
import io.taforge.storage.Page;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million log samples are counted and cleaned up in a JVM with a heap of 64 MB. */
@Tag("reliability")
class MillionArtifactsTest {
  @Test
  void memoryDoesNotGrowWithWhatIsCounted() throws Exception {
    Ended counting = inASmallHeap("count");

    assertThat(counting.output()).isEqualTo("1000000 1000000000 500000 1000 pages\n");
    assertThat(counting.code()).isZero();
  }

  @Test
  void memoryDoesNotGrowWithWhatIsCleanedUp() throws Exception {
    Ended cleaning = inASmallHeap("clean");

    assertThat(cleaning.output())
        .isEqualTo("DONE 1000000 scanned, 500000 planned, 500000 deleted, 500000 gone\n");
    assertThat(cleaning.code()).isZero();
  }

  @Test
  void memoryDoesNotGrowWithWhatIsScrubbedNorWithWhatIsDamaged() throws Exception {
    Ended scrubbing = inASmallHeap("scrub");

    System.out.print("Reliability S1: with -Xmx64m, " + scrubbing.output());
    assertThat(scrubbing.output())
        .matches(
            "1000000 scanned, (19|20)\\d{3} damaged, 9[78]\\d{4} not in the sample, 10000 told\n");
    assertThat(scrubbing.code()).isZero();
  }

  @Test
  void theHeapIsTooSmallForAllOfThem() throws Exception {
    Ended hoarding = inASmallHeap("keep");

    assertThat(hoarding.output()).contains("OutOfMemoryError");
    assertThat(hoarding.code()).isNotZero();
    System.out.println("Reliability R3 control: a list of 1000000 with -Xmx64m fails");
  }

  private record Ended(int code, String output) {}

  private static Ended inASmallHeap(String what) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Count.class.getName(),
                what)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }

  static final class Count {
    private Count() {}

    public static void main(String[] arguments) {
      Samples samples = new Samples();
      ArtifactStore store =
          (ArtifactStore)
              Proxy.newProxyInstance(
                  ArtifactStore.class.getClassLoader(),
                  new Class<?>[] {ArtifactStore.class},
                  samples);
      if (arguments[0].equals("keep")) {
        System.out.println(store.scan(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).toList().size());
        return;
      }
      if (arguments[0].equals("clean")) {
        clean(store, samples);
        return;
      }
      if (arguments[0].equals("scrub")) {
        scrub(store);
        return;
      }
      StorageStats stats =
          new ObjectStorageClient(store)
              .storageStats(
                  RetentionPolicy.samplesFor(Duration.ofDays(30)),
                  Clock.fixed(Samples.NOW, ZoneOffset.UTC));
      System.out.printf(
          "%d %d %d %d pages%n",
          stats.objects(), stats.size().bytes(), stats.expired().objects(), samples.pages.get());
    }
  }

  /** All that is read is damaged. */
  private static void scrub(ArtifactStore store) {
    ScrubReport report =
        new ObjectStorageClient(store)
            .scrub(Scrub.everything().sampling(2, 42), Clock.fixed(Samples.NOW, ZoneOffset.UTC));
    System.out.printf(
        "%d scanned, %d damaged, %d not in the sample, %d told%n",
        report.scanned().objects(),
        report.damaged().objects(),
        report.notSampled().objects(),
        report.findings().size());
  }

  private static void clean(ArtifactStore store, Samples samples) {
    CleanupReport report =
        new ObjectStorageClient(store)
            .cleanupExpiredSamples(
                RetentionPolicy.samplesFor(Duration.ofDays(30)),
                Clock.fixed(Samples.NOW, ZoneOffset.UTC));
    System.out.printf(
        "%s %d scanned, %d planned, %d deleted, %d gone%n",
        report.outcome(),
        report.scanned().objects(),
        report.planned().objects(),
        report.deleted().objects(),
        samples.deletions.get());
  }

  /** A store that makes up what it lists: every other sample is 31 days old. */
  static final class Samples implements InvocationHandler {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final int MANY = 1_000_000;
    private static final FileName NAME = FileName.of("access.log");

    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger deletions = new AtomicInteger();

    @Override
    public Object invoke(Object store, Method method, Object[] arguments) throws Throwable {
      return switch (method.getName()) {
        case "list" -> list((ListQuery) arguments[0]);
        case "scan", "backendTime", "leftovers" ->
            InvocationHandler.invokeDefault(store, method, arguments);
        case "buckets" -> Buckets.defaults();
        case "capabilities" -> Set.of(Capability.CONDITIONAL_DELETE);
        case "get" -> rotten((LogSample) arguments[0]);
        case "find" -> Optional.of(facts((LogSample) arguments[0]));
        case "deleteUnchanged" -> {
          deletions.incrementAndGet();
          yield DeleteOutcome.DELETED;
        }
        default -> throw new AssertionError(method + " is not needed to count or clean up");
      };
    }

    private Page<ArtifactSummary> list(ListQuery query) {
      if (query.prefix().kind() != ArtifactKind.LOG_SAMPLE) {
        return Page.last(List.of());
      }
      pages.incrementAndGet();
      long first = query.after().isEmpty() ? 0 : number(query.after()) + 1;
      long next = Math.min(first + query.pageSize(), MANY);
      List<ArtifactSummary> entries =
          LongStream.range(first, next).mapToObj(Samples::summary).toList();
      return next == MANY
          ? Page.last(entries)
          : Page.of(entries, query.after(entries.get(entries.size() - 1).artifact().key()));
    }

    private static ArtifactSummary summary(long number) {
      LogSample sample = new LogSample(RequestId.of(new UUID(number, 0)), NAME);
      Duration age = Duration.ofDays(number % 2 == 0 ? 31 : 1);
      return new ArtifactSummary(
          sample, 1000, NOW.minus(age), new VersionToken(Long.toString(number)));
    }

    private static ArtifactContent rotten(LogSample sample) {
      StoredArtifact facts = facts(sample);
      return ArtifactContent.whole(
          facts,
          new ByteArrayInputStream(new byte[1000]),
          FailureContext.of(Operation.GET, Buckets.defaults(), sample),
          (context, failure) -> {
            throw new AssertionError(failure);
          });
    }

    private static StoredArtifact facts(LogSample sample) {
      ArtifactSummary summary = summary(number(sample.key().value()));
      return new StoredArtifact(
          sample,
          summary.size(),
          summary.storedAt(),
          summary.version(),
          Optional.of(Sha256.of(new byte[1])),
          ContentType.BINARY,
          Metadata.none());
    }

    private static long number(String key) {
      return UUID.fromString(key.split("/")[1]).getMostSignificantBits();
    }
  }
}
