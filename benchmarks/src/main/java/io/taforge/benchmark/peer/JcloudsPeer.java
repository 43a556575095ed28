package io.taforge.benchmark.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jclouds.Constants;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.PageSet;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.filesystem.reference.FilesystemConstants;
import org.jclouds.io.payloads.FilePayload;
import org.jclouds.s3.reference.S3Constants;

/** Apache jclouds. */
final class JcloudsPeer implements Peer {
  private final Site site;
  private final BlobStoreContext context;
  private final BlobStore store;

  private JcloudsPeer(Site site, BlobStoreContext context) {
    this.site = site;
    this.context = context;
    this.store = context.getBlobStore();
  }

  static JcloudsPeer s3(Site site) {
    Properties settings = new Properties();
    settings.setProperty(S3Constants.PROPERTY_S3_VIRTUAL_HOST_BUCKETS, "false");
    settings.setProperty(Constants.PROPERTY_STRIP_EXPECT_HEADER, "true");
    settings.setProperty(
        Constants.PROPERTY_TRUST_ALL_CERTS, Boolean.toString(site.certificate().isPresent()));
    return new JcloudsPeer(
        site,
        ContextBuilder.newBuilder("s3")
            .endpoint(site.endpoint().toString())
            .credentials(site.accessKey(), site.secretKey())
            .overrides(settings)
            .buildView(BlobStoreContext.class));
  }

  static JcloudsPeer filesystem(Site site) {
    Properties settings = new Properties();
    settings.setProperty(
        FilesystemConstants.PROPERTY_BASEDIR, site.folder().resolve("jclouds").toString());
    JcloudsPeer peer =
        new JcloudsPeer(
            site,
            ContextBuilder.newBuilder("filesystem")
                .overrides(settings)
                .buildView(BlobStoreContext.class));
    peer.store.createContainerInLocation(null, site.bucket());
    return peer;
  }

  @Override
  public void put(String key, byte[] content) {
    store.putBlob(
        site.bucket(),
        store.blobBuilder(key).payload(content).contentLength(content.length).build());
  }

  @Override
  public long get(String key) throws IOException {
    try (InputStream content = blob(key).getPayload().openStream()) {
      return Copying.drain(content);
    }
  }

  @Override
  public void upload(String key, Path file) {
    store.putBlob(
        site.bucket(), store.blobBuilder(key).payload(new FilePayload(file.toFile())).build());
  }

  @Override
  public void download(String key, Path file) throws IOException {
    try (InputStream content = blob(key).getPayload().openStream()) {
      Copying.toFile(content, file);
    }
  }

  @Override
  public long list() {
    ListContainerOptions options = ListContainerOptions.Builder.prefix("samples/").recursive();
    long count = 0;
    while (true) {
      PageSet<? extends StorageMetadata> page = store.list(site.bucket(), options);
      count += page.size();
      String next = page.getNextMarker();
      if (next == null) {
        return count;
      }
      options = ListContainerOptions.Builder.prefix("samples/").recursive().afterMarker(next);
    }
  }

  @Override
  public void delete(List<String> keys) {
    store.removeBlobs(site.bucket(), keys);
  }

  @Override
  public void close() {
    context.close();
  }

  private Blob blob(String key) throws IOException {
    Blob blob = store.getBlob(site.bucket(), key);
    if (blob == null) {
      throw new IOException(key + " is not there");
    }
    return blob;
  }
}
