package io.taforge.storage.remote;

import io.taforge.artifact.KeyPrefix;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.FailureContext;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Page;
import io.taforge.storage.StorageInterruptedException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists in the order of keys, and asks for pages before they are wanted. That takes no page before
 * it, because a listing begins behind any text; and where the next ones may begin is known from how
 * close together the ids are that have come. A wrong guess costs a request and never an entry: a
 * page counts up to where another one begins.
 */
final class ReadAhead implements Iterator<ArtifactSummary> {
  /** Shorter listings take no request more than they have pages. */
  private static final int PAGES_IN_TURN = 4;

  /** How full a page is to be, so that it seldom ends before the next one begins. */
  private static final double FILLED = 0.9;

  private final KeyPrefix prefix;
  private final IdScale scale;
  private final Function<ListQuery, Page<ArtifactSummary>> list;
  private final SideBySide threads;
  private final int most;
  private final Runnable check;
  private final FailureContext context;
  private final Deque<Ahead> ahead = new ArrayDeque<>();

  private Iterator<ArtifactSummary> entries = Collections.emptyIterator();
  private @Nullable ListQuery next;
  private int pages;
  private double width;
  private double count;

  /**
   * Asks for nothing yet.
   *
   * @param most how many pages may be asked for, or kept, before they are wanted
   * @param check fails where {@code list} would without asking: a page that is there is no reason
   *     to go on
   */
  ReadAhead(
      KeyPrefix prefix,
      Function<ListQuery, Page<ArtifactSummary>> list,
      SideBySide threads,
      int most,
      Runnable check,
      FailureContext context) {
    this.prefix = prefix;
    this.scale = new IdScale(prefix.kind().folder());
    this.list = list;
    this.threads = threads;
    this.most = most;
    this.check = check;
    this.context = context;
    this.next = ListQuery.of(prefix);
  }

  /** A page that has been asked for, with the place where it begins. */
  private record Ahead(long begin, Future<Page<ArtifactSummary>> page) {}

  @Override
  public boolean hasNext() {
    while (!entries.hasNext() && next != null) {
      turn(next);
    }
    return entries.hasNext();
  }

  @Override
  public ArtifactSummary next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return entries.next();
  }

  private void turn(ListQuery query) {
    Page<ArtifactSummary> page = page(query);
    List<ArtifactSummary> found = page.entries();
    next = page.next().orElse(null);
    entries = found.iterator();
    if (next == null) {
      forget(ahead.size());
      return;
    }
    pages++;
    OptionalLong end = scale.of(next.after());
    if (end.isEmpty()) {
      forget(ahead.size()); // another program's key, which has no place
      return;
    }
    OptionalLong begin = scale.of(query.after());
    if (begin.isPresent()) {
      width = width / 2 + end.getAsLong() - begin.getAsLong();
      count = count / 2 + found.size();
    }
    endWhereAnotherBegins(found, end.getAsLong());
    if (pages >= PAGES_IN_TURN && count > 0) {
      ask(end.getAsLong());
    }
  }

  private Page<ArtifactSummary> page(ListQuery query) {
    Ahead first = ahead.peek();
    if (first == null || !query.after().equals(scale.text(first.begin()))) {
      return list.apply(query);
    }
    check.run();
    try {
      return ahead.remove().page().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageInterruptedException(context, "the thread was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("Only unchecked exceptions are thrown here", e);
    }
  }

  /** The last one that begins within this page; those before it have nothing to add. */
  private void endWhereAnotherBegins(List<ArtifactSummary> found, long end) {
    int within = 0;
    long cut = 0;
    for (Ahead each : ahead) {
      if (each.begin() <= end) {
        within++;
        cut = each.begin();
      }
    }
    if (within == 0) {
      return;
    }
    forget(within - 1);
    entries = found.subList(0, countBefore(cut, found)).iterator();
    next = new ListQuery(prefix, ListQuery.MAX_PAGE_SIZE, scale.text(cut));
  }

  private int countBefore(long place, List<ArtifactSummary> found) {
    int before = 0;
    int behind = found.size();
    while (before < behind) {
      int middle = (before + behind) / 2;
      if (scale.of(found.get(middle).artifact().key().value()).orElse(0) < place) {
        before = middle + 1;
      } else {
        behind = middle;
      }
    }
    return before;
  }

  private void forget(int some) {
    for (int i = 0; i < some; i++) {
      ahead.remove().page().cancel(false);
    }
  }

  private void ask(long end) {
    long step = Math.max(1, (long) (width / count * ListQuery.MAX_PAGE_SIZE * FILLED));
    long begin = ahead.isEmpty() ? end : ahead.getLast().begin();
    while (ahead.size() < most) {
      begin += step;
      String after = scale.text(begin);
      if (!IdScale.goesTo(begin) || !after.startsWith(prefix.value())) {
        return;
      }
      ListQuery query = new ListQuery(prefix, ListQuery.MAX_PAGE_SIZE, after);
      ahead.add(new Ahead(begin, threads.begin(() -> list.apply(query), context)));
    }
  }
}
