package io.taforge.cli;

import java.util.Locale;

/**
 * Something that is wrong with a policy.
 *
 * @param statement its {@code Sid}, or its number from 1 on; empty for the whole
 * @param problem what it is
 * @param detail a sentence
 */
record PolicyFinding(String statement, Problem problem, String detail) {
  /** What can be wrong. */
  enum Problem {
    /** Everybody may do it. */
    PUBLIC,
    /** A server refuses it, or makes of it what was not meant. */
    INVALID;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
