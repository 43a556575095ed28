package io.taforge.adapter.minio;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.TransferSettings;
import io.taforge.testbed.NetworkCaller;
import io.taforge.testbed.NetworkProofs;
import io.taforge.testbed.S3Target;

class MinioNetworkTest extends NetworkProofs {
  @Override
  protected ArtifactStore open(S3Target target, TransferSettings transfers) {
    return MinioArtifactStore.open(MinioStores.settings(target).withTransfers(transfers));
  }

  @Override
  protected NetworkCaller peer(S3Target target) {
    return new MinioCaller(target);
  }

  @Override
  protected String peerName() {
    return "MinIO SDK";
  }
}
