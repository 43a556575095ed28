package io.taforge.benchmark.peer;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Builds the AWS SDK's clients: as they come, and with what is known to make them faster. */
final class AwsClients {
  private AwsClients() {}

  /** As it comes, but for the place and a pool that is large enough for all threads. */
  static S3Client stock(Site site) {
    return builder(site).build();
  }

  /** Without checksums that nobody asks for and without chunks; so every server understands it. */
  static S3Client tuned(Site site) {
    return tunedBuilder(site).build();
  }

  /** The same, which gives up at some time, as one that is not measured does. */
  static S3Client limited(Site site) {
    return tunedBuilder(site)
        .overrideConfiguration(all -> all.apiCallTimeout(Duration.ofMinutes(1)))
        .build();
  }

  private static S3ClientBuilder tunedBuilder(Site site) {
    return builder(site)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build());
  }

  static S3AsyncClient crt(Site site) {
    return S3AsyncClient.crtBuilder()
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials(site))
        .endpointOverride(site.endpoint())
        .forcePathStyle(true)
        .httpConfiguration(http -> http.trustAllCertificatesEnabled(site.certificate().isPresent()))
        .build();
  }

  /** The same with what every server understands. */
  static S3AsyncClient crtTuned(Site site) {
    return S3AsyncClient.crtBuilder()
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials(site))
        .endpointOverride(site.endpoint())
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .httpConfiguration(http -> http.trustAllCertificatesEnabled(site.certificate().isPresent()))
        .build();
  }

  static S3AsyncClient netty(Site site) {
    return S3AsyncClient.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials(site))
        .endpointOverride(site.endpoint())
        .forcePathStyle(true)
        .multipartEnabled(true)
        .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(site.connections()))
        .build();
  }

  static S3Presigner presigner(Site site) {
    return S3Presigner.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials(site))
        .endpointOverride(site.endpoint())
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  private static S3ClientBuilder builder(Site site) {
    return S3Client.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials(site))
        .endpointOverride(site.endpoint())
        .forcePathStyle(true)
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(site.connections()));
  }

  private static AwsCredentialsProvider credentials(Site site) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(site.accessKey(), site.secretKey()));
  }
}
