package io.taforge.storage.memory;

import io.taforge.storage.link.LinkBook;
import io.taforge.storage.link.LinkBookKeeper;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The book of a space's links, which lives as long as the space. */
final class InMemoryLinkBook implements LinkBookKeeper {
  private final AtomicReference<LinkBook> book = new AtomicReference<>(LinkBook.empty());

  @Override
  public LinkBook recent() {
    return book.get();
  }

  @Override
  public LinkBook newest() {
    return book.get();
  }

  /** Two at once make two keys, of which one wins and is what both get to see. */
  @Override
  public LinkBook update(UnaryOperator<LinkBook> change) {
    return book.updateAndGet(change);
  }
}
