package io.taforge.storage.contract;

import java.time.Duration;

/** Trouble on the way to the backend, on demand. */
public interface Faults {
  /** The next attempts of any operation are refused because the backend is overloaded. */
  void throttleNext(int attempts);

  /** The backend takes the next request and never answers. */
  void stallNext();

  /** After what time, at the latest, the store gives up on a backend that does not answer. */
  Duration patience();

  /** Nothing fails any more. */
  void heal();
}
