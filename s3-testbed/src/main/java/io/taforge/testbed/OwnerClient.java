package io.taforge.testbed;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** How the testbed itself talks to a server: as every server understands it. */
final class OwnerClient {
  private OwnerClient() {}

  static S3Client to(URI endpoint, String region, AccessKey owner) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(owner.id(), owner.secret())))
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(50))
        .forcePathStyle(true)
        // Ceph refuses bodies in signed chunks with a checksum behind them
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .serviceConfiguration(each -> each.chunkedEncodingEnabled(false))
        .build();
  }
}
