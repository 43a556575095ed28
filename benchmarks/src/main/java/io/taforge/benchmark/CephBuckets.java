package io.taforge.benchmark;

import io.taforge.benchmark.peer.AwsAdmin;
import io.taforge.benchmark.peer.Site;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the bucket that contestants on Ceph find there. */
final class CephBuckets {
  private CephBuckets() {}

  static void create(CephSite ceph, String bucket) {
    Path nowhere = Path.of("");
    AwsAdmin.createBucket(
        new Site(
            ceph.endpoint(),
            ceph.accessKey(),
            ceph.secretKey(),
            Optional.empty(),
            bucket,
            nowhere,
            new Site.BigFile(nowhere, 0),
            nowhere,
            1));
  }
}
