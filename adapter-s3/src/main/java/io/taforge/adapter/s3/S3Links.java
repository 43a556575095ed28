package io.taforge.adapter.s3;

import io.taforge.storage.SignedLink;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.LinkTerms;
import io.taforge.storage.remote.ObjectName;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.SignatureV4;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.CompletableFutureUtils;

/**
 * Signs links as a client signs requests: for its region and endpoint, with its credentials. The
 * SDK's presigner does it, but for links that are bound to their content: it leaves the header out
 * that says so.
 */
final class S3Links {
  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final String region;
  private final S3Presigner presigner; // never closed, or the client's credentials would be too

  S3Links(S3ServiceClientConfiguration client, ServerConnection connection) {
    this.credentials = client.credentialsProvider();
    this.region = client.region().id();
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(client.region())
            .credentialsProvider(credentials)
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(connection.isPathStyle()).build());
    connection
        .linkEndpoint()
        .map(Endpoint::uri)
        .or(client::endpointOverride)
        .map(S3Links::asSent)
        .ifPresent(builder::endpointOverride);
    this.presigner = builder.build();
  }

  /** Browsers write the name of a host in lower case, and it is signed. */
  private static URI asSent(URI endpoint) {
    return endpoint.getRawPath().length() > 1
        ? endpoint
        : URI.create(endpoint.toString().toLowerCase(Locale.ROOT));
  }

  SignedLink sign(ObjectName name, LinkTerms terms, Call call) {
    AwsCredentialsIdentity identity =
        CompletableFutureUtils.joinLikeSync(credentials.resolveIdentity());
    if (identity.accessKeyId() == null || identity.secretAccessKey() == null) {
      throw S3Failures.noCredentials(call);
    }
    return terms.link(
        terms.content().isPresent()
            ? bound(terms, presigned(name, terms.withoutHeaders()), identity)
            : presigned(name, terms));
  }

  private URI presigned(ObjectName name, LinkTerms terms) {
    Consumer<AwsRequestOverrideConfiguration.Builder> said =
        override -> {
          terms.query().forEach(override::putRawQueryParameter);
          terms.headers().forEach(override::putHeader);
        };
    return switch (terms.method()) {
      case GET ->
          presigner
              .presignGetObject(
                  link ->
                      link.signatureDuration(terms.validity())
                          .getObjectRequest(
                              get ->
                                  get.bucket(name.bucket())
                                      .key(name.key())
                                      .overrideConfiguration(said)))
              .httpRequest()
              .getUri();
      case PUT ->
          presigner
              .presignPutObject(
                  link ->
                      link.signatureDuration(terms.validity())
                          .putObjectRequest(
                              put ->
                                  put.bucket(name.bucket())
                                      .key(name.key())
                                      .overrideConfiguration(said)))
              .httpRequest()
              .getUri();
    };
  }

  private URI bound(LinkTerms terms, URI link, AwsCredentialsIdentity identity) {
    Optional<String> token =
        identity instanceof AwsSessionCredentialsIdentity session
            ? Optional.of(session.sessionToken())
            : Optional.empty();
    return new SignatureV4(
            new Credentials(identity.accessKeyId(), identity.secretAccessKey()),
            token,
            region,
            SignatureV4.S3,
            SignatureV4.signedAt(link))
        .link(terms, link);
  }
}
