package io.taforge.storage.policy;

import static io.taforge.artifact.Quoted.line;

import java.util.Locale;

/**
 * Something that is wrong with a policy.
 *
 * @param statement its {@code Sid}, or its number from 1 on; empty for the whole
 * @param problem what it is
 * @param detail a sentence
 */
public record PolicyFinding(String statement, Problem problem, String detail) {
  /** What can be wrong. */
  public enum Problem {
    /** Everybody may do it. */
    PUBLIC,
    /** Everybody may do it who meets a condition, which not every server knows. */
    CONDITIONAL,
    /** A server refuses it, or makes of it what was not meant. */
    INVALID;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** For people, on one line and without what would control a terminal. */
  public String sentence() {
    String where = statement.isEmpty() ? "" : "statement " + statement + ": ";
    return line(problem + ": " + where + detail);
  }
}
