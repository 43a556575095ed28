package io.taforge.adapter.minio;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.TransferSettings;
import io.taforge.testbed.RangedDownloadProofs;
import io.taforge.testbed.S3Target;
import java.util.function.Function;

class MinioRangedDownloadTest extends RangedDownloadProofs {
  @Override
  protected ArtifactStore open(S3Target target, TransferSettings transfers) {
    return MinioArtifactStore.open(MinioStores.settings(target).withTransfers(transfers));
  }

  @Override
  protected Class<? extends Function<String, ArtifactStore>> opener() {
    return MinioStores.Opener.class;
  }
}
