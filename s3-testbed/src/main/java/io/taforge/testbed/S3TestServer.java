package io.taforge.testbed;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server that runs, and what a test needs to know of it. */
public interface S3TestServer {
  /** What it is called in reports. */
  String name();

  /** Where it listens; buckets are named in the path. */
  URI endpoint();

  /** The region that signatures name. */
  String region();

  /** Who may create buckets, and owns those of the tests. */
  AccessKey owner();

  /** Another user of the server, who may nothing with the owner's buckets. */
  default Optional<AccessKey> stranger() {
    return Optional.empty();
  }

  /** Whether objects have tags here. */
  boolean hasTags();

  /** Whether a bucket can have a policy here. */
  boolean hasPolicies();

  /** The owner's way in for the testbed's own purposes; all tests share it and nobody closes it. */
  S3Client client();
}
