package io.taforge.adapter.filesystem;

import io.taforge.artifact.LogSample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.filesystem.reference.FilesystemConstants;

/** The filesystem store of Apache jclouds. */
final class JcloudsContestant implements Contestant {
  private static final String CONTAINER = "log-samples";

  private final BlobStoreContext context;
  private final BlobStore store;

  JcloudsContestant(Path root) {
    Properties settings = new Properties();
    settings.setProperty(FilesystemConstants.PROPERTY_BASEDIR, root.toString());
    context =
        ContextBuilder.newBuilder("filesystem")
            .overrides(settings)
            .buildView(BlobStoreContext.class);
    store = context.getBlobStore();
    store.createContainerInLocation(null, CONTAINER);
  }

  @Override
  public void put(DurableStep step) {
    byte[] content = step.content();
    store.putBlob(
        CONTAINER,
        store
            .blobBuilder(step.sample().key().value())
            .payload(content)
            .contentLength(content.length)
            .userMetadata(Map.of("step", Integer.toString(step.number())))
            .build());
  }

  @Override
  public void delete(LogSample sample) {
    store.removeBlob(CONTAINER, sample.key().value());
  }

  @Override
  public int find(int thread, LogSample sample) {
    try {
      Blob blob = store.getBlob(CONTAINER, sample.key().value());
      if (blob == null) {
        return NOTHING;
      }
      try (InputStream bytes = blob.getPayload().openStream()) {
        int step = DurableStep.of(thread, bytes.readAllBytes());
        String told = blob.getMetadata().getUserMetadata().get("step");
        return Integer.toString(step).equals(told) ? step : DAMAGED;
      }
    } catch (IOException | RuntimeException e) {
      return DAMAGED; // it cannot be read, in whatever way
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
