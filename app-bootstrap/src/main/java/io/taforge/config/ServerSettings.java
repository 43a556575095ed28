package io.taforge.config;

import io.taforge.artifact.ByteSize;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server is reached, for the backends {@code minio} and {@code s3}.
 *
 * @param endpoint host and port, or a URL; empty means Amazon S3 itself
 * @param accessKey name of the credentials; empty means those that the AWS SDK finds
 * @param secretKey secret of the credentials
 * @param isTls whether an endpoint without a scheme is spoken to over TLS
 * @param region name of the region
 * @param linkValidity how long signed links are valid if nothing else is said
 * @param multipartThreshold from this size on content goes up in parts
 * @param partSize size of a part
 * @param connectTimeout how long a connection may take to come about
 * @param readTimeout how long an answer may take
 */
public record ServerSettings(
    Optional<String> endpoint,
    Optional<String> accessKey,
    Optional<Secret> secretKey,
    boolean isTls,
    String region,
    Duration linkValidity,
    ByteSize multipartThreshold,
    ByteSize partSize,
    Duration connectTimeout,
    Duration readTimeout) {}
