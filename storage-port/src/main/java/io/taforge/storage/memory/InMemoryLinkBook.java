package io.taforge.storage.memory;

import io.taforge.storage.link.LinkBook;
import io.taforge.storage.link.LinkBookKeeper;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** The book of a space's links, which lives as long as the space. */
final class InMemoryLinkBook implements LinkBookKeeper {
  private final ReentrantLock lock = new ReentrantLock();
  private volatile LinkBook book = LinkBook.empty();

  @Override
  public LinkBook recent() {
    return book;
  }

  @Override
  public LinkBook newest() {
    return book;
  }

  @Override
  public LinkBook update(UnaryOperator<LinkBook> change) {
    lock.lock();
    try {
      book = change.apply(book);
      return book;
    } finally {
      lock.unlock();
    }
  }
}
