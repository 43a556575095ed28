package io.taforge.storage.remote;

import static io.taforge.artifact.Quoted.quoted;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a server is.
 *
 * @param uri scheme {@code http} or {@code https}, host, and a port where it is not the usual one
 */
public record Endpoint(URI uri) {
  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it is no such address, or has anything else in it
   */
  public Endpoint {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean isAddress =
        (scheme.equals("http") || scheme.equals("https"))
            && uri.getHost() != null
            && (uri.getRawPath() == null || uri.getRawPath().matches("/?"))
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null
            && uri.getPort() != 0
            && uri.getPort() <= 65_535;
    if (!isAddress) {
      throw new IllegalArgumentException(refusal(uri.toString()));
    }
  }

  /**
   * The endpoint in a text of people's.
   *
   * @param text host and port such as {@code localhost:9000}, or a URL
   * @param isTls whether a text without a scheme means HTTPS
   * @throws IllegalArgumentException if it is neither
   */
  public static Endpoint parse(String text, boolean isTls) {
    String whole = text.contains("://") ? text : (isTls ? "https://" : "http://") + text;
    try {
      return new Endpoint(
              new URI(whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole))
          .plain();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(refusal(text));
    }
  }

  /** The same address in the one way in which clients write it into requests. */
  private Endpoint plain() throws URISyntaxException {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean isUsualPort = uri.getPort() == (isTls() ? 443 : 80);
    return new Endpoint(
        new URI(
            scheme,
            null,
            uri.getHost().toLowerCase(Locale.ROOT),
            isUsualPort ? -1 : uri.getPort(),
            null,
            null,
            null));
  }

  /** Whether it is spoken to over TLS. */
  public boolean isTls() {
    return uri.getScheme().equalsIgnoreCase("https");
  }

  @Override
  public String toString() {
    return uri.toString();
  }

  private static String refusal(String text) {
    String shown = text.contains("@") ? "an address with a user in it" : text;
    return quoted(shown)
        + " is not an endpoint: host:port or a URL such as https://s3.example.com:9000 is allowed";
  }
}
