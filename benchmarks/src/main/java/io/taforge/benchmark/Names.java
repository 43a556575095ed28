package io.taforge.benchmark;

/** What contestants are called. */
final class Names {
  static final String TAFORGE = "taforge";
  static final String ONE_REQUEST = "taforge, one request";
  static final String SAME_REQUEST = "the same request, directly";
  static final String AWS = "AWS SDK";
  static final String AWS_TUNED = "AWS SDK, tuned";
  static final String CRT = "transfer manager, CRT";
  static final String CRT_TUNED = "transfer manager, CRT, tuned";
  static final String NETTY = "transfer manager, Java";
  static final String MINIO = "MinIO SDK";
  static final String MINIO_TUNED = "MinIO SDK, tuned";
  static final String JCLOUDS = "jclouds";
  static final String OPENDAL = "OpenDAL";
  static final String SOCKET = "raw socket";
  static final String NIO = "NIO, record beside";
  static final String NIO_ATTRIBUTES = "NIO, attributes";
  static final String VFS = "Commons VFS";
  static final String SHA256 = "SHA-256 alone";
  static final String AWS_COMMAND = "aws";
  static final String S3CMD = "s3cmd";
  static final String RCLONE = "rclone";

  /** Whether this contestant uses the SDK's transfer manager. */
  static boolean isTransferManager(String name) {
    return name.startsWith("transfer manager");
  }

  private Names() {}
}
