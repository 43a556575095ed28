package io.taforge.storage.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactView;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.client.ScrubReport.Finding;
import io.taforge.storage.client.ScrubReport.Verdict;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScrubTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  private final InMemoryArtifactStore store = new InMemoryArtifactStore(new InMemorySpace(CLOCK));
  private final List<String> changes = new CopyOnWriteArrayList<>();
  private final RequestId request = RequestId.random();

  /** What becomes of a call, by its name and its first argument. */
  private interface Interference {
    void on(String method, Object first);
  }

  private ObjectStorageClient client(Interference interference) {
    ArtifactStore interposed =
        (ArtifactStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, method, arguments) -> {
                  if (method.getDeclaringClass() != ArtifactView.class) {
                    changes.add(method.getName());
                  }
                  interference.on(method.getName(), arguments == null ? "" : arguments[0]);
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new ObjectStorageClient(interposed);
  }

  private ObjectStorageClient client() {
    return client((method, first) -> {});
  }

  @BeforeEach
  void storeSome() {
    store.createBuckets();
    for (int i = 0; i < 300; i++) {
      store.put(sample(i), ContentSource.of(CONTENT), PutOptions.defaults());
    }
    store.put(
        new DebugBundle(ValidationRunId.random(), FileName.of("empty.zip")),
        ContentSource.of(new byte[0]),
        PutOptions.defaults());
  }

  private LogSample sample(int number) {
    return new LogSample(request, FileName.of("%03d.log".formatted(number)));
  }

  @Test
  void everythingIsReadAndNothingChanged() {
    AtomicLong told = new AtomicLong();

    ScrubReport report =
        client().scrub(Scrub.everything().telling((bytes, total) -> told.set(bytes)), CLOCK);

    assertThat(report.verified().objects()).isEqualTo(301);
    assertThat(report.verified().size().bytes()).isEqualTo(300L * CONTENT.length);
    assertThat(report.scanned()).isEqualTo(report.verified());
    assertThat(report.isComplete()).isTrue();
    assertThat(report.isDamaged() || report.isFailed()).isFalse();
    assertThat(report.findings()).isEmpty();
    assertThat(told).hasValue(300L * CONTENT.length);
    assertThat(changes).isEmpty();
  }

  @Test
  void whatIsFoundIsToldApart() {
    ObjectStorageClient client =
        client(
            (method, first) -> {
              FailureContext context =
                  FailureContext.of(Operation.GET, store.buckets(), ArtifactKind.LOG_SAMPLE);
              if (method.equals("get") && first.equals(sample(7))) {
                throw new StorageIntegrityException(context, "it is another");
              }
              if (method.equals("get") && first.equals(sample(8))) {
                throw new StorageNotFoundException(context, "it is gone");
              }
              if (method.equals("get") && first.equals(sample(9))) {
                throw new StorageConnectionException(context, "no answer");
              }
            });

    ScrubReport report = client.scrub(Scrub.everything(), CLOCK);

    assertThat(report.damaged().objects()).isOne();
    assertThat(report.gone().objects()).isOne();
    assertThat(report.failed().objects()).isOne();
    assertThat(report.verified().objects()).isEqualTo(298);
    assertThat(report.isDamaged() && report.isFailed()).isTrue();
    assertThat(report.isComplete()).isFalse();
    assertThat(report.findings())
        .extracting(Finding::verdict, Finding::name)
        .containsExactly(
            tuple(Verdict.DAMAGED, sample(7).key().value()),
            tuple(Verdict.FAILED, sample(9).key().value()));
  }

  @Test
  void aSampleIsTheSameWithTheSameSeedOnly() {
    ScrubReport first = client().scrub(Scrub.everything().sampling(20, 1), CLOCK);
    Set<List<String>> samples = new HashSet<>();
    for (int seed : new int[] {1, 1, 2, 3}) {
      List<String> read = new CopyOnWriteArrayList<>();
      client(
              (method, artifact) -> {
                if (method.equals("get")) {
                  read.add(artifact.toString());
                }
              })
          .scrub(Scrub.everything().sampling(20, seed), CLOCK);
      List<String> sorted = new ArrayList<>(read);
      sorted.sort(null);
      samples.add(sorted);
    }

    assertThat(samples).hasSize(3);
    assertThat(first.verified().objects()).isBetween(30L, 100L);
    assertThat(first.notSampled().objects()).isEqualTo(301 - first.verified().objects());
    assertThat(first.isComplete()).isTrue();
    assertThat(Scrub.everything().sampling(20).seed()).isPositive();
  }

  @Test
  void whenTheTimeIsOverThatIsTold() {
    ObjectStorageClient slow =
        client(
            (method, first) -> {
              if (method.equals("get")) {
                sleep(20);
              }
            });

    ScrubReport report = slow.scrub(Scrub.everything().within(Duration.ofMillis(60)), CLOCK);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.isDamaged() || report.isFailed()).isFalse();
    assertThat(report.verified().objects()).isLessThan(300);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatTakesLessThanItsTimeIsReadToItsEnd() {
    ScrubReport report = client().scrub(Scrub.everything().within(Duration.ofHours(1)), CLOCK);

    assertThat(report.isComplete()).isTrue();
    assertThat(report.verified().objects()).isEqualTo(301);
  }

  @Test
  void whatWasReadInPartWhenTheTimeWasOverIsNotVerified() {
    Scrub scrub =
        Scrub.everything().within(Duration.ofMillis(50)).telling((bytes, total) -> sleep(60));

    ScrubReport report = client().scrub(scrub, CLOCK);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.verified().objects()).isZero();
  }

  @Test
  void whatCannotBeListedIsAFailureAndTheOthersAreReadAllTheSame() {
    ObjectStorageClient client =
        client(
            (method, first) -> {
              if (method.equals("scan") && first.toString().startsWith("samples")) {
                throw new StorageConnectionException(
                    FailureContext.of(Operation.LIST), "no answer");
              }
            });

    ScrubReport report = client.scrub(Scrub.everything(), CLOCK);

    assertThat(report.verified().objects()).isOne();
    assertThat(report.isFailed()).isTrue();
    assertThat(report.isComplete()).isFalse();
    assertThat(report.findings())
        .extracting(Finding::name, Finding::message)
        .containsExactly(tuple("samples/", "Cannot list: no answer"));
  }

  @Test
  void aServerThatFailsAgainAndAgainIsLeftAlone() {
    AtomicLong asked = new AtomicLong();
    ObjectStorageClient client =
        client(
            (method, first) -> {
              if (method.equals("get")) {
                asked.incrementAndGet();
                throw new StorageConnectionException(FailureContext.of(Operation.GET), "no answer");
              }
            });

    ScrubReport report = client.scrub(Scrub.everything(), CLOCK);

    assertThat(asked.get()).isBetween(100L, 299L);
    assertThat(report.isFailed()).isTrue();
    assertThat(report.isComplete()).isFalse();
  }

  @Test
  void oneEventIsRecorded() {
    RecordedEvents trail = new RecordedEvents();

    client().recordedBy(trail, CLOCK).scrub(Scrub.everything(), CLOCK);

    assertThat(trail.all()).extracting(AuditEvent::event).containsExactly("storage_scrubbed");
    assertThat(trail.all().get(0).size()).hasValue(300L * CONTENT.length);
  }

  @Test
  void whatIsNoSampleIsRefused() {
    for (double percent : new double[] {0, -1, 100.1, Double.NaN}) {
      assertThatThrownBy(() -> Scrub.everything().sampling(percent, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not a sample");
    }
    assertThatThrownBy(() -> Scrub.everything().within(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
