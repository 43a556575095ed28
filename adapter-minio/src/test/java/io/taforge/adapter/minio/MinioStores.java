package io.taforge.adapter.minio;

import io.taforge.artifact.ByteSize;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.TransferSettings;
import io.taforge.testbed.S3Target;
import java.time.Duration;
import java.util.function.Function;

/** Opens the adapter on the servers of the test bed. */
final class MinioStores {
  private MinioStores() {}

  static MinioSettings settings(S3Target target) {
    return MinioSettings.at(
            new Endpoint(target.endpoint()),
            new Credentials(target.accessKey(), target.secretKey()))
        .withRegion(target.region())
        .withBuckets(target.buckets())
        .withTransfers(
            TransferSettings.defaults()
                .withAttempts(3, Duration.ofSeconds(2))
                .within(Duration.ofMinutes(5), ByteSize.of(1024)));
  }

  static ArtifactStore open(S3Target target) {
    return MinioArtifactStore.open(settings(target));
  }

  /** In another process. */
  public static final class Opener implements Function<String, ArtifactStore> {
    @Override
    public ArtifactStore apply(String text) {
      return open(S3Target.decode(text));
    }
  }
}
