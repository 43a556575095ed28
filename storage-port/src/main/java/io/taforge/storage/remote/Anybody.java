package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.taforge.storage.FailureContext;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageInterruptedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Somebody without credentials, who has an HTTP client and perhaps a link. */
final class Anybody {
  private static final int MOST_BYTES = 1 << 16;

  private final HttpClient client;
  private final Duration patience;
  private final FailureContext context;

  Anybody(ServerConnection connection, Duration patience, FailureContext context) {
    this.client = client(connection);
    this.patience = patience;
    this.context = context;
  }

  /**
   * What the server has said.
   *
   * @param text the beginning of the body, a character for each byte
   * @param at the server's clock, if it tells the time
   */
  record Answer(int status, String text, Optional<Instant> at) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** Whether it is about who asks, or about what is asked with. */
    boolean isRefusal() {
      return status >= 400 && status < 500 && status != 404 && status != 408 && status != 429;
    }

    /** Whether it says that whoever asks may not. */
    boolean isDenial() {
      return status == 401 || status == 403;
    }
  }

  Answer get(URI address) {
    return ask(HttpRequest.newBuilder(address).GET());
  }

  /** Follows a link to upload, with headers of one's own besides those that it needs. */
  Answer put(SignedLink link, Map<String, String> more, byte[] content) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(link.uri()).PUT(BodyPublishers.ofByteArray(content));
    link.headers().forEach(request::setHeader);
    more.forEach(request::setHeader);
    return ask(request);
  }

  private Answer ask(HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> answer =
          client.send(request.timeout(patience).build(), BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        return new Answer(
            answer.statusCode(),
            new String(body.readNBytes(MOST_BYTES), ISO_8859_1),
            answer.headers().firstValue("Date").flatMap(Anybody::time));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageInterruptedException(context, "the thread was interrupted", e);
    } catch (IOException e) {
      throw new StorageConnectionException(
          context, "a request without a signature gets no answer", e);
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static HttpClient client(ServerConnection connection) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connection.connectTimeout());
    connection.certificates().map(Anybody::trusting).ifPresent(client::sslContext);
    return client.build();
  }

  private static SSLContext trusting(Path authorities) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {Certificates.trusting(authorities)}, null);
      return tls;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no TLS", e);
    }
  }
}
