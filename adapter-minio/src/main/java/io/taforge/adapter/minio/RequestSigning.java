package io.taforge.adapter.minio;

import io.minio.credentials.Provider;
import io.taforge.storage.remote.CanonicalRequest;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.SignatureV4;
import io.taforge.storage.remote.SigningKeys;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Signs the requests that the SDK was told to leave unsigned, which are those that the most is
 * asked with: its own signer derives the key and formats the time anew for each, and takes patterns
 * to do so, which is a third of what a small request takes. Such a request has the SDK's time, the
 * SHA-256 of its content, and no {@code Authorization}.
 */
final class RequestSigning implements Interceptor {
  static final String CHECKSUM = "x-amz-content-sha256";

  private static final String AUTHORIZATION = "Authorization";
  private static final String TIME = "x-amz-date";
  private static final String TOKEN = "x-amz-security-token";

  /** What proxies change, and what is not there yet. */
  private static final Set<String> UNSIGNED =
      Set.of("accept-encoding", "content-length", "user-agent", TIME);

  private final Provider credentials;
  private final String region;
  private final SigningKeys keys = new SigningKeys();
  private final Clock clock = Clock.systemUTC(); // the SDK's, too

  RequestSigning(Provider credentials, String region) {
    this.credentials = credentials;
    this.region = region;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    boolean isUnsigned = request.header(AUTHORIZATION) == null && request.header(TIME) != null;
    return chain.proceed(isUnsigned ? signed(request) : request);
  }

  private Request signed(Request request) throws IOException {
    io.minio.credentials.Credentials signer = signer();
    SignatureV4 signature =
        new SignatureV4(
            new Credentials(signer.accessKey(), signer.secretKey()),
            Optional.empty(), // a session token is in a header
            region,
            SignatureV4.S3,
            clock.instant(),
            keys);
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : request.headers().names()) {
      String lowerCase = name.toLowerCase(Locale.ROOT);
      if (!UNSIGNED.contains(lowerCase)) {
        headers.put(lowerCase, request.headers(name));
      }
    }
    headers.put(TIME, List.of(signature.time()));
    Request.Builder builder = request.newBuilder().header(TIME, signature.time());
    if (signer.sessionToken() != null) { // which may be another than a moment ago
      headers.put(TOKEN, List.of(signer.sessionToken()));
      builder.header(TOKEN, signer.sessionToken());
    }
    CanonicalRequest canonical =
        new CanonicalRequest(
            request.method(),
            request.url().encodedPath(),
            query(request.url()),
            headers,
            String.valueOf(request.header(CHECKSUM)));
    return builder.header(AUTHORIZATION, signature.authorization(canonical)).build();
  }

  /** OkHttp takes no other exceptions here, and a provider may throw what it likes. */
  private io.minio.credentials.Credentials signer() throws IOException {
    try {
      return credentials.fetch();
    } catch (RuntimeException e) {
      throw new IOException("there are no credentials to sign with", e);
    }
  }

  private static Map<String, List<String>> query(HttpUrl url) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String name : url.queryParameterNames()) {
      parameters.put(
          name,
          url.queryParameterValues(name).stream().map(each -> each == null ? "" : each).toList());
    }
    return parameters;
  }
}
