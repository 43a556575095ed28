package io.taforge.adapter.minio;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.credentials.Provider;
import io.minio.errors.MinioException;
import io.taforge.storage.SignedLink;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.LinkTerms;
import io.taforge.storage.remote.ObjectName;
import io.taforge.storage.remote.SignatureV4;
import java.net.URI;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Signs links as a client signs requests, with its credentials. The SDK does it, but for links that
 * are bound to anything: it leaves the headers out that say so.
 */
final class MinioLinks {
  private final MinioAsyncClient client;
  private final @Nullable Provider credentials;
  private final String region;

  /**
   * For a client.
   *
   * @param credentials the client's; null if it signs nothing
   * @param region for which; were it left to the client, that would ask the server
   */
  MinioLinks(MinioAsyncClient client, @Nullable Provider credentials, String region) {
    this.client = client;
    this.credentials = credentials;
    this.region = region;
  }

  SignedLink sign(ObjectName name, LinkTerms terms, Call call) {
    io.minio.credentials.Credentials signer = credentials(call);
    URI link = presigned(name, terms, call);
    return terms.link(
        terms.headers().isEmpty()
            ? link
            : new SignatureV4(
                    new Credentials(signer.accessKey(), signer.secretKey()),
                    Optional.ofNullable(signer.sessionToken()),
                    region,
                    SignatureV4.S3,
                    SignatureV4.signedAt(link))
                .link(terms, link));
  }

  private io.minio.credentials.Credentials credentials(Call call) {
    if (credentials == null) {
      throw MinioFailures.noCredentials(call.context());
    }
    try {
      return credentials.fetch();
    } catch (RuntimeException e) { // whatever a provider throws, of the caller's perhaps
      throw MinioFailures.noCredentials(call.context(), e);
    }
  }

  private URI presigned(ObjectName name, LinkTerms terms, Call call) {
    try {
      String link =
          client.getPresignedObjectUrl(
              GetPresignedObjectUrlArgs.builder()
                  .method(Http.Method.valueOf(terms.method().name()))
                  .region(region)
                  .bucket(name.bucket())
                  .object(name.key())
                  .extraQueryParams(terms.query())
                  .expiry(Math.toIntExact(terms.validity().toSeconds()))
                  .build());
      return HttpUrl.get(link).uri(); // Java's own parser repeats in its failures what it reads
    } catch (MinioException | IllegalArgumentException e) {
      throw MinioFailures.translate(call.context(), WriteCondition.always(), e);
    }
  }
}
