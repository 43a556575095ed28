package io.taforge.adapter.minio;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.taforge.testbed.NetworkCaller;
import io.taforge.testbed.S3Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The MinIO SDK as it comes, with an endpoint and credentials and nothing else said. */
final class MinioCaller implements NetworkCaller {
  private static final long PART = 5 << 20;

  private final MinioClient client;
  private final String bucket;

  MinioCaller(S3Target target) {
    client =
        MinioClient.builder()
            .endpoint(target.endpoint().toString())
            .region(target.region())
            .credentials(target.accessKey(), target.secretKey())
            .build();
    bucket = target.buckets().samples();
  }

  @Override
  public byte[] get(String key) throws Exception {
    try (InputStream content =
        client.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
      return content.readAllBytes();
    }
  }

  @Override
  public void put(String key, byte[] content) throws Exception {
    client.putObject(arguments(key, content).build());
  }

  @Override
  public void create(String key, byte[] content) throws Exception {
    client.putObject(arguments(key, content).extraHeaders(Map.of("If-None-Match", "*")).build());
  }

  private PutObjectArgs.Builder arguments(String key, byte[] content) {
    return PutObjectArgs.builder().bucket(bucket).object(key).stream(
        new ByteArrayInputStream(content), (long) content.length, PART);
  }

  @Override
  public List<String> list(String prefix) throws Exception {
    List<String> keys = new ArrayList<>();
    for (Result<Item> each :
        client.listObjects(
            ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .recursive(true)
                .maxKeys(2)
                .build())) {
      keys.add(each.get().objectName());
    }
    return keys;
  }

  @Override
  public void delete(String key) throws Exception {
    client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
  }

  /** What the SDK's methods say that they throw, and what reading a stream throws. */
  @Override
  public boolean isDocumented(Throwable failure) {
    return failure instanceof MinioException || failure instanceof IOException;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
