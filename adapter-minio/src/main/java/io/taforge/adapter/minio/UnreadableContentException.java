package io.taforge.adapter.minio;

import java.io.IOException;

/** What was to be sent could not be read; the connection has nothing to do with it. */
final class UnreadableContentException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableContentException(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
