package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.client.Scrub;
import io.taforge.storage.client.ScrubReport;
import io.taforge.storage.client.ScrubReport.Finding;
import io.taforge.storage.client.ScrubReport.Verdict;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Flips bits in the files of a folder and looks whether a scrub finds them. {@code
 * -Dscrub.flips=10000} makes it longer, {@code -Dscrub.seed} repeats a run.
 */
class ScrubTest {
  private static final int FLIPS = Integer.getInteger("scrub.flips", 500);
  private static final long SEED = Long.getLong("scrub.seed", System.nanoTime());
  private static final int ROTTEN = 100;
  private static final int FINE = 20;

  private final Random random = new Random(SEED);
  private final List<Artifact> artifacts = new ArrayList<>();
  private Path root;
  private ArtifactStore store;

  @BeforeEach
  void storeSome() throws IOException {
    root = Files.createTempDirectory("taforge-scrub");
    store =
        FilesystemArtifactStore.open(
            FilesystemSettings.at(root).withDurability(FilesystemSettings.Durability.NONE));
    store.createBuckets();
    for (int i = 0; i < ROTTEN + FINE; i++) {
      byte[] content = new byte[1 + random.nextInt(i % 10 == 0 ? 1_000_000 : 3000)];
      random.nextBytes(content);
      Artifact artifact = artifact(i);
      store.put(
          artifact,
          ContentSource.of(content),
          PutOptions.defaults().withMetadata(Metadata.of("source", "ö " + i)));
      artifacts.add(artifact);
    }
  }

  @AfterEach
  void removeFolder() throws IOException {
    store.close();
    FolderHarness.delete(root);
  }

  private Artifact artifact(int number) {
    RequestId request = RequestId.of(new UUID(random.nextLong(), number));
    return switch (number % 3) {
      case 0 -> new LogSample(request, FileName.of("a.log"));
      case 1 ->
          new TaBundle(
              request, BundleVersion.of(1), RevisionId.of(new UUID(number, random.nextLong())));
      default ->
          new DebugBundle(
              ValidationRunId.of(new UUID(random.nextLong(), number)), FileName.of("a.zip"));
    };
  }

  /** A bit that is another one until this is closed. */
  private final class Flip implements AutoCloseable {
    private final Path file;
    private final byte[] before;
    private final FileTime time;

    Flip(Path file) throws IOException {
      this.file = file;
      this.before = Files.readAllBytes(file);
      this.time = Files.getLastModifiedTime(file);
      byte[] after = before.clone();
      after[random.nextInt(after.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, after);
      if (random.nextInt(4) > 0) { // a disk that rots tells no new time, and a bad copy does
        Files.setLastModifiedTime(file, time);
      }
    }

    @Override
    public void close() throws IOException {
      Files.write(file, before);
      Files.setLastModifiedTime(file, time);
    }
  }

  private Path content(Artifact artifact) {
    return root.resolve(store.buckets().of(artifact.kind())).resolve(artifact.key().value());
  }

  private Path record(Artifact artifact) {
    return root.resolve(".taforge/records")
        .resolve(store.buckets().of(artifact.kind()))
        .resolve(artifact.key().value());
  }

  private static ScrubReport scrub(ArtifactStore of) {
    return new ObjectStorageClient(of).scrub(Scrub.everything(), Clock.systemUTC());
  }

  @Test
  void everyFlippedBitIsFoundInContentAndInWhatIsKeptBesideIt() throws IOException {
    assertThat(scrub(store).verified().objects()).isEqualTo(ROTTEN + FINE);
    int flipped = 0;
    int found = 0;
    while (flipped < FLIPS) {
      List<Flip> flips = new ArrayList<>();
      List<String> rotten = new ArrayList<>();
      for (Artifact each : artifacts.subList(0, Math.min(ROTTEN, FLIPS - flipped))) {
        flips.add(new Flip(random.nextInt(5) > 0 ? content(each) : record(each)));
        rotten.add(each.key().value());
      }

      ScrubReport report = scrub(store);

      assertThat(report.findings())
          .as("seed %d", SEED)
          .allMatch(finding -> finding.verdict() == Verdict.DAMAGED)
          .extracting(Finding::name)
          .containsExactlyInAnyOrderElementsOf(rotten);
      assertThat(report.verified().objects()).isEqualTo(artifacts.size() - rotten.size());
      flipped += flips.size();
      found += (int) report.damaged().objects();
      for (Flip each : flips) {
        each.close();
      }
    }
    assertThat(scrub(store).verified().objects()).isEqualTo(ROTTEN + FINE);
    System.out.printf(
        "Reliability S1: %d bits flipped in content and records, %d found (seed %d)%n",
        flipped, found, SEED);
  }

  /** A range is of the right length, and is not compared with anything else. */
  @Test
  void whoeverTrustsSizesAndTimesMissesThem() throws IOException {
    ArtifactStore trusting =
        (ArtifactStore)
            Proxy.newProxyInstance(
                ScrubTest.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("get") && arguments.length == 1) {
                    return store.get((Artifact) arguments[0], ByteRange.from(0));
                  }
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    List<Flip> flips = new ArrayList<>();
    for (Artifact each : artifacts.subList(0, ROTTEN)) {
      flips.add(new Flip(content(each)));
    }

    ScrubReport blind = scrub(trusting);
    ScrubReport report = scrub(store);

    System.out.printf(
        "Reliability S1 control: trusting sizes and times, %d of %d flipped bits missed (seed %d)%n",
        flips.size() - blind.damaged().objects(), flips.size(), SEED);
    assertThat(blind.damaged().objects()).isZero();
    assertThat(blind.verified().objects()).isEqualTo(artifacts.size());
    assertThat(report.damaged().objects()).isEqualTo(ROTTEN);
  }

  @Test
  void whatSomebodyHasPutThereByHandIsToldApart() throws IOException {
    Path foreign = content(artifact(0));
    Files.createDirectories(foreign.getParent());
    Files.writeString(foreign, "by hand");

    ScrubReport report = scrub(store);

    assertThat(report.unverifiable().objects()).isOne();
    assertThat(report.findings())
        .extracting(Finding::verdict)
        .containsExactly(Verdict.UNVERIFIABLE);
    assertThat(report.verified().objects()).isEqualTo(artifacts.size());
  }

  @Test
  void nothingIsWritten() throws IOException {
    List<String> before = everything();
    new Flip(content(artifacts.get(0))).close();

    ScrubReport report = scrub(store);

    assertThat(report.scanned().objects()).isEqualTo(artifacts.size());
    assertThat(everything()).isEqualTo(before);
  }

  private List<String> everything() throws IOException {
    List<String> files = new ArrayList<>();
    try (var walk = Files.walk(root)) {
      for (Path each : walk.sorted().toList()) {
        files.add(each + " " + Files.size(each) + " " + Files.getLastModifiedTime(each));
      }
    }
    return files;
  }
}
