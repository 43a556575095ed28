package io.taforge.testbed;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.KeyPrefix;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ContentSource;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Page;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.WriteCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A store of ours over a bad network.
 *
 * @param store the store, closed with this
 */
record StoreCaller(ArtifactStore store) implements NetworkCaller {
  @Override
  public byte[] get(String key) throws IOException {
    try (ArtifactContent content = store.get(Artifact.at(key))) {
      return content.stream().readAllBytes();
    }
  }

  @Override
  public void put(String key, byte[] content) {
    store.put(Artifact.at(key), ContentSource.of(content), PutOptions.defaults());
  }

  @Override
  public void create(String key, byte[] content) {
    store.put(
        Artifact.at(key),
        ContentSource.of(content),
        PutOptions.defaults().on(WriteCondition.ifAbsent()));
  }

  @Override
  public List<String> list(String prefix) {
    List<String> keys = new ArrayList<>();
    ListQuery query = new ListQuery(KeyPrefix.of(prefix), 2, "");
    while (query != null) {
      Page<ArtifactSummary> page = store.list(query);
      page.entries().forEach(each -> keys.add(each.artifact().key().value()));
      query = page.next().orElse(null);
    }
    return keys;
  }

  @Override
  public void delete(String key) {
    store.delete(Artifact.at(key));
  }

  @Override
  public boolean isDocumented(Throwable failure) {
    return failure instanceof StorageException;
  }

  @Override
  public void close() {
    store.close();
  }
}
