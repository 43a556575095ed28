package io.taforge.storage.remote;

import java.net.URI;

/**
 * Where links to the objects of a bucket lead.
 *
 * @param scheme of the server
 * @param authority host and port as they are signed
 * @param folder the path up to the key, with a slash at its end
 */
public record LinkPlace(String scheme, String authority, String folder) {
  /**
   * The place of all links to a bucket.
   *
   * @param link one of them, as an SDK writes it
   * @param key where it leads, of letters and digits
   */
  public static LinkPlace of(URI link, String key) {
    String path = link.getRawPath();
    if (!path.endsWith("/" + key)) {
      throw new IllegalArgumentException("The link does not lead to the key");
    }
    return new LinkPlace(
        link.getScheme(), link.getRawAuthority(), path.substring(0, path.length() - key.length()));
  }

  /** The path of a key. */
  String path(String key) {
    return folder + PercentEncoding.path(key);
  }
}
