package io.taforge.adapter.s3;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * HTTP/1.1 over blocking sockets (RFC 9112), as much of it as S3 speaks: content of known length
 * goes up, of known length or in chunks down, over connections that are used again. Small content
 * leaves in one piece with its headers, large content in pieces of {@value
 * SocketConnection#PIECE_BYTES} bytes; the SDK's own clients copy all of it in much smaller ones.
 * It knows no proxies, no redirects, no cookies, and does not try again.
 */
final class SocketTransport implements SdkHttpClient {
  private final SocketPool pool;

  private SocketTransport(SocketPool pool) {
    this.pool = pool;
  }

  /** Has the SDK open and close it. */
  record Builder(SocketPool.Limits limits) implements SdkHttpClient.Builder<Builder> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new SocketTransport(new SocketPool(limits));
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new SocketExchange(pool, request);
  }

  @Override
  public String clientName() {
    return "Sockets";
  }

  @Override
  public void close() {
    pool.close();
  }
}
