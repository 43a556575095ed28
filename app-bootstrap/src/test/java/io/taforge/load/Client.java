package io.taforge.load;

import java.util.Random;

/** One of many clients: does something, again and again. */
interface Client {
  /**
   * Does one thing.
   *
   * @return what became of it, such as {@code put} or {@code StorageNotFoundException}
   * @throws Exception what nobody should get to see
   */
  String act(Random random, long number) throws Exception;

  /** Content that is not what anybody stored: there is no worse outcome. */
  String WRONG = "WRONG CONTENT";
}
