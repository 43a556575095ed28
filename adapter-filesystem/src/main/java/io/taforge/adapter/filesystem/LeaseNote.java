package io.taforge.adapter.filesystem;

import static io.taforge.artifact.Quoted.quoted;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * What the file of a lease says, each in a line of its own.
 *
 * @param id tells one grant from every other
 * @param owner the workshop of the process that has it
 * @param end when it runs out
 * @param holder who has it, for people
 */
record LeaseNote(String id, String owner, Instant end, String holder) {
  private static final String FIRST = "taforge-lease 1";

  String format() {
    return String.join("\n", FIRST, id, owner, end.toString(), holder, "");
  }

  /**
   * Reads what {@link #format} has made.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static LeaseNote parse(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    if (lines.size() != 6 || !lines.get(0).equals(FIRST)) {
      throw new IllegalArgumentException(quoted(text) + " is not what the file of a lease says");
    }
    try {
      return new LeaseNote(lines.get(1), lines.get(2), Instant.parse(lines.get(3)), lines.get(4));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(quoted(lines.get(3)) + " is not a time", e);
    }
  }
}
