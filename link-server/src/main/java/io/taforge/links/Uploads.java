package io.taforge.links;

import io.taforge.artifact.ContentType;
import io.taforge.artifact.InvalidMetadataException;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest.Upload;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageQuotaExceededException;
import io.taforge.storage.StorageRejectedException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers PUT of a link that is right. */
final class Uploads {
  private static final long UNKNOWN = -1;

  private final ObjectStorageClient client;

  Uploads(ObjectStorageClient client) {
    this.client = client;
  }

  void take(Upload allowed, Request request, Response response, Callback callback) {
    HttpFields headers = request.getHeaders();
    if (!isAsSigned(allowed, headers)) {
      Refusals.refuse(request, response, callback);
      return;
    }
    if (headers.contains(HttpHeader.CONTENT_RANGE)) {
      Refusals.answer(
          HttpStatus.BAD_REQUEST_400, "A part cannot be stored.", request, response, callback);
      return;
    }
    try {
      StoredArtifact stored = store(allowed, request);
      Safety.addTo(response.getHeaders());
      response.getHeaders().put(HttpHeader.ETAG, EntityTag.of(stored.version()).toString());
      response.setStatus(HttpStatus.OK_200);
      callback.succeeded();
    } catch (InvalidMetadataException e) {
      Refusals.answer(
          HttpStatus.BAD_REQUEST_400, "That is no content type.", request, response, callback);
    } catch (StorageIntegrityException e) {
      Refusals.answer(
          HttpStatus.BAD_REQUEST_400,
          "The content is not what was announced.",
          request,
          response,
          callback);
    } catch (StorageQuotaExceededException e) {
      Refusals.answer(
          HttpStatus.PAYLOAD_TOO_LARGE_413,
          "At most " + e.limit() + " bytes are accepted.",
          request,
          response,
          callback);
    } catch (StorageRejectedException e) {
      Refusals.answer(
          HttpStatus.UNPROCESSABLE_ENTITY_422,
          "The content is not admitted: " + e.reason() + ".",
          request,
          response,
          callback);
    } catch (StorageConflictException e) {
      Refusals.answer(
          HttpStatus.PRECONDITION_FAILED_412, "There is another one.", request, response, callback);
    }
  }

  /** What is bound is compared before a byte is read; the checksum, when all have been. */
  private static boolean isAsSigned(Upload allowed, HttpFields headers) {
    boolean isType =
        allowed.contentType().isEmpty()
            || allowed.contentType().get().value().equals(headers.get(HttpHeader.CONTENT_TYPE));
    boolean isLength =
        allowed.length().isEmpty()
            || allowed.length().getAsLong() == headers.getLongField(HttpHeader.CONTENT_LENGTH);
    return isType && isLength;
  }

  private StoredArtifact store(Upload allowed, Request request) {
    HttpFields headers = request.getHeaders();
    PutOptions options = PutOptions.defaults();
    Optional<String> type = Optional.ofNullable(headers.get(HttpHeader.CONTENT_TYPE));
    if (type.isPresent()) {
      options = options.withContentType(ContentType.of(type.get()));
    }
    if (allowed.sha256().isPresent()) {
      options = options.expecting(allowed.sha256().get());
    }
    if ("*".equals(headers.get(HttpHeader.IF_NONE_MATCH))) {
      options = options.on(WriteCondition.ifAbsent());
    }
    InputStream body = Content.Source.asInputStream(request);
    long length = request.getLength();
    ContentSource source =
        length == UNKNOWN ? ContentSource.of(body) : ContentSource.of(body, length);
    return client.upload(allowed.artifact(), source, options);
  }
}
