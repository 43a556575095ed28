package io.taforge.adapter.minio;

import io.minio.MinioAsyncClient;
import io.taforge.storage.remote.Certificates;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.ServerConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/** Builds the SDK's client, and OkHttp's below it, as the settings say. */
final class MinioClients {
  private static final String AMAZON = "https://s3.amazonaws.com";

  /** Shorter than servers keep a connection that nobody uses: what they close is lost on us. */
  private static final long IDLE_SECONDS = 15;

  private MinioClients() {}

  /** Opens a client, whose calls are seen there; closing it closes OkHttp's. */
  static MinioAsyncClient open(MinioSettings settings, OngoingCalls calls) {
    ServerConnection connection = settings.connection();
    MinioAsyncClient client =
        MinioAsyncClient.builder()
            .endpoint(connection.endpoint().map(Endpoint::toString).orElse(AMAZON))
            .region(settings.region()) // or it would be asked for, bucket by bucket
            .credentials(settings.credentials().accessKey(), settings.credentials().secretKey())
            .httpClient(http(settings, calls), true)
            .build();
    return addressing(client, connection);
  }

  /** The client, with the bucket in the path of a request or in the host name. */
  static MinioAsyncClient addressing(MinioAsyncClient client, ServerConnection connection) {
    if (connection.isPathStyle()) {
      client.disableVirtualStyleEndpoint();
    } else {
      client.enableVirtualStyleEndpoint();
    }
    return client;
  }

  private static OkHttpClient http(MinioSettings settings, OngoingCalls calls) {
    ServerConnection connection = settings.connection();
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .dispatcher(dispatcher(connection.connections()))
            .connectionPool(
                new ConnectionPool(connection.connections(), IDLE_SECONDS, TimeUnit.SECONDS))
            .connectTimeout(connection.connectTimeout())
            .readTimeout(settings.transfers().patience())
            .writeTimeout(settings.transfers().patience())
            .socketFactory(new PromptSockets())
            .eventListenerFactory(calls)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .addInterceptor(MinioClients::withoutPages)
            .addNetworkInterceptor(MinioClients::withoutAdvice);
    connection.certificates().ifPresent(file -> trust(file, client));
    if (!connection.isTls()) {
      // or it would read the authorities of the platform, which takes a tenth of a second
      client.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    }
    return client.build();
  }

  /** Requests take turns when there are more; their threads keep no process alive. */
  private static Dispatcher dispatcher(int connections) {
    AtomicInteger number = new AtomicInteger();
    Dispatcher dispatcher =
        new Dispatcher(
            new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                5,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> {
                  Thread thread = new Thread(work, "taforge-minio-" + number.incrementAndGet());
                  thread.setDaemon(true);
                  return thread;
                }));
    dispatcher.setMaxRequests(connections);
    dispatcher.setMaxRequestsPerHost(connections);
    return dispatcher;
  }

  /** No server of S3 answers a change with a page in HTML, and the SDK would not look. */
  private static Response withoutPages(Interceptor.Chain chain) throws IOException {
    Response answer = chain.proceed(chain.request());
    String method = chain.request().method();
    if (answer.isSuccessful() && !method.equals("GET") && !method.equals("HEAD")) {
      MediaType type = answer.body().contentType();
      if (type != null && type.subtype().equals("html")) {
        answer.close();
        throw new StrangeAnswerException("a page in HTML");
      }
    }
    if (answer.isSuccessful() && method.equals("DELETE") && answer.body().contentLength() > 0) {
      answer.close();
      throw new StrangeAnswerException("a deletion that is answered with a text");
    }
    return answer;
  }

  /** OkHttp would try again by itself on a server's advice. */
  private static Response withoutAdvice(Interceptor.Chain chain) throws IOException {
    Response answer = chain.proceed(chain.request());
    return answer.header("Retry-After") == null
        ? answer
        : answer.newBuilder().removeHeader("Retry-After").build();
  }

  private static void trust(Path authorities, OkHttpClient.Builder client) {
    try {
      X509TrustManager trusted = Certificates.trusting(authorities);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {trusted}, null);
      client.sslSocketFactory(tls.getSocketFactory(), trusted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no TLS", e);
    }
  }
}
