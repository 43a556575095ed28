package io.taforge.storage;

import java.util.regex.Pattern;

/** The one place that knows where in a location a secret can be. */
public final class Masked {
  /** To the last @ that a password can end at, whether its slashes are encoded or not. */
  private static final Pattern USER =
      Pattern.compile("(?<=://)(?:[^/:]*:.*|[^/]*)@", Pattern.DOTALL);

  private static final Pattern QUERY = Pattern.compile("(://[^?]*\\?).+", Pattern.DOTALL);

  private Masked() {}

  /**
   * A location as it may be shown: {@code ftp://jo:secret@host/a?token=b} as {@code
   * ftp://***@host/a?***}, and one without user and query as it is.
   */
  public static String location(String location) {
    return QUERY.matcher(USER.matcher(location).replaceAll("***@")).replaceAll("$1***");
  }
}
