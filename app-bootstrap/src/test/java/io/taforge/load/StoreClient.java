package io.taforge.load;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.util.Random;
import java.util.UUID;

/** Calls the library, and once in a hundred times behaves badly itself. */
final class StoreClient implements Client {
  private static final RequestId REQUEST = RequestId.of(new UUID(6, 10));
  private static final int KEYS = 64;

  private final ObjectStorageClient client;

  StoreClient(ObjectStorageClient client) {
    this.client = client;
  }

  static LogSample any(Random random) {
    return new LogSample(REQUEST, FileName.of("sample-" + random.nextInt(KEYS) + ".log"));
  }

  @Override
  public String act(Random random, long number) throws Exception {
    LogSample sample = any(random);
    try {
      return random.nextInt(100) == 0
          ? misbehave(sample, random, number)
          : behave(sample, random, number);
    } catch (StorageException e) {
      return e.getClass().getSimpleName();
    } finally {
      Thread.interrupted();
    }
  }

  private String behave(LogSample sample, Random random, long number) throws IOException {
    int what = random.nextInt(10);
    if (what < 4) {
      return read(sample);
    }
    if (what < 7) {
      put(sample, ContentSource.of(new Numbered(number).content()));
      return "put";
    }
    if (what == 7) {
      client.find(sample);
      return "find";
    }
    if (what == 8) {
      try (var samples = client.samplesOf(REQUEST)) {
        samples.forEach(each -> {});
      }
      return "list";
    }
    client.delete(sample);
    return "delete";
  }

  private String misbehave(LogSample sample, Random random, long number) throws IOException {
    return switch (random.nextInt(3)) {
      case 0 -> {
        put(sample, new Numbered(number).broken());
        yield "a broken source was stored";
      }
      case 1 -> {
        try (ArtifactContent content = client.download(sample)) {
          content.stream().read();
        }
        yield "left early";
      }
      default -> {
        Thread.currentThread().interrupt();
        put(sample, ContentSource.of(new Numbered(number).content()));
        yield "put in spite of an interrupt";
      }
    };
  }

  private void put(LogSample sample, ContentSource source) {
    client.upload(sample, source, PutOptions.defaults());
  }

  private String read(LogSample sample) throws IOException {
    try (ArtifactContent content = client.download(sample)) {
      return Numbered.isWhole(content.stream().readAllBytes()) ? "get" : WRONG;
    }
  }
}
