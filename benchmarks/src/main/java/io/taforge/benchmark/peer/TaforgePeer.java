package io.taforge.benchmark.peer;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteReport;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.PutOptions;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** taforge, through the client that applications use, with all that it promises. */
final class TaforgePeer implements Peer {
  /** An application has artifacts and not texts, so what is used again is not read again. */
  private static final int MOST_KNOWN = 20_000;

  private final Map<String, Artifact> known = new ConcurrentHashMap<>();
  private final ArtifactStore store;
  private final ObjectStorageClient client;

  TaforgePeer(ArtifactStore store) {
    this.store = store;
    this.client = new ObjectStorageClient(store);
  }

  /** What holds the store that is measured. */
  ObjectStorageClient client() {
    return client;
  }

  @Override
  public void put(String key, byte[] content) {
    client.upload(artifact(key), ContentSource.of(content), PutOptions.defaults());
  }

  @Override
  public long get(String key) throws IOException {
    try (ArtifactContent content = client.download(artifact(key))) {
      return Copying.drain(content.stream());
    }
  }

  @Override
  public void upload(String key, Path file) throws IOException {
    client.upload(artifact(key), ContentSource.of(file), PutOptions.defaults());
  }

  @Override
  public void upload(String key, InputStream content) {
    client.upload(artifact(key), ContentSource.of(content), PutOptions.defaults());
  }

  @Override
  public void download(String key, Path file) throws IOException {
    client.downloadTo(artifact(key), file);
  }

  @Override
  public long list() {
    return client.amountOf(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).objects();
  }

  @Override
  public void delete(List<String> keys) {
    DeleteReport report = store.deleteMany(keys.stream().map(this::artifact).toList());
    if (!report.isComplete()) {
      throw report.failures().get(0).reason();
    }
  }

  @Override
  public int link(String key) {
    return client.link(LinkRequest.download(artifact(key))).text().length();
  }

  @Override
  public void close() {
    store.close();
  }

  private Artifact artifact(String key) {
    Artifact artifact = known.get(key);
    if (artifact == null) {
      artifact = Artifact.at(key);
      if (known.size() < MOST_KNOWN) {
        known.put(key, artifact);
      }
    }
    return artifact;
  }
}
