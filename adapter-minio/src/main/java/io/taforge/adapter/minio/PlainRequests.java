package io.taforge.adapter.minio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateBucketArgs;
import io.minio.HeadBucketArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.ObjectArgs;
import io.minio.Utils;
import io.minio.Xml;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.CompleteMultipartUpload;
import io.minio.messages.ErrorResponse;
import io.minio.messages.Part;
import io.taforge.artifact.Sha256;
import io.taforge.storage.CorrelationId;
import io.taforge.storage.remote.DeletionReader;
import io.taforge.storage.remote.DeletionReader.Deletions;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.LifecycleDocument;
import io.taforge.storage.remote.ListingReader;
import io.taforge.storage.remote.ObjectServer.Listing;
import io.taforge.storage.remote.ObjectServer.SentPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Requests that the SDK makes, or whose answers it reads, otherwise than servers mean them, and
 * those with content, which it signs slowly.
 */
final class PlainRequests extends MinioAsyncClient {
  private static final String LIFECYCLE = "lifecycle";
  private static final MediaType XML = MediaType.get("application/xml");
  private static final Pattern TAG = Pattern.compile("<ETag>(?:&quot;|&#34;|\")?([^<&\"]*)");

  static final MediaType BYTES = MediaType.get("application/octet-stream");
  private static final RequestBody NOTHING = RequestBody.create(new byte[0], BYTES);
  private static final String CHECKSUM_OF_NOTHING = Sha256.of(new byte[0]).hex();

  private final String requestRegion;

  /** With what a client is set up with, which stays the caller's, in this region. */
  PlainRequests(MinioAsyncClient client, String region) {
    super(client);
    this.requestRegion = region;
    if (provider != null) {
      httpClient =
          httpClient.newBuilder().addInterceptor(new RequestSigning(provider, region)).build();
    }
  }

  /** The same, which signs already. */
  private PlainRequests(PlainRequests whole) {
    super(whole);
    this.requestRegion = whole.requestRegion;
  }

  /** With what this is set up with, and with requests that name this id. */
  PlainRequests correlated(CorrelationId id) {
    PlainRequests requests = new PlainRequests(this);
    requests.setAppInfo(CorrelationId.PRODUCT, id.token());
    return requests;
  }

  /** Signs links with the client's credentials, and sends nothing. */
  MinioLinks links(MinioSettings settings) {
    MinioAsyncClient signing =
        settings.connection().linkEndpoint().map(each -> at(each, settings)).orElse(this);
    return new MinioLinks(signing, provider, settings.region());
  }

  private MinioAsyncClient at(Endpoint endpoint, MinioSettings settings) {
    MinioAsyncClient client =
        MinioAsyncClient.builder()
            .endpoint(endpoint.toString())
            .region(settings.region())
            .credentialsProvider(provider)
            .httpClient(httpClient) // which stays whose it is
            .build();
    return MinioClients.addressing(client, settings.connection());
  }

  /** Stores bytes, the SHA-256 of which is among the headers. */
  CompletableFuture<Headers> put(
      ObjectArgs place, Http.Headers headers, Http.QueryParameters query, RequestBody bytes) {
    return execute(Http.Method.PUT, place, headers, query, bytes)
        .thenApply(
            answer -> {
              answer.close();
              return answer.headers();
            });
  }

  /** Asks for the bytes of an object. */
  CompletableFuture<Response> get(ObjectArgs place, Http.Headers headers) {
    headers.set(RequestSigning.CHECKSUM, CHECKSUM_OF_NOTHING);
    return execute(Http.Method.GET, place, headers, new Http.QueryParameters(), NOTHING);
  }

  /** A body of OkHttp's is how the SDK is told to sign nothing; see {@link RequestSigning}. */
  private CompletableFuture<Response> execute(
      Http.Method method,
      ObjectArgs place,
      Http.Headers headers,
      Http.QueryParameters query,
      RequestBody bytes) {
    return executeAsync(
        Http.S3Request.builder()
            .userAgent(userAgent)
            .method(method)
            .args(place)
            .headers(headers)
            .queryParams(query)
            .body(new Http.Body(bytes))
            .build(),
        requestRegion);
  }

  /** Creates a bucket without a word on where; the SDK's own would name the default region. */
  CompletableFuture<Void> createBucket(String bucket) {
    CreateBucketArgs args = CreateBucketArgs.builder().bucket(bucket).build();
    return executePutAsync(args, null, null, null).thenAccept(Response::close);
  }

  /** Asks something about a bucket, such as its {@code acl}. */
  CompletableFuture<Response> ask(String bucket, String what) {
    return executeGetAsync(about(bucket), null, new Http.QueryParameters(what, ""));
  }

  /** Asks for a page of a listing. */
  CompletableFuture<Listing> list(String bucket, Http.QueryParameters query) {
    return executeGetAsync(about(bucket), null, query)
        .thenApply(answer -> read(answer, ListingReader::read));
  }

  /** Removes objects; the SDK's own asks for no word of those that are gone. */
  CompletableFuture<Deletions> delete(String bucket, List<String> keys) {
    StringBuilder xml = new StringBuilder(100 * keys.size()).append("<Delete>");
    keys.forEach(key -> xml.append("<Object><Key>").append(text(key)).append("</Key></Object>"));
    return executePostAsync(
            about(bucket),
            null,
            new Http.QueryParameters("delete", ""),
            body(xml.append("</Delete>").toString()))
        .thenApply(answer -> read(answer, DeletionReader::read));
  }

  private static String text(String key) {
    StringBuilder text = new StringBuilder(key.length() + 8);
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c < ' ' || c == '&' || c == '<' || c == '>') {
        text.append("&#").append((int) c).append(';');
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** Makes something of an answer as it comes. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(InputStream answer) throws IOException;
  }

  /** In the thread in which it comes, so that the time for all of it is limited. */
  private static <T> T read(Response answer, Reader<T> reader) {
    try (answer) {
      return reader.read(answer.body().byteStream());
    } catch (IllegalArgumentException e) {
      throw new CompletionException(new StrangeAnswerException(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static Http.Body body(String xml) {
    byte[] bytes = xml.getBytes(UTF_8);
    return new Http.Body(bytes, bytes.length, XML, Sha256.of(bytes).hex(), WireHeaders.md5(bytes));
  }

  /** Says something about a bucket. */
  CompletableFuture<Response> say(String bucket, String what, String xml) {
    return executePutAsync(about(bucket), null, new Http.QueryParameters(what, ""), body(xml));
  }

  private static HeadBucketArgs about(String bucket) {
    return HeadBucketArgs.builder().bucket(bucket).build();
  }

  /** Asks for the lifecycle rules of a bucket as they are, where the SDK's own forgets some. */
  CompletableFuture<Response> lifecycle(String bucket) {
    return executeGetAsync(about(bucket), null, new Http.QueryParameters(LIFECYCLE, ""));
  }

  /** Reads that answer. */
  static LifecycleDocument lifecycle(Response answer) throws IOException {
    try (answer) {
      return new LifecycleDocument(
          answer.body().string(),
          Optional.ofNullable(answer.header(LifecycleDocument.TRANSITION_MINIMUM)));
    }
  }

  /** Replaces the rules by these, as they are. */
  CompletableFuture<Void> putLifecycle(String bucket, LifecycleDocument rules) {
    Http.Headers headers = new Http.Headers();
    rules
        .transitionMinimum()
        .ifPresent(minimum -> headers.set(LifecycleDocument.TRANSITION_MINIMUM, minimum));
    return executePutAsync(
            about(bucket), headers, new Http.QueryParameters(LIFECYCLE, ""), body(rules.xml()))
        .thenAccept(Response::close);
  }

  /** Completes an upload; the SDK's own logs a warning if the answer tells no ETag. */
  CompletableFuture<Response> completeUpload(CompleteMultipartUploadArgs args) {
    try {
      return executePostAsync(
          args,
          null,
          new Http.QueryParameters(Http.UPLOAD_ID, args.uploadId()),
          new Http.Body(new CompleteMultipartUpload(args.parts()), null, null, null));
    } catch (MinioException e) {
      return Utils.failedFuture(e);
    }
  }

  /** Reads that answer; a failure can come with status 200, when the server began it too soon. */
  static Written written(Response answer) throws IOException, MinioException {
    try (answer) {
      String xml = answer.body().string();
      if (xml.contains("<Error")) {
        throw new ErrorResponseException(Xml.unmarshal(ErrorResponse.class, xml), answer, null);
      }
      Matcher tag = TAG.matcher(xml);
      if (!tag.find()) {
        throw new StrangeAnswerException("a completion without an ETag");
      }
      return new Written(new AnswerHeaders(answer.headers()), AnswerHeaders.version(tag.group(1)));
    }
  }

  /** What is in such a request. */
  static Part[] parts(List<SentPart> sent) {
    return sent.stream()
        .map(
            each ->
                new Part(
                    each.part().number(),
                    each.version().value(),
                    null,
                    null,
                    null,
                    null,
                    WireHeaders.base64(each.part().sha256())))
        .toArray(Part[]::new);
  }
}
