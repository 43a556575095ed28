package io.taforge.adapter.minio;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.TransferSettings;
import io.taforge.testbed.CephServer;
import io.taforge.testbed.RemoteStoreProofs;
import io.taforge.testbed.S3Harness;
import io.taforge.testbed.S3ProxyServer;
import io.taforge.testbed.S3Target;
import java.util.Set;
import java.util.function.Function;

/** Opens the adapter on the servers of the test bed. */
final class MinioStores {
  private MinioStores() {}

  static MinioSettings settings(S3Target target) {
    return MinioSettings.at(
            new Endpoint(target.endpoint()),
            new Credentials(target.accessKey(), target.secretKey()))
        .withConnection(target.connection())
        .withRegion(target.region())
        .withBuckets(target.buckets())
        .withTransfers(RemoteStoreProofs.patient());
  }

  static ArtifactStore open(S3Target target) {
    return MinioArtifactStore.open(settings(target));
  }

  static S3Harness onS3Proxy() {
    return onS3Proxy(MinioStores::open);
  }

  static S3Harness onS3Proxy(Function<S3Target, ArtifactStore> opener) {
    Set<Capability> capabilities =
        Set.of(Capability.CONDITIONAL_DELETE, Capability.LEASES, Capability.SIGNED_LINKS);
    return new S3Harness(S3ProxyServer.running(), opener, capabilities, Opener.class);
  }

  static S3Harness onCeph() {
    Set<Capability> capabilities =
        Set.of(
            Capability.LEASES,
            Capability.NATIVE_RETENTION,
            Capability.SIGNED_LINKS,
            Capability.TAGS);
    return new S3Harness(CephServer.running(), MinioStores::open, capabilities, Opener.class);
  }

  /** In another process, with all the patience that a store usually has. */
  public static final class Opener implements Function<String, ArtifactStore> {
    @Override
    public ArtifactStore apply(String text) {
      MinioSettings settings = settings(S3Target.decode(text));
      return MinioArtifactStore.open(settings.withTransfers(TransferSettings.defaults()));
    }
  }
}
