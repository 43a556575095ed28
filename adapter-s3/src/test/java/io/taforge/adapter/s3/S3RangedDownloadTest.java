package io.taforge.adapter.s3;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.remote.TransferSettings;
import io.taforge.testbed.RangedDownloadProofs;
import io.taforge.testbed.S3Target;
import java.util.function.Function;

class S3RangedDownloadTest extends RangedDownloadProofs {
  @Override
  protected ArtifactStore open(S3Target target, TransferSettings transfers) {
    return S3ArtifactStore.open(S3Stores.settings(target).withTransfers(transfers));
  }

  @Override
  protected Class<? extends Function<String, ArtifactStore>> opener() {
    return S3Stores.Opener.class;
  }
}
