package io.taforge.adapter.minio;

import io.minio.messages.Item;
import io.minio.messages.ListMultipartUploadsResult;
import io.minio.messages.ListVersionsResult;
import io.taforge.adapter.minio.OngoingCalls.Ongoing;
import io.taforge.artifact.InvalidMetadataException;
import io.taforge.artifact.Tags;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.ContentRange;
import io.taforge.storage.remote.DeletionReader;
import io.taforge.storage.remote.DeletionReader.Deletions;
import io.taforge.storage.remote.ObjectName;
import io.taforge.storage.remote.ObjectServer.ObjectBody;
import io.taforge.storage.remote.ObjectServer.OpenUpload;
import io.taforge.storage.remote.ObjectServer.Refusal;
import io.taforge.storage.remote.ObjectServer.UploadListing;
import io.taforge.storage.remote.ObjectServer.UploadMarker;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Response;

/** Says in taforge's words what the SDK has read. */
final class MinioAnswers {
  private MinioAnswers() {}

  /** Content as it comes; the connection that it comes on is given up when it is closed early. */
  static ObjectBody body(Response answer, Ongoing<Response> ongoing) throws IOException {
    InputStream bytes = new Body(answer, ongoing);
    try {
      AnswerHeaders headers = new AnswerHeaders(answer.headers());
      ContentRange range = headers.range();
      return new ObjectBody(headers.facts(range.size()), range.slice(), bytes);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** What a batch could not delete; an answer can also be a refusal of it all, which is thrown. */
  static List<Refusal> refusals(Deletions deletions, List<String> keys, Call call) {
    List<Refusal> refusals = new ArrayList<>();
    for (DeletionReader.Kept each : deletions.errors()) {
      if (each.key().isEmpty()) {
        throw MinioFailures.translate(call.context(), each);
      }
      if (!each.code().equals("NoSuchKey")) {
        refusals.add(
            new Refusal(
                each.key(), MinioFailures.translate(call.context().withKey(each.key()), each)));
      }
    }
    deletions
        .unmentioned(keys)
        .forEach(
            key ->
                refusals.add(
                    new Refusal(
                        key,
                        new StorageBucketException(
                            call.context().withKey(key),
                            "the server does not say what became of it"))));
    return refusals;
  }

  static UploadListing uploads(String bucket, ListMultipartUploadsResult page) {
    List<OpenUpload> uploads =
        page.uploads().stream()
            .map(
                each ->
                    new OpenUpload(
                        new ObjectName(bucket, each.objectName()),
                        each.uploadId(),
                        each.initiated().toInstant()))
            .toList();
    String key = page.nextKeyMarker();
    String id = page.nextUploadIdMarker();
    return new UploadListing(
        uploads,
        page.isTruncated() && key != null
            ? Optional.of(new UploadMarker(key, id == null ? "" : id))
            : Optional.empty());
  }

  static Tags tags(io.minio.messages.Tags found) {
    try {
      return Tags.of(found.get());
    } catch (InvalidMetadataException e) {
      return Tags.none(); // another program's
    }
  }

  /** The bytes of an answer; the rest of them is not read for the sake of the connection. */
  private static final class Body extends FilterInputStream {
    private final Ongoing<Response> ongoing;

    Body(Response answer, Ongoing<Response> ongoing) {
      super(answer.body().byteStream());
      this.ongoing = ongoing;
    }

    @Override
    public void close() throws IOException {
      ongoing.giveUp(); // nothing happens if all has come
      in.close();
    }
  }

  /** The versions and delete markers of one key. */
  static List<String> versions(ListVersionsResult page, String key) {
    return Stream.concat(page.contents().stream(), page.deleteMarkers().stream())
        .filter(each -> key.equals(each.objectName()))
        .map(Item::versionId)
        .toList();
  }
}
