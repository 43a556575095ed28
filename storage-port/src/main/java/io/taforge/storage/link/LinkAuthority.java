package io.taforge.storage.link;

import static io.taforge.artifact.Quoted.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkRequest.Download;
import io.taforge.storage.LinkRequest.Upload;
import io.taforge.storage.LinkSigner;
import io.taforge.storage.Masked;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageException;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs links to a store, and tells those that it has signed from all others. A link is right only
 * if, letter by letter, it is the one that this authority makes of what it says.
 *
 * <p>The signature is HMAC-SHA256 (RFC 2104) over the link's version, key, method, endpoint,
 * bucket, artifact, expiry, and the answer's headers or what an upload is bound to, each with its
 * length before it.
 */
public final class LinkAuthority implements LinkSigner {
  /** Where links lead if no server has served them yet and nothing else was said. */
  public static final URI DEFAULT_ENDPOINT = URI.create("http://127.0.0.1:8474");

  private static final String VERSION = "1";
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Buckets buckets;
  private final LinkBookKeeper keeper;
  private final Optional<URI> publicEndpoint;
  private final Clock clock;
  private volatile @Nullable Authenticator last;

  /**
   * For the store whose book this is.
   *
   * @param publicEndpoint where strangers reach the server, such as a reverse proxy before it;
   *     empty for where the server itself has begun to serve last
   * @throws IllegalArgumentException if the endpoint is none; see {@link #checked}
   */
  public LinkAuthority(
      Buckets buckets, LinkBookKeeper keeper, Optional<URI> publicEndpoint, Clock clock) {
    this.buckets = buckets;
    this.keeper = keeper;
    this.publicEndpoint = publicEndpoint.map(LinkAuthority::checked);
    this.clock = clock;
  }

  /** The authority that signs the links of a store; empty if its links are others'. */
  public static Optional<LinkAuthority> of(ArtifactStore store) {
    return store
        .linkSigner()
        .filter(LinkAuthority.class::isInstance)
        .map(LinkAuthority.class::cast);
  }

  /**
   * Checks that this can be the beginning of links.
   *
   * @throws IllegalArgumentException if it is not {@code http} or {@code https} with a host in
   *     lower case, or has a user, a query, a fragment, a final slash or its scheme's own port
   */
  public static URI checked(URI endpoint) {
    String text = endpoint.toString();
    boolean isPlain = "http".equals(endpoint.getScheme());
    boolean isRight =
        (isPlain || "https".equals(endpoint.getScheme()))
            && endpoint.getHost() != null
            && endpoint.getHost().equals(endpoint.getHost().toLowerCase(Locale.ROOT))
            && endpoint.getUserInfo() == null
            && endpoint.getRawQuery() == null
            && endpoint.getRawFragment() == null
            && endpoint.getPort() != (isPlain ? 80 : 443)
            && !text.endsWith("/");
    if (!isRight) {
      throw new IllegalArgumentException(
          quoted(Masked.location(text))
              + " is not where links can lead: http://host:port or https://host:port is, or a"
              + " path behind that, with a host in lower case, no port where it is the usual one,"
              + " and no slash at the end");
    }
    return endpoint;
  }

  /** Where links lead. */
  public URI endpoint() {
    return endpoint(keeper.recent());
  }

  /** Whether it was said where links lead, so that {@link #serveAt} changes nothing. */
  public boolean isEndpointFixed() {
    return publicEndpoint.isPresent();
  }

  /**
   * Says where links are served from now on, for all processes, if nothing else is configured.
   *
   * @throws IllegalArgumentException if links cannot lead there; see {@link #checked}
   * @throws StorageException if that cannot be kept
   */
  public void serveAt(URI endpoint) {
    checked(endpoint);
    if (publicEndpoint.isEmpty()) {
      keeper.update(book -> book.at(endpoint));
    }
  }

  /**
   * Signs with a new key from now on.
   *
   * @param grace how long links of the keys before it still work; {@link LinkRequest#MAX_VALIDITY}
   *     spoils none, nothing at all spoils all within a second
   * @throws IllegalArgumentException if it is negative
   * @throws StorageException if that cannot be kept
   */
  public void rotate(Duration grace) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException(grace + " is not a time of grace: it is negative");
    }
    keeper.update(book -> book.rotated(clock.instant(), grace));
  }

  @Override
  public SignedLink sign(LinkRequest request) {
    LinkBook book = keeper.recent();
    LinkKey key =
        book.signingKey()
            .orElseGet(() -> keeper.update(LinkBook::withSigningKey).signingKey().orElseThrow());
    Instant expiry =
        Instant.ofEpochSecond(clock.instant().getEpochSecond() + request.validity().toSeconds());
    URI endpoint = endpoint(book);
    return SignedLink.of(
        request.method(),
        origin(endpoint) + target(request, endpoint, expiry, key),
        headers(request),
        expiry);
  }

  /**
   * Tells what a link allows, if it is right and has not expired; nothing otherwise, and not why.
   *
   * @param method the method of the stranger's request; HEAD is allowed where GET is
   * @param host the request's header {@code Host}
   * @param target path and query as they stand in the request, nothing decoded
   * @return what is allowed, for as long as is left
   * @throws StorageException if the keys cannot be read
   */
  public Optional<LinkRequest> verify(String method, String host, String target) {
    LinkBook book = keeper.recent();
    URI endpoint = endpoint(book);
    Instant now = clock.instant();
    if (!host.equals(endpoint.getRawAuthority())) {
      return Optional.empty();
    }
    return LinkTarget.parse(method, endpoint.getRawPath(), target)
        .filter(said -> isRight(said, target, endpoint, book, now))
        .map(
            said -> {
              Duration left = Duration.between(now, said.expiry());
              return said.request(left.compareTo(MOMENT) < 0 ? MOMENT : left);
            });
  }

  private boolean isRight(
      LinkTarget said, String target, URI endpoint, LinkBook book, Instant now) {
    // a key that is not known may have been made a moment ago, by another process
    Optional<LinkKey> key =
        book.key(said.keyId(), now).or(() -> keeper.newest().key(said.keyId(), now));
    if (key.isEmpty()) {
      return false;
    }
    LinkRequest request = said.request(MOMENT);
    boolean isOurs =
        MessageDigest.isEqual(
            target.getBytes(UTF_8),
            target(request, endpoint, said.expiry(), key.get()).getBytes(UTF_8));
    return isOurs && now.isBefore(said.expiry());
  }

  private URI endpoint(LinkBook book) {
    return publicEndpoint.or(book::endpoint).orElse(DEFAULT_ENDPOINT);
  }

  private static Map<String, String> headers(LinkRequest request) {
    return request instanceof Upload upload && upload.contentType().isPresent()
        ? Map.of("Content-Type", upload.contentType().get().value())
        : Map.of();
  }

  private static String origin(URI endpoint) {
    return endpoint.getScheme() + "://" + endpoint.getRawAuthority();
  }

  private Authenticator authenticator(LinkKey key) {
    Authenticator known = last;
    if (known == null || !known.isOf(key)) {
      known = new Authenticator(key);
      last = known;
    }
    return known;
  }

  /** Path and query of a link. */
  private String target(LinkRequest request, URI endpoint, Instant expiry, LinkKey key) {
    String artifact = request.artifact().key().value();
    String bucket = buckets.of(request.artifact().kind());
    LengthPrefixed message =
        new LengthPrefixed()
            .add(VERSION)
            .add(key.id())
            .add(request.method().name())
            .add(endpoint.toString())
            .add(bucket)
            .add(artifact)
            .add(expiry.getEpochSecond());
    LinkTarget.Writer target =
        LinkTarget.writer(endpoint.getRawPath(), bucket, artifact, key.id(), expiry);
    if (request instanceof Download download) {
      download.responseHeaders().forEach((name, value) -> message.add(name).add(value));
      target.add(download);
    } else if (request instanceof Upload upload) {
      message
          .add(upload.contentType().map(Object::toString))
          .add(upload.length().stream().mapToObj(String::valueOf).findFirst())
          .add(upload.sha256().map(Object::toString));
      target.add(upload);
    }
    return target.signed(HexFormat.of().formatHex(authenticator(key).code(message.bytes())));
  }
}
