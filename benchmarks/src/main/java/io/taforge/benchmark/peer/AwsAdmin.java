package io.taforge.benchmark.peer;

import software.amazon.awssdk.services.s3.S3Client;

/** What has to be there before anybody can be measured. */
public final class AwsAdmin {
  private AwsAdmin() {}

  /** Creates the site's bucket, unless it is there already. */
  public static void createBucket(Site site) {
    try (S3Client client = AwsClients.tuned(site)) {
      boolean isThere =
          client.listBuckets().buckets().stream()
              .anyMatch(each -> each.name().equals(site.bucket()));
      if (!isThere) {
        client.createBucket(request -> request.bucket(site.bucket()));
      }
    }
  }
}
