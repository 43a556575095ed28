package io.taforge.config;

/** A setting that cannot be used; the message names variable, value and what is allowed. */
public final class SettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  SettingsException(String message) {
    super(message);
  }
}
