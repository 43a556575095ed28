package io.taforge.adapter.s3;

import io.taforge.testbed.NetworkCaller;
import io.taforge.testbed.S3Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The AWS SDK as it comes, with an endpoint and credentials and nothing else said. */
final class AwsCaller implements NetworkCaller {
  private static final int PART = 5 << 20;

  private final S3Client client;
  private final String bucket;

  AwsCaller(S3Target target) {
    client =
        S3Client.builder()
            .endpointOverride(target.endpoint())
            .forcePathStyle(true)
            .region(Region.of(target.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(target.accessKey(), target.secretKey())))
            .build();
    bucket = target.buckets().samples();
  }

  @Override
  public byte[] get(String key) throws IOException {
    return client.getObject(request -> request.bucket(bucket).key(key)).readAllBytes();
  }

  @Override
  public void put(String key, byte[] content) {
    if (content.length > PART) {
      putInParts(key, content);
    } else {
      client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }
  }

  private void putInParts(String key, byte[] content) {
    String id = client.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (int from = 0; from < content.length; from += PART) {
      int number = parts.size() + 1;
      byte[] part = Arrays.copyOfRange(content, from, Math.min(from + PART, content.length));
      String tag =
          client
              .uploadPart(
                  request -> request.bucket(bucket).key(key).uploadId(id).partNumber(number),
                  RequestBody.fromBytes(part))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    client.completeMultipartUpload(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .uploadId(id)
                .multipartUpload(upload -> upload.parts(parts)));
  }

  @Override
  public void create(String key, byte[] content) {
    client.putObject(
        request -> request.bucket(bucket).key(key).ifNoneMatch("*"),
        RequestBody.fromBytes(content));
  }

  @Override
  public List<String> list(String prefix) {
    return client
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix).maxKeys(2))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  @Override
  public void delete(String key) {
    client.deleteObject(request -> request.bucket(bucket).key(key));
  }

  /** What the SDK throws, and what reading a stream throws. */
  @Override
  public boolean isDocumented(Throwable failure) {
    return failure instanceof SdkException || failure instanceof IOException;
  }

  @Override
  public void close() {
    client.close();
  }
}
