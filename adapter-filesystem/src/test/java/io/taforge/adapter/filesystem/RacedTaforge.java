package io.taforge.adapter.filesystem;

import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.WriteCondition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Our store. */
final class RacedTaforge implements RacedStore {
  private final FilesystemArtifactStore store;

  RacedTaforge(Path root) {
    store = FilesystemArtifactStore.open(FilesystemSettings.at(root));
    store.createBuckets();
  }

  @Override
  public void put(LogSample sample, long number) {
    put(sample, number, WriteCondition.always());
  }

  private void put(LogSample sample, long number, WriteCondition condition) {
    store.put(
        sample,
        ContentSource.of(RacedStore.content(number)),
        PutOptions.defaults()
            .withMetadata(Metadata.of("number", Long.toString(number)))
            .on(condition));
  }

  @Override
  public boolean create(LogSample sample, long number) {
    try {
      put(sample, number, WriteCondition.ifAbsent());
      return true;
    } catch (StorageConflictException e) {
      return false;
    }
  }

  @Override
  public boolean increment(LogSample sample) {
    StoredArtifact found = store.find(sample).orElseThrow();
    long number = Long.parseLong(found.metadata().value("number").orElseThrow());
    try {
      put(sample, number + 1, WriteCondition.ifUnchanged(found.version()));
      return true;
    } catch (StorageConflictException e) {
      return false;
    }
  }

  @Override
  public void delete(LogSample sample) {
    store.delete(sample);
  }

  @Override
  public OptionalLong get(LogSample sample) throws IOException {
    try (ArtifactContent content = store.get(sample)) {
      String beside = content.artifact().metadata().value("number").orElse("");
      return OptionalLong.of(RacedStore.number(content.stream().readAllBytes(), beside));
    } catch (StorageNotFoundException e) {
      return OptionalLong.empty();
    } catch (StorageIntegrityException e) {
      return OptionalLong.of(MIXED);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
