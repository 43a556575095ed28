package io.taforge.adapter.filesystem;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageNotFoundException;
import java.io.IOException;
import java.nio.file.Path;

/** Our store; content and metadata tell the step, and must agree. */
final class TaforgeContestant implements Contestant {
  private final FilesystemArtifactStore store;

  TaforgeContestant(Path root, FilesystemSettings.Durability durability) {
    store = FilesystemArtifactStore.open(FilesystemSettings.at(root).withDurability(durability));
    store.createBuckets();
  }

  @Override
  public void put(DurableStep step) {
    Metadata metadata = Metadata.of("step", Integer.toString(step.number()));
    store.put(
        step.sample(),
        ContentSource.of(step.content()),
        PutOptions.defaults().withMetadata(metadata));
  }

  @Override
  public void delete(LogSample sample) {
    store.delete(sample);
  }

  @Override
  public int find(int thread, LogSample sample) throws IOException {
    try (ArtifactContent content = store.get(sample)) {
      int step = DurableStep.of(thread, content.stream().readAllBytes());
      String told = content.artifact().metadata().value("step").orElse("");
      return told.equals(Integer.toString(step)) ? step : DAMAGED;
    } catch (StorageNotFoundException e) {
      return NOTHING;
    } catch (StorageException e) {
      return DAMAGED;
    }
  }

  /** A listing shows what can be found and nothing else, and nothing that is half done is left. */
  @Override
  public int strays(int found) {
    long listed = store.scan(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).count();
    return (int) (Math.abs(listed - found) + store.leftovers(ArtifactKind.LOG_SAMPLE).count());
  }

  @Override
  public void close() {
    store.close();
  }
}
