package io.taforge.testbed;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.Buckets;
import io.taforge.storage.contract.Backdoor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tagging;

/** The way to objects past the adapter, straight to the server. */
public final class S3Backdoor implements Backdoor {
  private final S3TestServer server;
  private final S3Client client;
  private final Buckets buckets;
  private final FaultProxy proxy;

  /**
   * Uses a proxy that the caller closes.
   *
   * @param proxy the adapter's way to the server, where it can be told what the server cannot
   */
  public S3Backdoor(S3TestServer server, Buckets buckets, FaultProxy proxy) {
    this.server = server;
    this.client = server.client();
    this.buckets = buckets;
    this.proxy = proxy;
  }

  @Override
  public void damage(Artifact artifact, UnaryOperator<byte[]> change) {
    String bucket = buckets.of(artifact.kind());
    String key = artifact.key().value();
    ResponseBytes<GetObjectResponse> old =
        client.getObjectAsBytes(request -> request.bucket(bucket).key(key));
    GetObjectResponse head = old.response();
    PutObjectRequest.Builder same =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType(head.contentType())
            .contentEncoding(head.contentEncoding())
            .contentDisposition(head.contentDisposition())
            .contentLanguage(head.contentLanguage())
            .cacheControl(head.cacheControl())
            .metadata(head.metadata());
    if (server.hasTags()) {
      same.tagging(
          Tagging.builder()
              .tagSet(client.getObjectTagging(tags -> tags.bucket(bucket).key(key)).tagSet())
              .build());
    }
    client.putObject(same.build(), RequestBody.fromBytes(change.apply(old.asByteArray())));
  }

  @Override
  public void plant(ArtifactKind kind, String key, byte[] content) {
    client.putObject(
        request -> request.bucket(buckets.of(kind)).key(key), RequestBody.fromBytes(content));
  }

  /** Uploads in parts that were begun and neither completed nor given up. */
  @Override
  public List<String> leftovers() {
    return Stream.of(ArtifactKind.values())
        .map(buckets::of)
        .flatMap(bucket -> unfinishedUploads(bucket).stream())
        .toList();
  }

  private List<String> unfinishedUploads(String bucket) {
    try {
      return client.listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
          .map(upload -> bucket + "/" + upload.key())
          .toList();
    } catch (NoSuchBucketException e) {
      return List.of();
    }
  }

  @Override
  public boolean makeUndeletable(Artifact artifact) {
    String bucket = buckets.of(artifact.kind());
    String key = artifact.key().value();
    if (server.hasPolicies()) {
      client.putBucketPolicy(
          request ->
              request
                  .bucket(bucket)
                  .policy(
                      """
                      {"Version": "2012-10-17", "Statement": [{
                        "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject",
                        "Resource": "arn:aws:s3:::%s/%s"}]}
                      """
                          .formatted(bucket, key)));
    } else {
      new StubbornObject(client, bucket, key).protectedBy(proxy);
    }
    return true;
  }

  /** An upload of which one part has come. */
  @Override
  public boolean plantLeftover(ArtifactKind kind) {
    String bucket = buckets.of(kind);
    String key = kind.folder() + "left behind, 100%\n.log";
    String id = client.createMultipartUpload(each -> each.bucket(bucket).key(key)).uploadId();
    client.uploadPart(
        each -> each.bucket(bucket).key(key).uploadId(id).partNumber(1),
        RequestBody.fromBytes(new byte[1000]));
    return true;
  }
}
