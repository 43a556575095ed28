package io.taforge.testbed;

import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Removes buckets with all that is in them.
 *
 * @param server where they are
 */
record BucketCleaner(S3TestServer server) {
  /** Removes a bucket; nothing happens if there is none. */
  void remove(String bucket) {
    S3Client client = server.client();
    try {
      List<S3Object> objects = client.listObjectsV2(request -> request.bucket(bucket)).contents();
      if (server.hasPolicies()) {
        client.deleteBucketPolicy(request -> request.bucket(bucket));
      }
      while (!objects.isEmpty()) {
        delete(bucket, objects);
        objects = client.listObjectsV2(request -> request.bucket(bucket)).contents();
      }
      List<MultipartUpload> uploads = uploads(bucket);
      while (!uploads.isEmpty()) {
        uploads.forEach(upload -> abort(bucket, upload));
        uploads = uploads(bucket);
      }
      client.deleteBucket(request -> request.bucket(bucket));
    } catch (NoSuchBucketException e) {
      // it was never created, or the case has removed it
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
