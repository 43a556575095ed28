package io.taforge.config;

import io.taforge.artifact.Quoted;

/** A setting that cannot be used; the message names variable, value and what is allowed. */
public final class SettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  SettingsException(String message) {
    super(Quoted.line(message)); // values, and names of files, are whatever somebody has set
  }
}
