package io.taforge.adapter.s3;

import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** What Amazon S3 is told of a new bucket. */
final class Hardening {
  /** Nobody gets in without credentials, whatever a policy or a list of access says. */
  static final PublicAccessBlockConfiguration BLOCK =
      PublicAccessBlockConfiguration.builder()
          .blockPublicAcls(true)
          .ignorePublicAcls(true)
          .blockPublicPolicy(true)
          .restrictPublicBuckets(true)
          .build();

  /** The bucket's owner owns all that is put there, and no list of access is heeded. */
  static final OwnershipControls OWNERSHIP =
      OwnershipControls.builder()
          .rules(
              OwnershipControlsRule.builder()
                  .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                  .build())
          .build();

  /** With keys that are Amazon's. */
  static final ServerSideEncryptionConfiguration ENCRYPTION =
      ServerSideEncryptionConfiguration.builder()
          .rules(
              ServerSideEncryptionRule.builder()
                  .applyServerSideEncryptionByDefault(
                      by -> by.sseAlgorithm(ServerSideEncryption.AES256))
                  .build())
          .build();

  private Hardening() {}
}
