package io.taforge.config;

/**
 * A text that must not be seen by chance.
 *
 * @param value the text, for whoever authenticates with it
 */
public record Secret(String value) {
  /** Stars, whatever the text is. */
  @Override
  public String toString() {
    return "***";
  }
}
