package io.taforge.cli;

import io.taforge.storage.BucketCheck;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageAuditException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What was found out about the installation in one respect.
 *
 * @param bucket which bucket it is about; empty if about none
 * @param aspect in which respect, as {@link BucketCheck} names it
 * @param status how it is
 * @param detail a sentence with the facts; empty if there is nothing to add
 */
record Finding(String bucket, String aspect, BucketCheck.Status status, String detail) {
  static Finding of(BucketCheck check) {
    return new Finding(check.bucket(), check.aspect(), check.status(), check.detail());
  }

  /** A setting that cannot be used. */
  static Finding ofSettings(String problem) {
    return new Finding("", "settings", BucketCheck.Status.FAILED, problem);
  }

  /** That the storage could not be looked at. */
  static Finding of(RuntimeException failure) {
    return new Finding("", aspect(failure), BucketCheck.Status.FAILED, sentence(failure));
  }

  private static String aspect(RuntimeException failure) {
    if (failure instanceof StorageConnectionException) {
      return "reachable";
    }
    if (failure instanceof StorageAccessDeniedException) {
      return "credentials";
    }
    if (failure instanceof StorageAuditException) {
      return "audit";
    }
    return failure instanceof StorageException other
            && other.context().operation() != Operation.OPEN
        ? "exists"
        : "settings"; // such as a root that is none
  }

  private static String sentence(RuntimeException failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
  }

  boolean isFailure() {
    return status == BucketCheck.Status.FAILED;
  }

  /** As people read it. */
  String result() {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** For programs, with what to do about a failure. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    if (!bucket.isEmpty()) {
      document.put("bucket", bucket);
    }
    document.put("check", aspect);
    document.put("status", result());
    document.put("detail", detail);
    if (isFailure()) {
      Trouble.with(aspect)
          .ifPresent(
              trouble -> {
                document.put("topic", trouble.toString());
                document.put("advice", trouble.advice(aspect));
              });
    }
    return document;
  }
}
