package io.taforge.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A signed link. Whoever has it can use it, so it is a secret: {@link #toString} hides the query.
 *
 * @param method what it is for
 * @param uri the whole link
 * @param headers what the stranger's request must carry besides what every HTTP client sends by
 *     itself, as {@code Host} and {@code Content-Length} are
 * @param expiresAt when it ceases to work
 */
public record SignedLink(
    LinkRequest.Method method, URI uri, Map<String, String> headers, Instant expiresAt) {
  /** Keeps a copy of the headers. */
  public SignedLink {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "SignedLink["
        + method
        + " "
        + uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + uri.getRawPath()
        + "?…, until "
        + expiresAt
        + "]";
  }
}
