package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.Lease;
import io.taforge.storage.Leftover;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the lease and the files of another process when it is killed with SIGKILL. */
class LeaseOfAKilledProcessTest {
  @TempDir private Path root;
  private ArtifactStore store;

  @BeforeEach
  void openStore() {
    store = FilesystemArtifactStore.open(FilesystemSettings.at(root));
    store.createBuckets();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void aKilledProcessLosesItsLeaseAtOnceAndItsHalfWrittenFileIsListed() throws Exception {
    Process other =
        Jvm.start(
            Map.of(),
            List.of("-XX:TieredStopAtLevel=1"),
            List.of(Holder.class.getName(), root.toString()));
    try (BufferedReader lines = other.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("half of it is there");
      assertThatThrownBy(() -> store.acquireLease("this one", Duration.ofHours(1)))
          .isInstanceOf(StorageConflictException.class)
          .hasMessageContaining("the other process has it until ");
      assertThat(store.leftovers(ArtifactKind.TA_BUNDLE)).isEmpty();
      Leftover living = half();
      assertThat(store.deleteLeftover(living)).isEqualTo(DeleteOutcome.ABSENT);

      other.destroyForcibly().waitFor();

      try (Lease lease = store.acquireLease("this one", Duration.ofHours(1))) {
        lease.renew();
      }
      assertThat(store.leftovers(ArtifactKind.TA_BUNDLE))
          .singleElement()
          .isEqualTo(
              new Leftover(
                  ArtifactKind.TA_BUNDLE,
                  Leftover.Type.FILE,
                  living.name(),
                  living.since(),
                  OptionalLong.of(living.size().getAsLong())));
      assertThat(store.deleteLeftover(living)).isEqualTo(DeleteOutcome.DELETED);
      assertThat(store.leftovers(ArtifactKind.TA_BUNDLE)).isEmpty();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  /** The file that the other process is writing, as a leftover would be named. */
  private Leftover half() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(".taforge/work"))) {
      Path file = files.filter(each -> each.toString().endsWith(".part")).findFirst().orElseThrow();
      return new Leftover(
          ArtifactKind.TA_BUNDLE,
          Leftover.Type.FILE,
          file.getParent().getFileName() + "/" + file.getFileName(),
          Files.getLastModifiedTime(file).toInstant(),
          OptionalLong.of(Files.size(file)));
    }
  }

  /** Takes the lease for an hour and writes half a bundle, until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) {
      ArtifactStore store = FilesystemArtifactStore.open(FilesystemSettings.at(arguments[0]));
      store.acquireLease("the other process", Duration.ofHours(1));
      InputStream endless =
          new InputStream() {
            private int count;

            @Override
            public int read() throws IOException {
              if (count == 1 << 20) {
                System.out.println("half of it is there");
                try {
                  Thread.sleep(Duration.ofMinutes(5).toMillis());
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
              }
              count++;
              return 0;
            }
          };
      store.put(
          FolderHarness.artifactOf(ArtifactKind.TA_BUNDLE),
          ContentSource.of(endless),
          PutOptions.defaults());
    }
  }
}
