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
import io.taforge.storage.remote.LinkPlace;
import io.taforge.storage.remote.LinkTerms;
import io.taforge.storage.remote.ObjectName;
import io.taforge.storage.remote.SignatureV4;
import io.taforge.storage.remote.SigningKeys;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Signs links as a client signs requests, with its credentials. The SDK says where they lead, once
 * for each bucket: it takes some twenty times as long as all of this, and leaves out the headers of
 * links that are bound to anything.
 */
final class MinioLinks {
  private static final String ANY_KEY = "key";

  private final MinioAsyncClient client;
  private final @Nullable Provider credentials;
  private final String region;
  private final Map<String, LinkPlace> places = new ConcurrentHashMap<>();
  private final SigningKeys keys = new SigningKeys();
  private final Clock clock = Clock.systemUTC(); // the SDK's, too

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
    LinkPlace place = places.get(name.bucket());
    if (place == null) {
      place = place(name.bucket(), call);
      places.put(name.bucket(), place);
    }
    SignatureV4 signature =
        new SignatureV4(
            new Credentials(signer.accessKey(), signer.secretKey()),
            Optional.ofNullable(signer.sessionToken()),
            region,
            SignatureV4.S3,
            clock.instant(),
            keys);
    return signature.link(terms, place, name.key());
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

  private LinkPlace place(String bucket, Call call) {
    try {
      String link =
          client.getPresignedObjectUrl(
              GetPresignedObjectUrlArgs.builder()
                  .method(Http.Method.GET)
                  .region(region)
                  .bucket(bucket)
                  .object(ANY_KEY)
                  .build());
      // Java's own parser repeats in its failures what it reads
      return LinkPlace.of(HttpUrl.get(link).uri(), ANY_KEY);
    } catch (MinioException | IllegalArgumentException e) {
      throw MinioFailures.translate(call.context(), WriteCondition.always(), e);
    }
  }
}
