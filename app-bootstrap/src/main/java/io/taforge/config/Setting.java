package io.taforge.config;

import io.taforge.storage.Masked;

/**
 * A setting as it counts, for people to look at.
 *
 * @param name its name
 * @param value what it is, without secrets; empty if it is nothing
 * @param origin where that comes from: {@code default}, {@code environment}, {@code .env, line 3},
 *     a file that one of these names, or another name for the setting
 */
public record Setting(String name, String value, String origin) {
  private static final String HIDDEN = "********";

  /** With the value hidden as far as it is a secret. */
  static Setting of(String name, String value, String origin) {
    String shown = isSecret(name) && !value.isEmpty() ? HIDDEN : Masked.location(value);
    return new Setting(name, shown, origin);
  }

  /** Whether what is set by this name is a secret itself; the name of a file is none. */
  static boolean isSecret(String name) {
    return name.contains("SECRET") && !name.endsWith("_FILE");
  }
}
