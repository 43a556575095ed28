package io.taforge.storage.memory;

import io.taforge.storage.link.LinkBook;
import io.taforge.storage.link.LinkBookKeeper;
import java.util.function.UnaryOperator;

/** The book of a space's links, which lives as long as the space. */
final class InMemoryLinkBook implements LinkBookKeeper {
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
  public synchronized LinkBook update(UnaryOperator<LinkBook> change) {
    book = change.apply(book);
    return book;
  }
}
