package io.taforge.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** The example of the README is the first case here, and works. */
class FaultyStoreExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/taforge/storage/contract/FaultyStoreExampleTest.java");

  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));
  private final ArtifactStore anyStore = memory();

  @Test
  void anUploadIsTriedAgainWhenItsAnswerWasLost() {
    FaultyArtifactStore store =
        FaultyArtifactStore.over(anyStore)
            .atCall(Operation.PUT, 1, StoreFault.lostAnswer())
            .atCall(Operation.PUT, 2, StoreFault.failure(StorageConnectionException::new));

    uploadPatiently(new ObjectStorageClient(store)); // what is yours, and to be tested

    assertThat(store.find(sample)).isPresent();
    assertThat(store.injections()).hasSize(2); // and prints what was done to which call
  }

  @Test
  void theReadmeShowsThisCode() throws IOException {
    String source = Files.readString(SOURCE);
    int begin = source.indexOf("  @Test");
    String shown = source.substring(begin, source.indexOf("\n\n", source.indexOf("}", begin)));

    assertThat(Files.readString(Path.of("README.md")))
        .contains("```java\n" + shown.indent(-2) + "```");
  }

  private void uploadPatiently(ObjectStorageClient client) {
    for (int attempt = 1; ; attempt++) {
      try {
        client.upload(sample, ContentSource.of("GET /\n".getBytes(UTF_8)), PutOptions.defaults());
        return;
      } catch (StorageException e) {
        if (!e.isRetryable() || attempt == 5) {
          throw e;
        }
      }
    }
  }

  private static ArtifactStore memory() {
    ArtifactStore memory = new InMemoryArtifactStore(new InMemorySpace(Clock.systemUTC()));
    memory.createBuckets();
    return memory;
  }
}
