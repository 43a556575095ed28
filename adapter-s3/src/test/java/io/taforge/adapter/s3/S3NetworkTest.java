package io.taforge.adapter.s3;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.TransferSettings;
import io.taforge.testbed.NetworkCaller;
import io.taforge.testbed.NetworkProofs;
import io.taforge.testbed.S3Target;
import java.util.concurrent.atomic.AtomicInteger;

class S3NetworkTest extends NetworkProofs {
  private final AtomicInteger opened = new AtomicInteger();

  /** Every other one with checksums in headers of their own, every other pair on Apache's HTTP. */
  @Override
  protected ArtifactStore open(S3Target target, TransferSettings transfers) {
    int number = opened.getAndIncrement();
    return S3ArtifactStore.open(
        S3Stores.settings(target)
            .withTransfers(transfers)
            .withIntegrity(
                number % 2 == 0 ? S3Settings.Integrity.COMPATIBLE : S3Settings.Integrity.FULL)
            .withTransport(
                number / 2 % 2 == 0 ? S3Settings.Transport.SOCKETS : S3Settings.Transport.APACHE));
  }

  @Override
  protected NetworkCaller peer(S3Target target) {
    return new AwsCaller(target);
  }

  @Override
  protected String peerName() {
    return "AWS SDK";
  }
}
