package io.taforge.storage.audit;

import java.util.UUID;

/**
 * On whose behalf something is done.
 *
 * @param userId who, as the caller's own system names them; 1 to 256 characters
 * @param correlationId what else belongs to it, such as the id of a request to a service; 1 to 256
 *     characters
 */
public record Caller(String userId, String correlationId) {
  private static final int MOST_CHARACTERS = 256;

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if one is empty or too long
   */
  public Caller {
    check("user id", userId);
    check("correlation id", correlationId);
  }

  /** The user of the operating system, with a correlation id that is new. */
  public static Caller ofThisProcess() {
    String user = System.getProperty("user.name", "");
    return new Caller(user.isBlank() ? "unknown" : user, UUID.randomUUID().toString());
  }

  private static void check(String what, String text) {
    if (text.isBlank() || text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "A " + what + " has 1 to " + MOST_CHARACTERS + " characters, and not " + text.length());
    }
  }
}
