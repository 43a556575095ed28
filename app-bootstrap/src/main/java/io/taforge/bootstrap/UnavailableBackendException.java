package io.taforge.bootstrap;

import io.taforge.config.Backend;

/** The settings ask for a backend that this version does not have. */
public final class UnavailableBackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnavailableBackendException(Backend backend) {
    super(
        "STORAGE_BACKEND is '"
            + backend
            + "', which this version of taforge does not have yet; 'filesystem' is there");
  }
}
