package io.taforge.benchmark.peer;

import io.minio.DownloadObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.UploadObjectArgs;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The MinIO SDK's blocking client. */
class MinioPeer implements Peer {
  /** The part size of its own documentation for streams of unknown length. */
  static final long PART = 10L << 20;

  private final Site site;
  private final MinioClient client;

  MinioPeer(Site site) {
    this(site, builder(site).build());
  }

  MinioPeer(Site site, MinioClient client) {
    this.site = site;
    this.client = client;
  }

  static MinioClient.Builder builder(Site site) {
    return MinioClient.builder()
        .endpoint(site.endpoint().toString())
        .region("us-east-1")
        .credentials(site.accessKey(), site.secretKey());
  }

  MinioClient client() {
    return client;
  }

  String bucket() {
    return site.bucket();
  }

  @Override
  public void put(String key, byte[] content) throws Exception {
    client.putObject(
        PutObjectArgs.builder()
            .bucket(site.bucket())
            .object(key)
            .data(content, content.length)
            .build());
  }

  @Override
  public long get(String key) throws Exception {
    try (InputStream content =
        client.getObject(GetObjectArgs.builder().bucket(site.bucket()).object(key).build())) {
      return Copying.drain(content);
    }
  }

  @Override
  public void upload(String key, Path file) throws Exception {
    client.uploadObject(
        UploadObjectArgs.builder()
            .bucket(site.bucket())
            .object(key)
            .filename(file.toString())
            .build());
  }

  @Override
  public void upload(String key, InputStream content) throws Exception {
    client.putObject(
        PutObjectArgs.builder().bucket(site.bucket()).object(key).stream(content, -1L, PART)
            .build());
  }

  @Override
  public void download(String key, Path file) throws Exception {
    client.downloadObject(
        DownloadObjectArgs.builder()
            .bucket(site.bucket())
            .object(key)
            .filename(file.toString())
            .build());
  }

  @Override
  public long list() throws Exception {
    long count = 0;
    for (Result<Item> each :
        client.listObjects(
            ListObjectsArgs.builder()
                .bucket(site.bucket())
                .prefix("samples/")
                .recursive(true)
                .build())) {
      count += each.get().isDir() ? 0 : 1;
    }
    return count;
  }

  @Override
  public void delete(List<String> keys) throws Exception {
    Iterable<Result<DeleteResult.Error>> errors =
        client.removeObjects(
            RemoveObjectsArgs.builder()
                .bucket(site.bucket())
                .objects(keys.stream().map(DeleteRequest.Object::new).toList())
                .build());
    for (Result<DeleteResult.Error> each : errors) {
      throw new IOException(each.get().toString());
    }
  }

  @Override
  public int link(String key) throws Exception {
    return client
        .getPresignedObjectUrl(
            GetPresignedObjectUrlArgs.builder()
                .method(Http.Method.GET)
                .bucket(site.bucket())
                .object(key)
                .expiry(1, TimeUnit.HOURS)
                .build())
        .length();
  }

  @Override
  public void close() throws Exception {
    client.close();
  }
}
