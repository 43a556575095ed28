package io.taforge.adapter.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.Sha256;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
 * Signs requests whose content's SHA-256 is in the header {@code x-amz-content-sha256} already; all
 * others are the SDK's. The SDK's signer reads and hashes content over plain HTTP whatever that
 * header says, and leaves it unsigned over TLS.
 *
 * <p>By "Signature Version 4 signing process" of the Amazon S3 API reference, in a header.
 */
final class KnownChecksumSigner implements AwsV4HttpSigner {
  static final String CHECKSUM = "x-amz-content-sha256";

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final Set<String> UNSIGNED =
      Set.of("connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AwsV4HttpSigner others;

  KnownChecksumSigner(AwsV4HttpSigner others) {
    this.others = others;
  }

  @Override
  public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
    Optional<String> checksum = request.request().firstMatchingHeader(CHECKSUM);
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

  private static SdkHttpRequest signed(
      SignRequest<? extends AwsCredentialsIdentity> request, String checksum) {
    AwsCredentialsIdentity identity = request.identity();
    Instant now = request.requireProperty(SIGNING_CLOCK, Clock.systemUTC()).instant();
    String time = TIME.format(now);
    String day = time.substring(0, 8);
    String region = request.requireProperty(REGION_NAME);
    String service = request.requireProperty(SERVICE_SIGNING_NAME);
    String scope = day + "/" + region + "/" + service + "/aws4_request";

    SdkHttpRequest.Builder builder =
        request.request().toBuilder()
            .putHeader("Host", host(request.request()))
            .putHeader("X-Amz-Date", time);
    if (identity instanceof AwsSessionCredentialsIdentity session) {
      builder.putHeader("X-Amz-Security-Token", session.sessionToken());
    }
    SortedMap<String, String> headers = signedHeaders(builder.headers());
    String names = String.join(";", headers.keySet());
    String canonical =
        String.join(
            "\n",
            request.request().method().name(),
            path(request.request()),
            query(request.request()),
            headers.entrySet().stream()
                .map(each -> each.getKey() + ":" + each.getValue() + "\n")
                .collect(Collectors.joining()),
            names,
            checksum);
    String toSign =
        String.join("\n", ALGORITHM, time, scope, Sha256.of(canonical.getBytes(UTF_8)).hex());
    byte[] key = hmac(("AWS4" + identity.secretAccessKey()).getBytes(UTF_8), day);
    for (String each : List.of(region, service, "aws4_request", toSign)) {
      key = hmac(key, each);
    }
    return builder
        .putHeader(
            "Authorization",
            ALGORITHM
                + " Credential="
                + identity.accessKeyId()
                + "/"
                + scope
                + ", SignedHeaders="
                + names
                + ", Signature="
                + HexFormat.of().formatHex(key))
        .build();
  }

  private static String host(SdkHttpRequest request) {
    return SdkHttpUtils.isUsingStandardPort(request.protocol(), request.port())
        ? request.host()
        : request.host() + ":" + request.port();
  }

  private static String path(SdkHttpRequest request) {
    String path = request.encodedPath();
    return path.isEmpty() ? "/" : path;
  }

  private static String query(SdkHttpRequest request) {
    SortedMap<String, List<String>> parameters = new TreeMap<>();
    request
        .rawQueryParameters()
        .forEach(
            (name, values) ->
                parameters.put(
                    SdkHttpUtils.urlEncode(name),
                    values.stream()
                        .map(each -> each == null ? "" : SdkHttpUtils.urlEncode(each))
                        .sorted()
                        .toList()));
    return parameters.entrySet().stream()
        .flatMap(each -> each.getValue().stream().map(value -> each.getKey() + "=" + value))
        .collect(Collectors.joining("&"));
  }

  private static SortedMap<String, String> signedHeaders(Map<String, List<String>> all) {
    SortedMap<String, String> headers = new TreeMap<>();
    all.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!UNSIGNED.contains(lower)) {
            headers.put(
                lower,
                values.stream()
                    .map(each -> each.strip().replaceAll(" +", " "))
                    .collect(Collectors.joining(",")));
          }
        });
    return headers;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }
}
