package io.taforge.storage;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of a listing, and how to get on.
 *
 * @param <T> what is listed
 */
public final class Page<T> {
  private final List<T> entries;
  private final @Nullable ListQuery next;

  private Page(List<T> entries, @Nullable ListQuery next) {
    this.entries = List.copyOf(entries);
    this.next = next;
  }

  /** The last page. */
  public static <T> Page<T> last(List<T> entries) {
    return new Page<>(entries, null);
  }

  /** A page that has another one behind it. */
  public static <T> Page<T> of(List<T> entries, ListQuery next) {
    return new Page<>(entries, next);
  }

  /** The entries; perhaps none. */
  public List<T> entries() {
    return entries;
  }

  /** What to ask for next; empty if this was the last page. */
  public Optional<ListQuery> next() {
    return Optional.ofNullable(next);
  }
}
