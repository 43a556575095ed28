package io.taforge.adapter.minio;

import java.io.IOException;

/** What answers is not an S3 server. */
final class StrangeAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what an S3 server would not have sent. */
  StrangeAnswerException(String what) {
    super(what);
  }
}
