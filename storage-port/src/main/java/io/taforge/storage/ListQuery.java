package io.taforge.storage;

import static io.taforge.artifact.Quoted.quoted;

import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.KeyPrefix;

/**
 * Asks for one page of a listing. The position is that of a key or folder, not of a page: it holds
 * when others come and go, and even when that key itself is gone.
 *
 * @param prefix what the keys begin with
 * @param pageSize how many entries a page has at the most, 1 to 1,000
 * @param after the key or folder behind which the page begins; empty for the first page
 */
public record ListQuery(KeyPrefix prefix, int pageSize, String after) {
  /** The most entries a page can have. */
  public static final int MAX_PAGE_SIZE = 1000;

  /**
   * Checks that the three belong together.
   *
   * @throws IllegalArgumentException if the page size is not allowed, or the position is not one of
   *     this listing
   */
  public ListQuery {
    if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException(
          pageSize + " is not a page size: 1 to " + MAX_PAGE_SIZE + " are allowed");
    }
    if (!after.isEmpty() && !after.startsWith(prefix.value())) {
      throw new IllegalArgumentException(
          quoted(after) + " is not a position in a listing of " + quoted(prefix.value()));
    }
  }

  /** The first page, as large as can be. */
  public static ListQuery of(KeyPrefix prefix) {
    return new ListQuery(prefix, MAX_PAGE_SIZE, "");
  }

  /** With pages of at most so many entries. */
  public ListQuery withPageSize(int entries) {
    return new ListQuery(prefix, entries, after);
  }

  /** Beginning behind this key. */
  public ListQuery after(ArtifactKey key) {
    return new ListQuery(prefix, pageSize, key.value());
  }

  /** Beginning behind this folder and all that is in it. */
  public ListQuery after(KeyPrefix folder) {
    return new ListQuery(prefix, pageSize, folder.value());
  }

  /** Whether an entry comes behind the query's position. */
  public boolean isAhead(String entry) {
    return ArtifactKey.UTF_8_ORDER.compare(entry, after) > 0
        && !(after.endsWith("/") && entry.startsWith(after));
  }
}
