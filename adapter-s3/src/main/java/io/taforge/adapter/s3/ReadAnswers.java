package io.taforge.adapter.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Reads answers that tell of a thousand objects before the SDK does, whose types make up to twelve
 * kilobytes of garbage for each of them; the SDK is handed an empty one.
 */
final class ReadAnswers implements ExecutionInterceptor, SdkPlugin {
  private static final ExecutionAttribute<Expected<?>> EXPECTED =
      new ExecutionAttribute<>("taforge-expected");
  private static final byte[] NOTHING = "<Nothing/>".getBytes(UTF_8);

  /** Makes something of the bytes of an answer. */
  @FunctionalInterface
  interface Reader<T> {
    /**
     * Reads it.
     *
     * @throws IOException if it breaks off
     * @throws IllegalArgumentException if it is something else
     */
    T read(InputStream answer) throws IOException;
  }

  /** An answer that a request is to bring, and has brought when the SDK returns. */
  static final class Expected<T> {
    private final Reader<T> reader;
    private volatile @Nullable T answer;

    Expected(Reader<T> reader) {
      this.reader = reader;
    }

    /** Has this request bring it, by a client that knows of it or is told so now. */
    Expected<T> from(AwsRequestOverrideConfiguration.Builder request, boolean isKnown) {
      request.putExecutionAttribute(EXPECTED, this);
      if (!isKnown) {
        request.addPlugin(new ReadAnswers());
      }
      return this;
    }

    /** What was brought; null if it was something else. */
    @Nullable T answer() {
      return answer;
    }

    private void read(InputStream bytes) throws IOException {
      answer = null; // of an attempt before
      try {
        answer = reader.read(bytes);
      } catch (IllegalArgumentException e) {
        if (bytes instanceof Abortable connection) {
          connection.abort(); // closing would read all that is left
        }
      }
    }
  }

  /** Whether a client knows of this; another one must be told so with each request. */
  static boolean areKnownTo(S3Client client) {
    return client
        .serviceClientConfiguration()
        .overrideConfiguration()
        .executionInterceptors()
        .stream()
        .anyMatch(ReadAnswers.class::isInstance);
  }

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder client) {
    client.overrideConfiguration(
        client.overrideConfiguration().toBuilder().addExecutionInterceptor(this).build());
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Expected<?> expected = attributes.getAttribute(EXPECTED);
    Optional<InputStream> body = context.responseBody();
    if (expected == null || body.isEmpty() || !context.httpResponse().isSuccessful()) {
      return body;
    }
    try (InputStream bytes = body.get()) {
      expected.read(bytes);
    } catch (IOException e) {
      throw SdkClientException.create("The answer broke off: " + e.getMessage(), e);
    }
    return Optional.of(new ByteArrayInputStream(NOTHING));
  }
}
