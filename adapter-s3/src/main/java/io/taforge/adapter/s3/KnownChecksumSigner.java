package io.taforge.adapter.s3;

import io.taforge.artifact.Sha256;
import io.taforge.storage.remote.CanonicalRequest;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.SignatureV4;
import io.taforge.storage.remote.SigningKeys;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Signs requests whose content's SHA-256 is among their {@link RequestTerms}, and those without
 * content; all others are the SDK's. The SDK's signer reads and hashes content over plain HTTP even
 * if the header {@code x-amz-content-sha256} is there, leaves it unsigned over TLS, and takes twice
 * as long.
 */
final class KnownChecksumSigner implements AwsV4HttpSigner {
  private static final String CHECKSUM = "x-amz-content-sha256";

  private static final String OF_NOTHING = Sha256.of(new byte[0]).hex();

  private static final Set<String> UNSIGNED =
      Set.of("connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id");

  private final AwsV4HttpSigner others;
  private final SigningKeys keys = new SigningKeys();

  KnownChecksumSigner(AwsV4HttpSigner others) {
    this.others = others;
  }

  @Override
  public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
    Optional<String> checksum =
        request.payload().isEmpty()
            ? Optional.of(OF_NOTHING)
            : RequestTerms.current().flatMap(RequestTerms::checksum).map(Sha256::hex);
    if (checksum.isEmpty()) {
      return others.sign(request);
    }
    return SignedRequest.builder()
        .request(signed(request, checksum.get()))
        .payload(request.payload().orElse(null))
        .build();
  }

  @Override
  public CompletableFuture<AsyncSignedRequest> signAsync(
      AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
    return others.signAsync(request);
  }

  private SdkHttpRequest signed(
      SignRequest<? extends AwsCredentialsIdentity> request, String checksum) {
    AwsCredentialsIdentity identity = request.identity();
    SignatureV4 signature =
        new SignatureV4(
            new Credentials(identity.accessKeyId(), identity.secretAccessKey()),
            Optional.empty(), // a session token is in a header
            request.requireProperty(REGION_NAME),
            request.requireProperty(SERVICE_SIGNING_NAME),
            request.requireProperty(SIGNING_CLOCK, Clock.systemUTC()).instant(),
            keys);
    String host = host(request.request());
    SortedMap<String, List<String>> headers = new TreeMap<>();
    request.request().forEachHeader((name, values) -> addSigned(name, values, headers));
    headers.put("host", List.of(host));
    headers.put(CHECKSUM, List.of(checksum));
    headers.put("x-amz-date", List.of(signature.time()));
    SdkHttpRequest.Builder builder =
        request.request().toBuilder()
            .putHeader("Host", host)
            .putHeader(CHECKSUM, checksum)
            .putHeader("X-Amz-Date", signature.time());
    if (identity instanceof AwsSessionCredentialsIdentity session) {
      headers.put("x-amz-security-token", List.of(session.sessionToken()));
      builder.putHeader("X-Amz-Security-Token", session.sessionToken());
    }
    CanonicalRequest canonical =
        new CanonicalRequest(
            request.request().method().name(),
            request.request().encodedPath(),
            query(request.request()),
            headers,
            checksum);
    return builder.putHeader("Authorization", signature.authorization(canonical)).build();
  }

  private static String host(SdkHttpRequest request) {
    return SdkHttpUtils.isUsingStandardPort(request.protocol(), request.port())
        ? request.host()
        : request.host() + ":" + request.port();
  }

  private static Map<String, List<String>> query(SdkHttpRequest request) {
    Map<String, List<String>> parameters = new TreeMap<>();
    request.forEachRawQueryParameter(
        (name, values) ->
            parameters.put(name, values.stream().map(each -> each == null ? "" : each).toList()));
    return parameters;
  }

  private static void addSigned(
      String name, List<String> values, Map<String, List<String>> headers) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (!UNSIGNED.contains(lowerCase)) {
      headers.put(lowerCase, values);
    }
  }
}
