package io.taforge.config;

import java.util.Locale;

/** What keeps the artifacts. */
public enum Backend {
  /** A local folder. */
  FILESYSTEM,
  /** An S3-compatible server, through the MinIO Java SDK. */
  MINIO,
  /** Amazon S3, through the AWS SDK for Java. */
  S3;

  /** As it is written in settings. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
