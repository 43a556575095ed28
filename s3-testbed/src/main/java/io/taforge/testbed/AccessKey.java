package io.taforge.testbed;

/**
 * Who somebody is to an S3 server.
 *
 * @param id the public half
 * @param secret the half that must not be seen
 */
public record AccessKey(String id, String secret) {
  /** The same user with a secret that is wrong. */
  public AccessKey withWrongSecret() {
    return new AccessKey(id, new StringBuilder(secret).reverse().append('x').toString());
  }

  @Override
  public String toString() {
    return id;
  }
}
