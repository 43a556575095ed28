package io.taforge.storage.bundle;

import java.io.IOException;

/** A bundle is not admitted; the message is the end of a sentence that says why. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_NAME = 100;

  Refusal(String reason) {
    super(reason);
  }

  /** About one entry. */
  static Refusal of(String entry, String reason) {
    return new Refusal("its entry '" + shown(entry) + "' " + reason);
  }

  /** Somebody may have made up a name to be shown in a terminal or in a log. */
  private static String shown(String name) {
    String start = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    return start.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]", "?");
  }
}
