package io.taforge.adapter.filesystem;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * What threads do to the same few samples of a store; Lincheck lets them do it side by side, and
 * looks whether {@link OneAfterAnother} could have given the same answers. A thread remembers the
 * version that it has seen last, for what it does under the condition that nothing has changed.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public abstract class Races {
  static final LongAdder OPERATIONS = new LongAdder();

  private final ArtifactStore store;
  private final RequestId request;
  private final Map<String, VersionToken> seen = new ConcurrentHashMap<>();

  /** Works on samples that nobody else has. */
  Races(ArtifactStore store, long number) {
    this.store = store;
    this.request = RequestId.of(new UUID(0, number));
  }

  @Operation
  public String put(
      @Param(name = "key") int key,
      @Param(name = "value") int value,
      @Param(gen = ThreadIdGen.class) int thread) {
    return write(key, value, thread, WriteCondition.always());
  }

  @Operation
  public String create(
      @Param(name = "key") int key,
      @Param(name = "value") int value,
      @Param(gen = ThreadIdGen.class) int thread) {
    return write(key, value, thread, WriteCondition.ifAbsent());
  }

  @Operation
  public String replaceIfUnchanged(
      @Param(name = "key") int key,
      @Param(name = "value") int value,
      @Param(gen = ThreadIdGen.class) int thread) {
    VersionToken version = seen.get(thread + "/" + key);
    return version == null
        ? "seen nothing"
        : write(key, value, thread, WriteCondition.ifUnchanged(version));
  }

  private String write(int key, int value, int thread, WriteCondition condition) {
    OPERATIONS.increment();
    try {
      StoredArtifact stored =
          store.put(
              sample(key),
              ContentSource.of(content(value)),
              PutOptions.defaults()
                  .on(condition)
                  .withMetadata(Metadata.of("value", Integer.toString(value))));
      seen.put(thread + "/" + key, stored.version());
      return "stored";
    } catch (StorageConflictException e) {
      return "conflict";
    }
  }

  @Operation
  public String get(@Param(name = "key") int key) {
    OPERATIONS.increment();
    try (ArtifactContent content = store.get(sample(key))) {
      byte[] bytes = content.stream().readAllBytes();
      String value = value(content.artifact());
      return Arrays.equals(bytes, content(Integer.parseInt(value)))
          ? value
          : "a mix: metadata of " + value + " and content " + Arrays.toString(bytes);
    } catch (StorageNotFoundException e) {
      return "absent";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Operation
  public String find(@Param(name = "key") int key, @Param(gen = ThreadIdGen.class) int thread) {
    OPERATIONS.increment();
    Optional<StoredArtifact> found = store.find(sample(key));
    found.ifPresent(each -> seen.put(thread + "/" + key, each.version()));
    return found.map(Races::value).orElse("absent");
  }

  @Operation
  public String delete(@Param(name = "key") int key) {
    OPERATIONS.increment();
    return store.delete(sample(key)).name();
  }

  @Operation
  public String deleteUnchanged(
      @Param(name = "key") int key, @Param(gen = ThreadIdGen.class) int thread) {
    VersionToken version = seen.get(thread + "/" + key);
    if (version == null) {
      return "seen nothing";
    }
    OPERATIONS.increment();
    try {
      return store.deleteUnchanged(sample(key), version).name();
    } catch (StorageConflictException e) {
      return "conflict";
    }
  }

  private LogSample sample(int key) {
    return new LogSample(request, FileName.of(key + ".log"));
  }

  private static String value(StoredArtifact artifact) {
    return artifact.metadata().value("value").orElse("none");
  }

  /** Values differ in length and in every byte. */
  private static byte[] content(int value) {
    byte[] content = new byte[10 * value];
    Arrays.fill(content, (byte) value);
    return content;
  }
}
