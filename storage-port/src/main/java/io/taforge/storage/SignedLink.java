package io.taforge.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A signed link. Whoever has it can use it, so it is a secret: {@link #toString} hides the query.
 */
public final class SignedLink {
  private final LinkRequest.Method method;
  private final String text;
  private final Map<String, String> headers;
  private final Instant expiresAt;
  private volatile @Nullable URI uri; // most links are only passed on, and parsing takes a while

  /**
   * A link; keeps a copy of the headers.
   *
   * @param method what it is for
   * @param uri the whole link
   * @param headers what the stranger's request must carry besides what every HTTP client sends by
   *     itself, as {@code Host} and {@code Content-Length} are
   * @param expiresAt when it ceases to work
   */
  public SignedLink(
      LinkRequest.Method method, URI uri, Map<String, String> headers, Instant expiresAt) {
    this(method, uri.toString(), headers, expiresAt);
    this.uri = uri;
  }

  private SignedLink(
      LinkRequest.Method method, String text, Map<String, String> headers, Instant expiresAt) {
    this.method = method;
    this.text = text;
    this.headers = Map.copyOf(headers);
    this.expiresAt = expiresAt;
  }

  /**
   * The same, for signers that write links themselves.
   *
   * @param text a URI, which nobody parses before {@link #uri} is asked for
   */
  public static SignedLink of(
      LinkRequest.Method method, String text, Map<String, String> headers, Instant expiresAt) {
    return new SignedLink(method, text, headers, expiresAt);
  }

  /** What it is for. */
  public LinkRequest.Method method() {
    return method;
  }

  /** The whole link, to be passed on. */
  public String text() {
    return text;
  }

  /** The whole link, to be used here. */
  public URI uri() {
    URI known = uri;
    if (known == null) {
      known = URI.create(text);
      uri = known;
    }
    return known;
  }

  /**
   * What the stranger's request must carry besides what every HTTP client sends by itself, as
   * {@code Host} and {@code Content-Length} are.
   */
  public Map<String, String> headers() {
    return headers;
  }

  /** When it ceases to work. */
  public Instant expiresAt() {
    return expiresAt;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedLink link
        && method == link.method
        && text.equals(link.text)
        && headers.equals(link.headers)
        && expiresAt.equals(link.expiresAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(method, text, headers, expiresAt);
  }

  @Override
  public String toString() {
    int query = text.indexOf('?');
    return "SignedLink["
        + method
        + " "
        + (query < 0 ? "" : text.substring(0, query))
        + "?…, until "
        + expiresAt
        + "]";
  }
}
