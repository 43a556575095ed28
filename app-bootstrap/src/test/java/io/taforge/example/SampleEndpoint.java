package io.taforge.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.taforge.artifact.FileName;
import io.taforge.artifact.InvalidKeyException;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageException;
import io.taforge.storage.audit.Caller;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.UUID;

/** Takes a log sample, as in {@code POST /samples/access.log}, and answers with a link to it. */
final class SampleEndpoint implements HttpHandler {
  static final String PATH = "/samples/";

  private final ObjectStorageClient client;

  SampleEndpoint(ObjectStorageClient client) {
    this.client = client;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String id = UUID.randomUUID().toString(); // in the audit trail and in the server's log, too
    exchange.getResponseHeaders().set("X-Request-Id", id);
    try (exchange) {
      try {
        FileName name = FileName.of(exchange.getRequestURI().getPath().substring(PATH.length()));
        LogSample sample = new LogSample(RequestId.random(), name);
        ObjectStorageClient storage = client.onBehalfOf(new Caller("somebody", id));
        storage.upload(sample, content(exchange), PutOptions.defaults());
        LinkRequest link = LinkRequest.download(sample).validFor(Duration.ofMinutes(15));
        answer(exchange, 201, storage.link(link).uri().toString());
      } catch (InvalidKeyException e) {
        answer(exchange, e.httpStatus(), e.getMessage()); // 400: it says what a name may be
      } catch (StorageException e) {
        if (e.isRetryable()) {
          exchange.getResponseHeaders().set("Retry-After", "5");
        }
        boolean isTheirs = e.httpStatus() < 500; // such as 413: larger than is accepted
        answer(exchange, e.httpStatus(), isTheirs ? e.getMessage() : "not now, see " + id);
      }
    }
  }

  /** With a length, what is too large is refused before a byte of it was read. */
  private static ContentSource content(HttpExchange exchange) {
    InputStream body = exchange.getRequestBody();
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length == null ? ContentSource.of(body) : ContentSource.of(body, Long.parseLong(length));
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush(); // before what is left of the content is waited for
  }
}
