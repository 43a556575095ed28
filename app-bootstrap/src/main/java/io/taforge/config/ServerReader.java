package io.taforge.config;

import static io.taforge.artifact.Quoted.quoted;

import io.taforge.artifact.ByteSize;
import io.taforge.storage.Capability;
import io.taforge.storage.remote.Certificates;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.PartPlan;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.ServerFeatures;
import io.taforge.storage.remote.TransferSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads how a server is used. What is missing, contradicts itself or is dangerous is refused only
 * if the backend is a server.
 */
final class ServerReader {
  /** S3 takes parts of 5 MB to 5 GB, the last one excepted. */
  private static final long LEAST_PART = 5;

  private static final long MOST_PART = 5 * 1024;
  private static final long A_DAY = 24 * 60 * 60;
  private static final long A_GIGABYTE = 1 << 30;
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*");

  /** Every MinIO server is delivered with these. */
  private static final String DEFAULT_CREDENTIALS = "minioadmin";

  private static final String ENDPOINT = "MINIO_ENDPOINT";
  private static final String ACCESS_KEY = "MINIO_ACCESS_KEY";
  private static final String SECRET_KEY = "MINIO_SECRET_KEY";
  private static final String LINK_ENDPOINT = "STORAGE_LINK_ENDPOINT";

  /** What this machine calls itself; names are not resolved, because an answer may change. */
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]", Pattern.CASE_INSENSITIVE);

  private final Variables variables;
  private final Path folder;
  private final Backend backend;

  ServerReader(Variables variables, Path folder, Backend backend) {
    this.variables = variables;
    this.folder = folder;
    this.backend = backend;
  }

  ServerSettings read() {
    boolean isTls = variables.flag("MINIO_USE_SSL", false);
    Optional<Endpoint> endpoint = variables.attempt(Optional.empty(), () -> endpoint(isTls));
    Optional<Endpoint> linkEndpoint =
        variables.parsed(LINK_ENDPOINT, text -> Endpoint.parse(text, isTls));
    Optional<Credentials> credentials = credentials();
    checkWhatIsNeeded();
    checkDangers(endpoint, linkEndpoint, credentials);
    return new ServerSettings(
        connection(endpoint, linkEndpoint),
        variables.matching(
            "MINIO_REGION", "us-east-1", REGION, "letters, digits and hyphens, such as us-east-1"),
        credentials,
        transfers(),
        features(endpoint.isEmpty()),
        isFullIntegrity(endpoint.isEmpty()),
        isOnSockets(),
        seconds("MINIO_PRESIGNED_URL_EXPIRATION", 3600, 7 * A_DAY));
  }

  /** What is set and is wrong is a problem of its own. */
  private void checkWhatIsNeeded() {
    boolean isAccessKey = variables.isSet(ACCESS_KEY);
    boolean isSecretKey = variables.isSet(SECRET_KEY);
    if (backend == Backend.MINIO) {
      variables.check(() -> require(ENDPOINT, variables.isSet(ENDPOINT)));
      variables.check(() -> require(ACCESS_KEY + " and " + SECRET_KEY, isAccessKey || isSecretKey));
    }
    if (backend != Backend.FILESYSTEM && isAccessKey != isSecretKey) {
      variables.check(
          () -> {
            throw new SettingsException(
                isAccessKey
                    ? "MINIO_ACCESS_KEY is set and MINIO_SECRET_KEY is not; one needs the other"
                    : "MINIO_SECRET_KEY is set and MINIO_ACCESS_KEY is not; one needs the other");
          });
    }
  }

  private void checkDangers(
      Optional<Endpoint> endpoint,
      Optional<Endpoint> linkEndpoint,
      Optional<Credentials> credentials) {
    boolean isPlainAllowed = variables.flag("STORAGE_ALLOW_PLAIN_HTTP", false);
    boolean areDefaultsAllowed = variables.flag("STORAGE_ALLOW_DEFAULT_CREDENTIALS", false);
    boolean isElsewhere =
        endpoint.isPresent()
            ? !isLoopback(endpoint.get())
            : !variables.isSet(ENDPOINT); // one that cannot be used may be anywhere
    if (backend != Backend.FILESYSTEM && isElsewhere) {
      if (!isPlainAllowed) {
        endpoint.ifPresent(each -> variables.check(() -> requireTls(ENDPOINT, each)));
      }
      if (!areDefaultsAllowed) {
        credentials.ifPresent(each -> variables.check(() -> requireOwn(each)));
      }
    }
    if (!isPlainAllowed) {
      linkEndpoint
          .filter(each -> !isLoopback(each))
          .ifPresent(each -> variables.check(() -> requireTls(LINK_ENDPOINT, each)));
    }
  }

  private Optional<Endpoint> endpoint(boolean isTls) {
    Optional<Endpoint> endpoint = variables.parsed(ENDPOINT, text -> Endpoint.parse(text, isTls));
    if (isTls && endpoint.filter(each -> !each.isTls()).isPresent()) {
      throw new SettingsException(
          "MINIO_USE_SSL is 'true', and MINIO_ENDPOINT says http: write https, or leave it out");
    }
    return endpoint;
  }

  private Optional<Credentials> credentials() {
    Optional<String> accessKey = variables.text(ACCESS_KEY);
    Optional<String> secretKey = variables.text(SECRET_KEY);
    return accessKey.flatMap(key -> secretKey.map(secret -> new Credentials(key, secret)));
  }

  private ServerConnection connection(
      Optional<Endpoint> endpoint, Optional<Endpoint> linkEndpoint) {
    ServerConnection server =
        endpoint.map(ServerConnection::to).orElseGet(ServerConnection::toAmazon);
    ServerConnection usual = linkEndpoint.map(server::withLinkEndpoint).orElse(server);
    ServerConnection connection =
        usual
            .withPathStyle(variables.flag("STORAGE_PATH_STYLE", usual.isPathStyle()))
            .withConnections(
                (int) variables.number("STORAGE_POOL_SIZE", usual.connections(), 1, 1000),
                seconds("MINIO_CONNECTION_TIMEOUT", 30, A_DAY));
    return variables
        .parsed("STORAGE_CA_FILE", this::certificates)
        .map(connection::withCertificates)
        .orElse(connection);
  }

  private TransferSettings transfers() {
    TransferSettings transfers =
        TransferSettings.defaults()
            .withParts(
                new PartPlan(
                    megabytes("MINIO_MULTIPART_THRESHOLD_MB"),
                    megabytes("MINIO_MULTIPART_CHUNK_SIZE_MB")),
                (int) variables.number("STORAGE_PARTS_AT_ONCE", 4, 1, 64))
            .withAttempts(
                (int) variables.number("STORAGE_ATTEMPTS", 3, 1, 10),
                seconds("MINIO_READ_TIMEOUT", 60, A_DAY))
            .within(
                seconds("STORAGE_TRANSFER_DEADLINE", 4 * 60 * 60, 7 * A_DAY),
                ByteSize.of(variables.number("STORAGE_MIN_THROUGHPUT", 1024, 0, A_GIGABYTE)));
    return variables
        .parsed("STORAGE_SPOOL_DIR", transfers.spoolFolder().toString(), this::spoolFolder)
        .map(transfers::withSpoolFolder)
        .orElse(transfers);
  }

  private ServerFeatures features(boolean isAmazon) {
    ServerFeatures usual = isAmazon ? ServerFeatures.amazonS3() : ServerFeatures.unknown();
    String words = isAmazon ? "conditional-delete,durable,native-retention,tags" : "probe";
    return variables
        .parsed("STORAGE_CAPABILITIES", words, this::capabilities)
        .map(found -> new ServerFeatures(found, usual.isMultipartComplete()))
        .orElse(usual);
  }

  private Optional<Set<Capability>> capabilities(String text) {
    if (text.equalsIgnoreCase("probe")) {
      return Optional.empty();
    }
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    if (!text.equalsIgnoreCase("none")) {
      for (String each : text.split(",", -1)) {
        capabilities.add(
            switch (each.strip().toLowerCase(Locale.ROOT)) {
              case "conditional-delete" -> Capability.CONDITIONAL_DELETE;
              case "durable" -> Capability.DURABLE;
              case "native-retention" -> Capability.NATIVE_RETENTION;
              case "tags" -> Capability.TAGS;
              default ->
                  throw variables.bad(
                      "STORAGE_CAPABILITIES",
                      text,
                      "probe, none, or some of conditional-delete,durable,native-retention,tags");
            });
      }
    }
    return Optional.of(capabilities);
  }

  private enum Integrity {
    FULL,
    COMPATIBLE
  }

  private boolean isFullIntegrity(boolean isAmazon) {
    Integrity usual = isAmazon ? Integrity.FULL : Integrity.COMPATIBLE;
    warnUnlessS3("STORAGE_INTEGRITY");
    return variables.choice("STORAGE_INTEGRITY", usual) == Integrity.FULL;
  }

  private enum Transport {
    SOCKETS,
    APACHE
  }

  private boolean isOnSockets() {
    warnUnlessS3("STORAGE_TRANSPORT");
    return variables.choice("STORAGE_TRANSPORT", Transport.SOCKETS) == Transport.SOCKETS;
  }

  private void warnUnlessS3(String name) {
    if (backend == Backend.MINIO && variables.text(name).isPresent()) {
      variables.warn(name + " means nothing to the backend 'minio'");
    }
  }

  private Path certificates(String text) {
    Path file = folder.resolve(text);
    Certificates.trusting(file); // refuses what is none, before anything is opened
    return file;
  }

  private Path spoolFolder(String text) {
    Path spool = folder.resolve(text);
    if (!Files.isDirectory(spool) || !Files.isWritable(spool)) {
      throw new IllegalArgumentException(quoted(text) + " is not a folder that may be written to");
    }
    return spool;
  }

  private ByteSize megabytes(String name) {
    return ByteSize.ofMegabytes(variables.number(name, LEAST_PART, LEAST_PART, MOST_PART));
  }

  private Duration seconds(String name, long fallback, long most) {
    return Duration.ofSeconds(variables.number(name, fallback, 1, most));
  }

  private static void require(String names, boolean isThere) {
    if (!isThere) {
      throw new SettingsException("STORAGE_BACKEND is 'minio', which needs " + names);
    }
  }

  private void requireTls(String name, Endpoint endpoint) {
    if (!endpoint.isTls()) {
      throw new SettingsException(
          name
              + " is "
              + variables.shown(name, endpoint)
              + ", where everybody on the way could read along: use https,"
              + " or allow it with STORAGE_ALLOW_PLAIN_HTTP=true");
    }
  }

  private static void requireOwn(Credentials credentials) {
    if (credentials.accessKey().equals(DEFAULT_CREDENTIALS)
        || credentials.secretKey().equals(DEFAULT_CREDENTIALS)) {
      throw new SettingsException(
          "MINIO_ACCESS_KEY or MINIO_SECRET_KEY is the one that every MinIO server comes with:"
              + " use your own, or allow it with STORAGE_ALLOW_DEFAULT_CREDENTIALS=true");
    }
  }

  private static boolean isLoopback(Endpoint endpoint) {
    return LOOPBACK.matcher(endpoint.uri().getHost()).matches();
  }
}
