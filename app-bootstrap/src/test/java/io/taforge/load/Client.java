package io.taforge.load;

import java.io.IOException;
import java.util.Random;

/** Many clients: each does something, again and again. */
interface Client extends AutoCloseable {
  /**
   * Does one thing.
   *
   * @return what became of it, such as {@code put} or {@code StorageNotFoundException}
   * @throws Exception what nobody should get to see
   */
  String act(Random random, long number) throws Exception;

  /** Lets go of what it held on to, after the last act. */
  @Override
  default void close() throws IOException {}

  /** Content that is not what anybody stored: there is no worse outcome. */
  String WRONG = "WRONG CONTENT";
}
