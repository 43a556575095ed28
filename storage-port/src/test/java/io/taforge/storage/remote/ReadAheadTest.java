package io.taforge.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.FailureContext;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Operation;
import io.taforge.storage.Page;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.VersionToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadAheadTest {
  private static final FailureContext LISTING = FailureContext.of(Operation.LIST);
  private static final KeyPrefix ALL = KeyPrefix.all(ArtifactKind.LOG_SAMPLE);
  private static final int MOST = 8;

  private final SideBySide threads = new SideBySide(4, "ahead");
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();

  @AfterEach
  void close() {
    threads.close();
  }

  /** How ids lie. */
  enum Ids {
    EVEN {
      @Override
      UUID id(Random random, int number) {
        return new UUID(random.nextLong(), random.nextLong());
      }
    },
    BY_TIME {
      @Override
      UUID id(Random random, int number) {
        return new UUID((0x0190_0000_0000L + number / 3) << 16 | 0x7000, random.nextLong());
      }
    },
    IN_TWO_HEAPS {
      @Override
      UUID id(Random random, int number) {
        long heap = number % 2 == 0 ? 0x3000_0000_0000_0000L : 0xc000_0000_0000_0000L;
        return new UUID(heap + random.nextInt(), random.nextLong());
      }
    },
    WITH_MANY_NAMES {
      @Override
      UUID id(Random random, int number) {
        return new UUID(new Random(number / 700).nextLong(), 0);
      }
    },
    OF_ONE_REQUEST {
      @Override
      UUID id(Random random, int number) {
        return new UUID(1, 2);
      }
    };

    abstract UUID id(Random random, int number);
  }

  @ParameterizedTest
  @EnumSource
  void allIsThereOnceAndInOrder(Ids ids) {
    NavigableMap<String, ArtifactSummary> stored = stored(ids, 12_345);

    assertThat(read(ALL, pages(stored))).isEqualTo(List.copyOf(stored.values()));
    assertThat(asked).as("no more than some guesses").hasSizeLessThan(13 + 13 * 2);
    assertThat(mostUnderWay.get()).isLessThanOrEqualTo(MOST + 1);
  }

  @Test
  void someIsThereOnceAndInOrder() {
    NavigableMap<String, ArtifactSummary> stored = stored(Ids.EVEN, 100_000);

    assertThat(read(KeyPrefix.of("samples/a"), pages(stored)))
        .isEqualTo(List.copyOf(stored.subMap("samples/a", "samples/b").values()));
  }

  @Test
  void aShortListingTakesNoRequestMore() {
    NavigableMap<String, ArtifactSummary> stored = stored(Ids.EVEN, 4000);

    assertThat(read(ALL, pages(stored))).hasSize(4000);
    assertThat(asked).hasSize(4);
  }

  @Test
  void aPageMayBeOfAnotherProgramAlone() {
    NavigableMap<String, ArtifactSummary> stored = stored(Ids.EVEN, 20_000);
    NavigableMap<String, ArtifactSummary> together = new TreeMap<>(stored);
    for (int i = 0; i < 2500; i++) {
      together.put("samples/7/" + i, stored.firstEntry().getValue());
    }
    Function<ListQuery, Page<ArtifactSummary>> pages = pages(together);

    assertThat(
            read(
                ALL,
                query -> {
                  Page<ArtifactSummary> page = pages.apply(query);
                  List<ArtifactSummary> ours =
                      page.entries().stream()
                          .filter(each -> !each.equals(stored.firstEntry().getValue()))
                          .toList();
                  return page.next()
                      .map(next -> Page.of(ours, next))
                      .orElseGet(() -> Page.last(ours));
                }))
        .isEqualTo(List.copyOf(stored.tailMap(stored.firstKey(), false).values()));
  }

  @Test
  void aFailureComesWhereItsPageDoes() {
    NavigableMap<String, ArtifactSummary> stored = stored(Ids.EVEN, 20_000);
    Function<ListQuery, Page<ArtifactSummary>> pages = pages(stored);
    StorageConnectionException failure = new StorageConnectionException(LISTING, "it broke");
    ReadAhead reading =
        reading(
            ALL,
            query -> {
              if (query.after().compareTo("samples/8") > 0) {
                throw failure;
              }
              return pages.apply(query);
            });
    List<ArtifactSummary> read = new ArrayList<>();

    assertThatThrownBy(() -> reading.forEachRemaining(read::add)).isSameAs(failure);
    assertThat(read).isEqualTo(List.copyOf(stored.values()).subList(0, read.size()));
    assertThat(read).hasSizeGreaterThan(9000);
  }

  @Test
  void anInterruptEndsTheWait() {
    Function<ListQuery, Page<ArtifactSummary>> pages = pages(stored(Ids.EVEN, 20_000));
    ReadAhead reading = reading(ALL, pages);
    IntStream.range(0, 4500).forEach(i -> reading.next());
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> reading.forEachRemaining(each -> {}))
        .isInstanceOf(StorageInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void behindTheEndThereIsNothing() {
    assertThatThrownBy(() -> reading(ALL, query -> Page.last(List.of())).next())
        .isInstanceOf(NoSuchElementException.class);
  }

  private List<ArtifactSummary> read(
      KeyPrefix prefix, Function<ListQuery, Page<ArtifactSummary>> pages) {
    List<ArtifactSummary> all = new ArrayList<>();
    reading(prefix, pages).forEachRemaining(all::add);
    return all;
  }

  private ReadAhead reading(KeyPrefix prefix, Function<ListQuery, Page<ArtifactSummary>> pages) {
    return new ReadAhead(prefix, pages, threads, MOST, ReadAheadTest::check, LISTING);
  }

  private static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new StorageInterruptedException(LISTING, "the thread was interrupted");
    }
  }

  private Function<ListQuery, Page<ArtifactSummary>> pages(
      NavigableMap<String, ArtifactSummary> stored) {
    return query -> {
      asked.add(query.after());
      mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      List<String> keys =
          stored.tailMap(query.after(), false).keySet().stream()
              .filter(each -> each.startsWith(query.prefix().value()))
              .limit(query.pageSize() + 1L)
              .toList();
      List<String> page = keys.subList(0, Math.min(keys.size(), query.pageSize()));
      List<ArtifactSummary> entries = page.stream().map(stored::get).toList();
      underWay.decrementAndGet();
      return page.size() == keys.size()
          ? Page.last(entries)
          : Page.of(
              entries, new ListQuery(query.prefix(), query.pageSize(), page.get(page.size() - 1)));
    };
  }

  private static NavigableMap<String, ArtifactSummary> stored(Ids ids, int count) {
    Random random = new Random(4);
    NavigableMap<String, ArtifactSummary> stored = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      LogSample sample = new LogSample(RequestId.of(ids.id(random, i)), FileName.of(i + ".log"));
      stored.put(
          sample.key().value(),
          new ArtifactSummary(sample, i, Instant.EPOCH, new VersionToken("\"" + i + "\"")));
    }
    return stored;
  }
}
