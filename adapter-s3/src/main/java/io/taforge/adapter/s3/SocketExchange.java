package io.taforge.adapter.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** A request and its answer. Its connection goes back once the answer is read, or given up. */
final class SocketExchange implements ExecutableHttpRequest {
  /** Whoever asks beforehand goes on after a while: not every server answers that. */
  private static final Duration ASK = Duration.ofSeconds(1);

  private static final Set<SdkHttpMethod> MAY_HAVE_CONTENT =
      EnumSet.of(SdkHttpMethod.PUT, SdkHttpMethod.POST, SdkHttpMethod.PATCH);

  private final SocketPool pool;
  private final SdkHttpRequest request;
  private final Optional<ContentStreamProvider> content;
  private final AtomicReference<@Nullable SocketConnection> held = new AtomicReference<>();
  private final Optional<RequestTerms> terms = RequestTerms.current();
  private final long begins = System.nanoTime();
  private final Optional<Long> ends = terms.map(RequestTerms::attemptEnds);
  private volatile boolean isAborted;
  private volatile boolean isExpired;

  SocketExchange(SocketPool pool, HttpExecuteRequest request) {
    this.pool = pool;
    this.request = request.httpRequest();
    this.content = request.contentStreamProvider();
  }

  @Override
  public HttpExecuteResponse call() throws IOException {
    if (terms.isPresent() && terms.get().isOver()) {
      throw timeout();
    }
    try {
      if (ends.isPresent()) {
        pool.watch().add(this);
      }
      SocketConnection connection = connection();
      long length = length();
      writeHead(connection);
      Optional<SocketAnswer> refusal = asksFirst() ? refusal(connection) : Optional.empty();
      if (refusal.isPresent()) {
        return answered(connection, refusal.get(), false);
      }
      boolean isTaken = send(connection, length);
      SocketAnswer answer = SocketAnswer.read(connection);
      while (answer.isInterim()) {
        answer = SocketAnswer.read(connection);
      }
      return answered(connection, answer, isTaken);
    } catch (IOException e) {
      abort();
      if (isExpired && terms.isPresent() && terms.get().isOver()) {
        throw timeout();
      }
      throw meaning(e);
    } catch (RuntimeException | Error e) {
      abort();
      throw e;
    }
  }

  /** Whether it takes too long. */
  boolean isDue(long now) {
    return ends.isPresent() && now - ends.get() >= 0;
  }

  /** It has taken too long; from another thread. */
  void expire() {
    isExpired = true;
    abort();
  }

  /** Why something failed: a connection that was given up would only say that it is closed. */
  private IOException meaning(IOException failure) {
    if (!isExpired) {
      return failure;
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begins);
    IOException timeout = new SocketTimeoutException("it has taken more than " + seconds + " s");
    timeout.addSuppressed(failure);
    return timeout;
  }

  /** All attempts together have taken too long, so there must not be another. */
  private ApiCallTimeoutException timeout() {
    return ApiCallTimeoutException.create(terms.orElseThrow().call().inAll().toMillis());
  }

  /** From any thread. */
  @Override
  public void abort() {
    isAborted = true;
    pool.watch().remove(this);
    SocketConnection connection = held.getAndSet(null);
    if (connection != null) {
      pool.discard(connection);
    }
  }

  private void giveBack() {
    pool.watch().remove(this);
    SocketConnection connection = held.getAndSet(null);
    if (connection != null) {
      pool.giveBack(connection);
    }
  }

  private SocketConnection connection() throws IOException {
    boolean isSecure = request.protocol().equalsIgnoreCase("https");
    SocketConnection connection =
        pool.acquire(
            new SocketConnection.Origin(isSecure, request.host(), request.port()),
            ends.map(end -> Duration.ofNanos(end - System.nanoTime())));
    held.set(connection);
    if (isAborted) {
      throw new SocketException("the request was given up");
    }
    if (!connection.isConnected()) {
      connection.connect();
    }
    return connection;
  }

  private long length() {
    if (content.isEmpty()) {
      return 0;
    }
    return request
        .firstMatchingHeader("Content-Length")
        .map(Long::parseLong)
        .orElseThrow(() -> new IllegalArgumentException("Content must have a Content-Length"));
  }

  private void writeHead(SocketConnection connection) {
    String path = request.encodedPath();
    connection.write(request.method().name()).write(" ").write(path.isEmpty() ? "/" : path);
    request.encodedQueryParameters().ifPresent(query -> connection.write("?").write(query));
    connection.write(" HTTP/1.1").endLine();
    request.forEachHeader(
        (name, values) ->
            values.forEach(value -> connection.write(name).write(": ").write(value).endLine()));
    if (request.firstMatchingHeader("Host").isEmpty()) {
      boolean isUsual = SdkHttpUtils.isUsingStandardPort(request.protocol(), request.port());
      String host = isUsual ? request.host() : request.host() + ":" + request.port();
      connection.write("Host: ").write(host).endLine();
    }
    if (MAY_HAVE_CONTENT.contains(request.method())
        && request.firstMatchingHeader("Content-Length").isEmpty()) {
      connection.write("Content-Length: 0").endLine();
    }
    connection.endLine();
  }

  private boolean asksFirst() {
    return request.firstMatchingHeader("Expect").isPresent();
  }

  /** What the server has against the content, if it says so before it gets it. */
  private static Optional<SocketAnswer> refusal(SocketConnection connection) throws IOException {
    connection.flush();
    return connection.isAnswered(ASK)
        ? Optional.of(SocketAnswer.read(connection)).filter(answer -> !answer.isInterim())
        : Optional.empty();
  }

  /** Whether all of it was taken. */
  private boolean send(SocketConnection connection, long length) throws IOException {
    if (length == 0) {
      connection.flush();
      return true;
    }
    try (InputStream bytes = content.orElseThrow().newStream()) {
      return connection.send(bytes, length);
    }
  }

  private HttpExecuteResponse answered(
      SocketConnection connection, SocketAnswer answer, boolean isTaken) {
    Runnable whenRead = isTaken && !answer.isLast() ? this::giveBack : this::abort;
    HttpExecuteResponse.Builder response = HttpExecuteResponse.builder().response(answer.head());
    if (answer.hasContent(request.method())) {
      if (answer.head().isSuccessful() && terms.filter(RequestTerms::isStream).isPresent()) {
        pool.watch().remove(this);
      }
      SocketBody body = new SocketBody(connection, answer, whenRead, this::abort, this::meaning);
      response.responseBody(AbortableInputStream.create(body, this));
    } else {
      whenRead.run();
    }
    return response.build();
  }
}
