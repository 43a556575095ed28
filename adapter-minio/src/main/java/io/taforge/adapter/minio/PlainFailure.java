package io.taforge.adapter.minio;

import io.taforge.storage.remote.ServerAnswer;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a failure of the SDK as a cause: those cannot be serialized, and tell the headers
 * of requests, signatures included.
 */
final class PlainFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private PlainFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The failure itself if it and what brought it about are of the Java platform. */
  static Throwable of(Throwable failure) {
    if (isPlain(failure)) {
      return failure;
    }
    String message =
        ErrorAnswer.in(failure)
            .map(ServerAnswer::toString)
            .orElseGet(() -> String.valueOf(failure.getMessage()));
    Throwable cause = failure.getCause();
    PlainFailure copy =
        new PlainFailure(
            failure.getClass().getSimpleName() + ": " + message, cause == null ? null : of(cause));
    copy.setStackTrace(failure.getStackTrace());
    return copy;
  }

  private static boolean isPlain(@Nullable Throwable failure) {
    return failure == null
        || (failure.getClass().getName().matches("javax?\\..*")
            && isPlain(failure.getCause())
            && Arrays.stream(failure.getSuppressed()).allMatch(PlainFailure::isPlain));
  }
}
