package io.taforge.adapter.minio;

import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateBucketArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.Utils;
import io.minio.Xml;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.CompleteMultipartUpload;
import io.minio.messages.ErrorResponse;
import io.minio.messages.Part;
import io.taforge.storage.CorrelationId;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.ObjectServer.SentPart;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/** Requests that the SDK makes, or whose answers it reads, otherwise than servers mean them. */
final class PlainRequests extends MinioAsyncClient {
  private static final Pattern TAG = Pattern.compile("<ETag>(?:&quot;|&#34;|\")?([^<&\"]*)");

  /** With what a client is set up with, which stays the caller's. */
  PlainRequests(MinioAsyncClient client) {
    super(client);
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

  /** Creates a bucket without a word on where; the SDK's own would name the default region. */
  CompletableFuture<Void> createBucket(String bucket) {
    CreateBucketArgs args = CreateBucketArgs.builder().bucket(bucket).build();
    return executePutAsync(args, null, null, null).thenAccept(Response::close);
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
