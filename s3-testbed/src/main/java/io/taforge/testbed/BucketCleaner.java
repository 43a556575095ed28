package io.taforge.testbed;

import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Removes buckets with all that is in them.
 *
 * @param server where they are
 */
record BucketCleaner(S3TestServer server) {
  private static final int NOT_EMPTY = 409;
  private static final int MOST_ATTEMPTS = 10;

  /** Removes a bucket; nothing happens if there is none. */
  void remove(String bucket) {
    try {
      server.client().headBucket(request -> request.bucket(bucket));
      if (server.hasPolicies()) {
        server.client().deleteBucketPolicy(request -> request.bucket(bucket));
      }
      for (int attempt = 1; !isRemoved(bucket, attempt == MOST_ATTEMPTS); attempt++) {
        Thread.sleep(100); // what a client has given up may still arrive
      }
    } catch (NoSuchBucketException e) {
      // it was never created, or the case has removed it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isRemoved(String bucket, boolean isLastAttempt) {
    empty(bucket);
    try {
      server.client().deleteBucket(request -> request.bucket(bucket));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_EMPTY || isLastAttempt) {
        throw e;
      }
      return false;
    }
  }

  private void empty(String bucket) {
    S3Client client = server.client();
    List<S3Object> objects = client.listObjectsV2(request -> request.bucket(bucket)).contents();
    while (!objects.isEmpty()) {
      delete(bucket, objects);
      objects = client.listObjectsV2(request -> request.bucket(bucket)).contents();
    }
    List<MultipartUpload> uploads = uploads(bucket);
    while (!uploads.isEmpty()) {
      uploads.forEach(upload -> abort(bucket, upload));
      uploads = uploads(bucket);
    }
  }

  private void delete(String bucket, List<S3Object> objects) {
    List<ObjectIdentifier> all =
        objects.stream().map(each -> ObjectIdentifier.builder().key(each.key()).build()).toList();
    server
        .client()
        .deleteObjects(request -> request.bucket(bucket).delete(d -> d.objects(all).quiet(true)));
  }

  private List<MultipartUpload> uploads(String bucket) {
    return server.client().listMultipartUploads(request -> request.bucket(bucket)).uploads();
  }

  private void abort(String bucket, MultipartUpload upload) {
    server
        .client()
        .abortMultipartUpload(
            request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
  }
}
