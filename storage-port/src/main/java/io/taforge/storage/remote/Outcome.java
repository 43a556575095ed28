package io.taforge.storage.remote;

import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a request has come to: an answer, or a failure that is looked at and not thrown.
 *
 * @param <T> what was asked for
 */
record Outcome<T>(Optional<T> answer, Optional<StorageException> failure) {
  /** Makes the request; only an interrupt is thrown. */
  static <T> Outcome<T> of(Supplier<T> request) {
    try {
      return new Outcome<>(Optional.of(request.get()), Optional.empty());
    } catch (StorageInterruptedException e) {
      throw e;
    } catch (StorageException e) {
      return new Outcome<>(Optional.empty(), Optional.of(e));
    }
  }

  /** Does something that has no answer but that it is done. */
  static Outcome<Boolean> of(Runnable request) {
    return of(
        () -> {
          request.run();
          return true;
        });
  }

  boolean isAnswer() {
    return answer.isPresent();
  }

  boolean isFailure(Class<? extends StorageException> kind) {
    return failure.filter(kind::isInstance).isPresent();
  }

  String reason() {
    return failure.map(each -> String.valueOf(each.getMessage())).orElse("");
  }
}
