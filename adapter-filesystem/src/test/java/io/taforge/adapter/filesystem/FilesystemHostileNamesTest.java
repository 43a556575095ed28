package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.HostileNamesContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class FilesystemHostileNamesTest extends HostileNamesContract {
  private static final String NEIGHBOUR = "neighbour";

  @TempDir Path around;

  @Override
  protected ArtifactStoreHarness harness() {
    try {
      Files.writeString(around.resolve(NEIGHBOUR), NEIGHBOUR);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ArtifactStoreHarness() {
      @Override
      public ArtifactStore open() {
        ArtifactStore store =
            FilesystemArtifactStore.open(
                FilesystemSettings.at(around.resolve("root"))
                    .withDurability(FilesystemSettings.Durability.NONE));
        store.createBuckets();
        return store;
      }

      @Override
      public Set<Capability> capabilities() {
        return EnumSet.of(Capability.LEASES);
      }

      @Override
      public void cleanup() {
        // the folder is temporary
      }
    };
  }

  /** The root, and the neighbour as it was; in the root the buckets and what is ours. */
  @Override
  protected void checkSurroundings() {
    assertThat(namesIn(around)).containsExactlyInAnyOrder("root", NEIGHBOUR);
    assertThat(around.resolve(NEIGHBOUR)).hasContent(NEIGHBOUR);
    assertThat(namesIn(around.resolve("root")))
        .containsExactlyInAnyOrder(".taforge", "log-samples", "ta-artifacts", "debug-bundles");
  }

  private static List<String> namesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
