package io.taforge.storage.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taforge.artifact.ContentType;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkRequest.Download;
import io.taforge.storage.LinkRequest.Upload;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.link.LinkAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Serves links, in as few lines as it takes; a negative control overrides what it gets wrong. */
class TinyLinkServer implements AutoCloseable {
  static {
    System.setProperty(
        "sun.net.httpserver.nodelay", "true"); // an answer in two packets takes 40 ms
  }

  final ArtifactStore store;
  final LinkAuthority authority;
  private final HttpServer server;

  TinyLinkServer(ArtifactStore store, LinkAuthority authority) {
    this.store = store;
    this.authority = authority;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins, and lets links lead here under this name of the machine. */
  final void start(String host) {
    server.createContext("/", this::handle);
    server.start();
    authority.serveAt(URI.create("http://" + host + ":" + server.getAddress().getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** What the request may do, if anything. */
  Optional<LinkRequest> allowed(String method, String host, String target) {
    return authority.verify(method, host, target);
  }

  /** What an upload is held to. */
  Upload binding(Upload upload) {
    return upload;
  }

  /** What an answer says besides the content. */
  Map<String, String> headers(Download download, StoredArtifact stored) {
    return download.responseHeaders();
  }

  /** What a refusal says; it is given what was asked for. */
  String refusal(String target) {
    return "This link is not right, or not any more.";
  }

  /** Stores what comes; it is known to be as long as it has to be, if it does not break off. */
  void receive(Upload upload, InputStream body, OptionalLong length) throws IOException {
    ContentType type = upload.contentType().orElse(ContentType.BINARY);
    PutOptions options = PutOptions.defaults().withContentType(type);
    ContentSource source =
        length.isPresent() ? ContentSource.of(body, length.getAsLong()) : ContentSource.of(body);
    store.put(upload.artifact(), source, upload.sha256().map(options::expecting).orElse(options));
  }

  /** Sends what is there. */
  void send(HttpExchange exchange, Download download) throws IOException {
    try (ArtifactContent content = store.get(download.artifact())) {
      headers(download, content.artifact()).forEach(exchange.getResponseHeaders()::set);
      answer(exchange, 200, content.stream().readAllBytes());
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestURI().toString();
      String host = exchange.getRequestHeaders().getFirst("Host");
      Optional<LinkRequest> allowed = allowed(exchange.getRequestMethod(), host, target);
      if (allowed.isEmpty()) {
        answer(exchange, 403, bytes(refusal(target)));
      } else {
        serve(exchange, allowed.get());
      }
    }
  }

  private void serve(HttpExchange exchange, LinkRequest request) throws IOException {
    try {
      if (request instanceof Download download) {
        send(exchange, download);
      } else {
        take(exchange, binding((Upload) request));
      }
    } catch (StorageNotFoundException e) {
      answer(exchange, 404, bytes(e.getMessage()));
    } catch (StorageIntegrityException | StorageUploadException e) {
      answer(exchange, 400, bytes(e.getMessage()));
    }
  }

  private void take(HttpExchange exchange, Upload upload) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    OptionalLong length =
        Stream.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length"))
            .mapToLong(Long::parseLong)
            .findFirst();
    if (upload.contentType().isPresent() && !upload.contentType().get().value().equals(type)) {
      answer(exchange, 400, bytes("The type is not the one that the link is for."));
    } else if (upload.length().isPresent() && !upload.length().equals(length)) {
      answer(exchange, 400, bytes("The length is not the one that the link is for."));
    } else {
      receive(upload, exchange.getRequestBody(), length);
      answer(exchange, 200, bytes(""));
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
