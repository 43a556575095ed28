package io.taforge.adapter.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.storage.remote.ListingReader;
import io.taforge.storage.remote.ObjectServer.Listing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
 * Reads the pages of listings before the SDK does, whose types make twelve kilobytes of garbage for
 * each key; the SDK is handed an empty page.
 */
final class S3Pages implements ExecutionInterceptor, SdkPlugin {
  private static final ExecutionAttribute<AtomicReference<@Nullable Listing>> PAGE =
      new ExecutionAttribute<>("taforge-page");
  private static final byte[] NOTHING = "<ListBucketResult/>".getBytes(UTF_8);

  /** Whether a client reads pages in this way; another one must be told so with each request. */
  static boolean areReadBy(S3Client client) {
    return client
        .serviceClientConfiguration()
        .overrideConfiguration()
        .executionInterceptors()
        .stream()
        .anyMatch(S3Pages.class::isInstance);
  }

  /** Has the page that a request brings put there; nothing is there if it brings another answer. */
  static AtomicReference<@Nullable Listing> expectedBy(
      AwsRequestOverrideConfiguration.Builder request, boolean isKnown) {
    AtomicReference<@Nullable Listing> page = new AtomicReference<>();
    request.putExecutionAttribute(PAGE, page);
    if (!isKnown) {
      request.addPlugin(new S3Pages());
    }
    return page;
  }

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder client) {
    client.overrideConfiguration(
        client.overrideConfiguration().toBuilder().addExecutionInterceptor(this).build());
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    AtomicReference<@Nullable Listing> page = attributes.getAttribute(PAGE);
    Optional<InputStream> body = context.responseBody();
    if (page == null || body.isEmpty() || !context.httpResponse().isSuccessful()) {
      return body;
    }
    page.set(null);
    try (InputStream bytes = body.get()) {
      page.set(read(bytes));
    } catch (IOException e) {
      throw SdkClientException.create("The page broke off: " + e.getMessage(), e);
    }
    return Optional.of(new ByteArrayInputStream(NOTHING));
  }

  private static @Nullable Listing read(InputStream bytes) throws IOException {
    try {
      return ListingReader.read(bytes);
    } catch (IllegalArgumentException e) {
      if (bytes instanceof Abortable connection) {
        connection.abort(); // closing would read all that is left
      }
      return null;
    }
  }
}
