package io.taforge.storage;

import java.util.OptionalLong;

/** Is told how a transfer gets on; from the thread that transfers, so it should be quick. */
@FunctionalInterface
public interface ProgressListener {
  /** Listens to nothing. */
  ProgressListener NONE = (bytes, total) -> {};

  /**
   * So many bytes are through. The numbers of one transfer never fall, and the last one is the
   * number of all bytes.
   *
   * @param bytes how many bytes so far
   * @param total how many there will be, if that is known
   */
  void transferred(long bytes, OptionalLong total);
}
