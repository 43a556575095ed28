package io.taforge.testbed;

import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

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
      ListObjectsV2Response page = client.listObjectsV2(request -> request.bucket(bucket));
      if (server.hasPolicies()) {
        client.deleteBucketPolicy(request -> request.bucket(bucket));
      }
      while (page.hasContents()) {
        delete(bucket, page);
        page = client.listObjectsV2(request -> request.bucket(bucket));
      }
      client
          .listMultipartUploads(request -> request.bucket(bucket))
          .uploads()
          .forEach(
              upload ->
                  client.abortMultipartUpload(
                      request ->
                          request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
      client.deleteBucket(request -> request.bucket(bucket));
    } catch (NoSuchBucketException e) {
      // it was never created, or the case has removed it
    }
  }

  private void delete(String bucket, ListObjectsV2Response page) {
    List<ObjectIdentifier> all =
        page.contents().stream()
            .map(each -> ObjectIdentifier.builder().key(each.key()).build())
            .toList();
    server
        .client()
        .deleteObjects(request -> request.bucket(bucket).delete(d -> d.objects(all).quiet(true)));
  }
}
