package io.taforge.storage.link;

import io.taforge.storage.StorageException;
import java.util.function.UnaryOperator;

/** Keeps a store's {@link LinkBook} where all who use the store find it, and nobody else. */
public interface LinkBookKeeper {
  /**
   * The book; empty if there is none yet. May be as it was a second ago, and is at least as new as
   * this keeper's own last update.
   *
   * @throws StorageException if it cannot be read
   */
  LinkBook recent();

  /**
   * The book as it is now; empty if there is none yet.
   *
   * @throws StorageException if it cannot be read
   */
  LinkBook newest();

  /**
   * Changes the newest book, durably and while nobody else does.
   *
   * @param change makes the new book of the old one; may be called more than once
   * @return the new book
   * @throws StorageException if it cannot be written; then nothing has changed
   */
  LinkBook update(UnaryOperator<LinkBook> change);
}
