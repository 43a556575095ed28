package io.taforge.adapter.s3;

import io.taforge.storage.SignedLink;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.LinkPlace;
import io.taforge.storage.remote.LinkTerms;
import io.taforge.storage.remote.ObjectName;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.SignatureV4;
import io.taforge.storage.remote.SigningKeys;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.CompletableFutureUtils;

/**
 * Signs links as a client signs requests: for its region and endpoint, with its credentials. The
 * SDK's presigner says where they lead, once for each bucket: it takes some ten times as long as
 * all of this, and leaves out the header of a link that is bound to its content.
 */
final class S3Links {
  private static final String ANY_KEY = "key";
  private static final ResolveIdentityRequest ANY_IDENTITY =
      ResolveIdentityRequest.builder().build();

  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final String region;
  private final S3Presigner presigner; // never closed, or the client's credentials would be too
  private final Map<String, LinkPlace> places = new ConcurrentHashMap<>();
  private final SigningKeys keys = new SigningKeys();
  private final Clock clock = Clock.systemUTC(); // the SDK's, too

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
        CompletableFutureUtils.joinLikeSync(credentials.resolveIdentity(ANY_IDENTITY));
    if (identity.accessKeyId() == null || identity.secretAccessKey() == null) {
      throw S3Failures.noCredentials(call);
    }
    LinkPlace place = places.get(name.bucket());
    if (place == null) {
      place = LinkPlace.of(presigned(name.bucket()), ANY_KEY);
      places.put(name.bucket(), place);
    }
    SignatureV4 signature =
        new SignatureV4(
            new Credentials(identity.accessKeyId(), identity.secretAccessKey()),
            identity instanceof AwsSessionCredentialsIdentity session
                ? Optional.of(session.sessionToken())
                : Optional.empty(),
            region,
            SignatureV4.S3,
            clock.instant(),
            keys);
    return signature.link(terms, place, name.key());
  }

  private URI presigned(String bucket) {
    return presigner
        .presignGetObject(
            link ->
                link.signatureDuration(Duration.ofMinutes(1))
                    .getObjectRequest(get -> get.bucket(bucket).key(ANY_KEY)))
        .httpRequest()
        .getUri();
  }
}
