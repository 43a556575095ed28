package io.taforge.benchmark.peer;

import io.taforge.artifact.Sha256;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Sends what taforge sends, and does nothing of what taforge does for it. */
final class SameRequestPeer extends AwsPeer {
  private static final Map<String, String> METADATA =
      Map.of(
          "taforge-sha256",
          Sha256.of(new byte[0]).hex(),
          "taforge-write",
          new UUID(1, 2).toString().replace("-", ""));

  SameRequestPeer(Site site) {
    super(site, AwsClients.limited(site));
  }

  @Override
  PutObjectRequest putOf(String key) {
    return super.putOf(key).toBuilder().contentType("text/plain").metadata(METADATA).build();
  }
}
