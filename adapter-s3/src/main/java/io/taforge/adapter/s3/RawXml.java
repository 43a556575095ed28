package io.taforge.adapter.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sees the XML of one request's answer, or puts other XML into the request, where the SDK's own
 * types would lose what they do not know. It is signed, and summed up, after that.
 */
final class RawXml implements SdkPlugin, ExecutionInterceptor {
  private final @Nullable String sent;
  private volatile String received = "";

  private RawXml(@Nullable String sent) {
    this.sent = sent;
  }

  /** That sees what comes. */
  static RawXml reading() {
    return new RawXml(null);
  }

  /** That sends this. */
  static RawXml sending(String xml) {
    return new RawXml(xml);
  }

  /** What has come last. */
  String received() {
    return received;
  }

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder client) {
    client.overrideConfiguration(
        client.overrideConfiguration().toBuilder().addExecutionInterceptor(this).build());
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Optional<InputStream> body = context.responseBody();
    if (body.isEmpty()) {
      return body;
    }
    try (InputStream bytes = body.get()) {
      byte[] content = bytes.readAllBytes();
      received = new String(content, UTF_8);
      return Optional.of(new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<RequestBody> modifyHttpContent(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return sent == null ? context.requestBody() : Optional.of(RequestBody.fromString(sent));
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return sent == null
        ? context.httpRequest()
        : context.httpRequest().toBuilder()
            .putHeader("Content-Length", Integer.toString(sent.getBytes(UTF_8).length))
            .build();
  }
}
