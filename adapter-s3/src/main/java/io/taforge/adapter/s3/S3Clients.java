package io.taforge.adapter.s3;

import io.taforge.storage.remote.Certificates;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.TransferSettings;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SystemPropertyTlsKeyManagersProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Builds the SDK's client, with nothing left to the SDK's defaults that changes what happens. */
final class S3Clients {
  /** Smaller content is not worth a question beforehand. */
  private static final long ASK_BEFORE_BYTES = 1L << 20;

  /** Giving a connection up may take one of them a while. */
  private static final int DEADLINE_THREADS = 2;

  private S3Clients() {}

  static S3Client open(S3Settings settings) {
    boolean isFull = settings.integrity() == S3Settings.Integrity.FULL;
    ScheduledExecutorService deadlines = deadlines();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(
                settings.credentials().map(S3Clients::fixed).orElseGet(S3Clients::chain))
            .forcePathStyle(settings.connection().isPathStyle())
            .requestChecksumCalculation(
                isFull
                    ? RequestChecksumCalculation.WHEN_SUPPORTED
                    : RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(
                isFull
                    ? ResponseChecksumValidation.WHEN_SUPPORTED
                    : ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                S3Configuration.builder()
                    .chunkedEncodingEnabled(isFull)
                    .expectContinueThresholdInBytes(ASK_BEFORE_BYTES)
                    .build())
            .httpClientBuilder(http(settings, deadlines))
            .overrideConfiguration(
                override ->
                    override
                        .scheduledExecutorService(deadlines)
                        .retryStrategy(retries(settings.transfers().attempts()))
                        .addExecutionInterceptor(new AttemptCounter())
                        .addExecutionInterceptor(new ReadAnswers()));
    settings.connection().endpoint().ifPresent(each -> builder.endpointOverride(each.uri()));
    if (!isFull) {
      builder.putAuthScheme(new KnownChecksumAuthScheme());
    }
    return builder.build();
  }

  private static AwsCredentialsProvider fixed(Credentials credentials) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey()));
  }

  private static AwsCredentialsProvider chain() {
    return DefaultCredentialsProvider.builder().build();
  }

  private static SdkHttpClient.Builder<?> http(
      S3Settings settings, ScheduledExecutorService deadlines) {
    ServerConnection connection = settings.connection();
    TransferSettings transfers = settings.transfers();
    return !isOverSockets(settings)
        ? apache(connection, transfers)
        : new SocketTransport.Builder(
            new SocketPool.Limits(
                connection.connections(),
                transfers.deadline(),
                connection.connectTimeout(),
                transfers.patience(),
                tls(connection),
                deadlines));
  }

  /** Whether its requests go through a transport that reads {@link RequestTerms}. */
  static boolean isOverSockets(S3Settings settings) {
    return settings.transport() == S3Settings.Transport.SOCKETS && !isBehindProxy();
  }

  private static boolean isBehindProxy() {
    return Stream.of("http.proxyHost", "https.proxyHost", "socksProxyHost")
            .anyMatch(each -> System.getProperty(each) != null)
        || System.getenv().keySet().stream()
            .map(each -> each.toLowerCase(Locale.ROOT))
            .anyMatch(each -> each.equals("http_proxy") || each.equals("https_proxy"));
  }

  /**
   * Trusts certain authorities, or those of the platform, which take a tenth of a second to read
   * and are left alone if nobody asks for them; shows a key that system properties name.
   */
  private static Optional<SSLSocketFactory> tls(ServerConnection connection) {
    Optional<Path> certificates = connection.certificates();
    try {
      if (certificates.isEmpty()) {
        return connection.isTls()
            ? Optional.of(SSLContext.getDefault().getSocketFactory())
            : Optional.empty();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          SystemPropertyTlsKeyManagersProvider.create().keyManagers(),
          new TrustManager[] {Certificates.trusting(certificates.get())},
          null);
      return Optional.of(context.getSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no TLS: " + e.getMessage(), e);
    }
  }

  private static Apache5HttpClient.Builder apache(
      ServerConnection connection, TransferSettings transfers) {
    Apache5HttpClient.Builder http =
        Apache5HttpClient.builder()
            .maxConnections(connection.connections())
            .connectionTimeout(connection.connectTimeout())
            .connectionAcquisitionTimeout(transfers.deadline())
            .socketTimeout(transfers.patience())
            .expectContinueEnabled(false) // the SDK asks where it is worth it, see below
            .tcpKeepAlive(true);
    connection
        .certificates()
        .map(Certificates::trusting)
        .ifPresent(
            (X509TrustManager trust) ->
                http.tlsTrustManagersProvider(() -> new TrustManager[] {trust}));
    return http;
  }

  /**
   * Ends what takes too long. The SDK's own keeps every deadline that was met until it would have
   * passed, hours later: some hundred bytes for each request.
   */
  private static ScheduledExecutorService deadlines() {
    ScheduledThreadPoolExecutor deadlines =
        new ScheduledThreadPoolExecutor(
            DEADLINE_THREADS,
            work -> {
              Thread thread = new Thread(work, "taforge-s3-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    deadlines.setRemoveOnCancelPolicy(true);
    deadlines.setKeepAliveTime(5, TimeUnit.SECONDS);
    deadlines.allowCoreThreadTimeOut(true); // nobody has to close it
    return deadlines;
  }

  /**
   * The SDK's own mode changes between versions; this one does not, and there is no other layer.
   */
  private static RetryStrategy retries(int attempts) {
    BackoffStrategy backoff =
        BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(2));
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(attempts)
        .backoffStrategy(backoff)
        .throttlingBackoffStrategy(backoff)
        .circuitBreakerEnabled(false)
        .build();
  }
}
