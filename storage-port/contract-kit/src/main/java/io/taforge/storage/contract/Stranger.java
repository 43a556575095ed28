package io.taforge.storage.contract;

import io.taforge.storage.SignedLink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Somebody with an HTTP client, who was given a link and knows nothing of the store. Servers close
 * connections on which they have refused to read on, and a client may find that out with its next
 * request; so that is sent once more by a new client, and its answer counts.
 */
final class Stranger {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Supplier<HttpClient> clients;
  private HttpClient client;

  /** With new clients from there. */
  Stranger(Supplier<HttpClient> clients) {
    this.clients = clients;
    this.client = clients.get();
  }

  /**
   * What the server has said, or that it has cut the connection instead.
   *
   * @param text the body, a character for each byte
   */
  record Answer(int status, Map<String, String> headers, String text) {
    private static final Answer CUT = new Answer(0, Map.of(), "");

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** Whether it says that this link is not good for this; that there is nothing is no answer. */
    boolean isRefusal() {
      return status >= 400 && status < 500 && status != 404;
    }

    boolean isCut() {
      return status == CUT.status;
    }

    byte[] body() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** Without the body, which may be long. */
    @Override
    public String toString() {
      return isCut() ? "no answer, the connection was cut" : "status " + status;
    }
  }

  /** Follows a link to download. */
  Answer get(SignedLink link) {
    return ask("GET", link.uri(), link.headers(), BodyPublishers.noBody());
  }

  Answer get(URI uri) {
    return ask("GET", uri, Map.of(), BodyPublishers.noBody());
  }

  /** Follows a link to upload. */
  Answer put(SignedLink link, byte[] content) {
    return put(link.uri(), link.headers(), content);
  }

  Answer put(URI uri, Map<String, String> headers, byte[] content) {
    return ask("PUT", uri, headers, BodyPublishers.ofByteArray(content));
  }

  /** Sends content without saying how long it is. */
  Answer putChunked(SignedLink link, byte[] content) {
    return ask(
        "PUT",
        link.uri(),
        link.headers(),
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)));
  }

  /** Says that so much will come, sends half of it and goes away. */
  Answer putHalf(SignedLink link, byte[] content) {
    byte[] half = Arrays.copyOf(content, content.length / 2);
    return ask(
        "PUT",
        link.uri(),
        link.headers(),
        BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(half), content.length));
  }

  /**
   * Sends a request as it is.
   *
   * @throws UncheckedIOException if the server cannot be reached, or cuts off a download
   */
  Answer ask(String method, URI uri, Map<String, String> headers, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).method(method, body);
    headers.forEach(request::setHeader);
    try {
      try {
        return answer(request.build());
      } catch (ConnectException e) {
        throw new UncheckedIOException("Nobody listens where the link leads", e);
      } catch (IOException e) {
        client = clients.get();
        return answer(request.build());
      }
    } catch (IOException e) {
      if (method.equals("PUT")) {
        return Answer.CUT;
      }
      throw new UncheckedIOException("The server does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("The stranger was interrupted", e);
    }
  }

  private Answer answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    return new Answer(response.statusCode(), plain(response), response.body());
  }

  /** The first value of each header, by its name in lower case. */
  private static Map<String, String> plain(HttpResponse<?> response) {
    return response.headers().map().entrySet().stream()
        .collect(
            Collectors.toMap(
                each -> each.getKey().toLowerCase(Locale.ROOT),
                each -> each.getValue().get(0),
                (one, other) -> one));
  }
}
