package io.taforge.benchmark.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

/** The AWS SDK's blocking client. */
class AwsPeer implements Peer {
  private static final int BATCH = 1000;

  private final Site site;
  private final S3Client client;
  private final S3Presigner presigner;

  AwsPeer(Site site, S3Client client) {
    this.site = site;
    this.client = client;
    this.presigner = AwsClients.presigner(site);
  }

  S3Client client() {
    return client;
  }

  @Override
  public void put(String key, byte[] content) {
    client.putObject(putOf(key), RequestBody.fromBytes(content));
  }

  @Override
  public long get(String key) throws IOException {
    try (ResponseInputStream<GetObjectResponse> content = client.getObject(getOf(key))) {
      return Copying.drain(content);
    }
  }

  @Override
  public void upload(String key, Path file) {
    client.putObject(putOf(key), file);
  }

  /** The blocking client must know the length, so what is to be sent is in memory before. */
  @Override
  public void upload(String key, InputStream content) throws IOException {
    client.putObject(putOf(key), RequestBody.fromBytes(content.readAllBytes()));
  }

  @Override
  public void download(String key, Path file) throws IOException {
    client.getObject(getOf(key), file);
  }

  @Override
  public long list() {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder().bucket(site.bucket()).prefix("samples/").build();
    return client.listObjectsV2Paginator(request).contents().stream().count();
  }

  @Override
  public void delete(List<String> keys) {
    for (int start = 0; start < keys.size(); start += BATCH) {
      List<ObjectIdentifier> batch =
          keys.subList(start, Math.min(start + BATCH, keys.size())).stream()
              .map(key -> ObjectIdentifier.builder().key(key).build())
              .toList();
      client.deleteObjects(
          request -> request.bucket(site.bucket()).delete(delete -> delete.objects(batch)));
    }
  }

  @Override
  public int link(String key) {
    return presigner
        .presignGetObject(
            GetObjectPresignRequest.builder()
                .signatureDuration(Duration.ofHours(1))
                .getObjectRequest(getOf(key))
                .build())
        .url()
        .toString()
        .length();
  }

  @Override
  public void close() {
    presigner.close();
    client.close();
  }

  GetObjectRequest getOf(String key) {
    return GetObjectRequest.builder().bucket(site.bucket()).key(key).build();
  }

  PutObjectRequest putOf(String key) {
    return PutObjectRequest.builder().bucket(site.bucket()).key(key).build();
  }
}
