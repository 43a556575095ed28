package io.taforge.links;

import io.taforge.artifact.Artifact;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ByteRange;
import io.taforge.storage.LinkRequest.Download;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageRangeException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers GET and HEAD of a link that is right. */
final class Downloads {
  private final ObjectStorageClient client;

  Downloads(ObjectStorageClient client) {
    this.client = client;
  }

  void serve(Download allowed, Request request, Response response, Callback callback) {
    try {
      if (HttpMethod.HEAD.is(request.getMethod())) {
        describe(allowed, request, response, callback);
      } else {
        send(allowed, request, response, callback);
      }
    } catch (StorageNotFoundException e) {
      Refusals.answer(
          HttpStatus.NOT_FOUND_404, "There is nothing here.", request, response, callback);
    }
  }

  private void describe(Download allowed, Request request, Response response, Callback callback) {
    StoredArtifact stored = stored(allowed.artifact());
    addFacts(stored, allowed, response.getHeaders());
    if (isKnown(stored, request)) {
      response.setStatus(HttpStatus.NOT_MODIFIED_304);
    } else {
      response.setStatus(HttpStatus.OK_200);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, stored.size());
    }
    callback.succeeded();
  }

  private void send(Download allowed, Request request, Response response, Callback callback) {
    Optional<ByteRange> range = range(allowed.artifact(), request);
    try (ArtifactContent content = open(allowed.artifact(), range)) {
      HttpFields.Mutable headers = response.getHeaders();
      addFacts(content.artifact(), allowed, headers);
      if (isKnown(content.artifact(), request)) {
        response.setStatus(HttpStatus.NOT_MODIFIED_304);
        callback.succeeded();
        return;
      }
      headers.put(HttpHeader.CONTENT_LENGTH, content.length());
      if (range.isPresent()) {
        long first = content.offset();
        headers.put(
            HttpHeader.CONTENT_RANGE,
            "bytes %d-%d/%d"
                .formatted(first, first + content.length() - 1, content.artifact().size()));
      }
      response.setStatus(range.isPresent() ? HttpStatus.PARTIAL_CONTENT_206 : HttpStatus.OK_200);
      OutputStream out = Content.Sink.asOutputStream(response);
      content.stream().transferTo(out);
      out.close(); // ends the answer, as nothing may that has failed
      callback.succeeded();
    } catch (StorageRangeException e) {
      long size = stored(allowed.artifact()).size();
      response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + size);
      Refusals.answer(
          HttpStatus.RANGE_NOT_SATISFIABLE_416,
          "That is behind the end.",
          request,
          response,
          callback);
    } catch (IOException e) {
      callback.failed(e); // the stranger has gone
    }
  }

  private StoredArtifact stored(Artifact artifact) {
    // as a download would say it
    return client
        .find(artifact)
        .orElseGet(
            () -> {
              try (ArtifactContent content = client.download(artifact)) {
                return content.artifact();
              }
            });
  }

  private ArtifactContent open(Artifact artifact, Optional<ByteRange> range) {
    return range.isPresent() ? client.download(artifact, range.get()) : client.download(artifact);
  }

  /** The range that is wanted, unless it was of another version (RFC 9110, section 13.1.5). */
  private Optional<ByteRange> range(Artifact artifact, Request request) {
    String wanted = request.getHeaders().get(HttpHeader.RANGE);
    if (wanted == null) {
      return Optional.empty();
    }
    String version = request.getHeaders().get(HttpHeader.IF_RANGE);
    boolean isOutdated =
        version != null && !version.equals(EntityTag.of(stored(artifact).version()).toString());
    return isOutdated ? Optional.empty() : RangeHeader.parse(wanted);
  }

  private static boolean isKnown(StoredArtifact stored, Request request) {
    String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
    return known != null && EntityTag.of(stored.version()).isIn(known);
  }

  private static void addFacts(
      StoredArtifact stored, Download allowed, HttpFields.Mutable headers) {
    Safety.addTo(headers);
    allowed.responseHeaders().forEach(headers::put);
    headers.put(HttpHeader.ETAG, EntityTag.of(stored.version()).toString());
    headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
    headers.putDate(HttpHeader.LAST_MODIFIED, stored.storedAt().toEpochMilli());
  }
}
