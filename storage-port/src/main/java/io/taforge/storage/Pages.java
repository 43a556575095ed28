package io.taforge.storage;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Turns a paged listing into a lazy stream: a page is asked for when the one before it is used up.
 */
public final class Pages {
  private Pages() {}

  /** The entries of all pages from this query on. */
  public static <T> Stream<T> stream(ListQuery first, Function<ListQuery, Page<T>> list) {
    return stream(new Entries<>(first, list));
  }

  /** What is left of an iterator, as a stream. */
  public static <T> Stream<T> stream(Iterator<T> entries) {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries, traits), false);
  }

  private static final class Entries<T> implements Iterator<T> {
    private final Function<ListQuery, Page<T>> list;
    private Iterator<T> page = Collections.emptyIterator();
    private @Nullable ListQuery next;

    Entries(ListQuery first, Function<ListQuery, Page<T>> list) {
      this.next = first;
      this.list = list;
    }

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && next != null) {
        Page<T> loaded = list.apply(next);
        page = loaded.entries().iterator();
        next = loaded.next().orElse(null);
      }
      return page.hasNext();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.next();
    }
  }
}
