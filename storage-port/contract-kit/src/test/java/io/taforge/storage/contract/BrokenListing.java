package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Operation;
import io.taforge.storage.Page;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that list too much, too little, or in a mess. */
final class BrokenListing {
  private BrokenListing() {}

  static List<Control> controls() {
    return List.of(
        Control.of("lists a thousand and no more", "GHM", i -> paging(i, Pages::onlyFirst)),
        Control.of("lists what is on the edge of a page twice", "H", i -> paging(i, Pages::twice)),
        Control.of("lists what is on the edge of a page never", "H", i -> paging(i, Pages::never)),
        Control.of("lists backwards", "H", i -> paging(i, Pages::backwards)),
        Control.of("lists in the order of UTF-16", "H", i -> paging(i, Pages::byChars)),
        Control.of("lists in the order of dictionaries", "H", i -> paging(i, Pages::byWords)),
        Control.of("takes a page size for a proposal", "H", IgnoresPageSize::new),
        Control.of("lists a hundred at a time", "M", i -> paging(i, Pages::aHundred)),
        Control.of("says that there is more when there is not", "H", NeverEnds::new),
        Control.of("does not find an empty folder", "H", RefusesEmpty::new),
        Control.of("counts on instead of remembering a key", "H", CountsOn::new),
        Control.of("cannot go on behind what is gone", "H", NeedsItsKey::new),
        Control.of("lists all kinds of a bucket's neighbours", "HM", IgnoresPrefix::new),
        Control.of("takes each prefix for a folder", "H", PrefixIsFolder::new),
        Control.of("takes a prefix without regard to case", "H", PrefixIgnoresCase::new),
        Control.of("lists all before it gives one", "H", ListsEagerly::new),
        Control.of(
            "lists no size", "HM", i -> summing(i, s -> summary(s, 0, s.storedAt(), s.version()))),
        Control.of(
            "lists no time",
            "HM",
            i -> summing(i, s -> summary(s, s.size(), Instant.EPOCH, s.version()))),
        Control.of(
            "lists no version",
            "H",
            i -> summing(i, s -> summary(s, s.size(), s.storedAt(), new VersionToken("?")))),
        Control.of("shows what is on its way", "AH", ShowsTemporary::new),
        Control.of("lists a folder for each in it", "H", RepeatsFolders::new),
        Control.of("lists no folders", "H", ListsNoFolders::new));
  }

  private static ArtifactSummary summary(
      ArtifactSummary old, long size, Instant storedAt, VersionToken version) {
    return new ArtifactSummary(old.artifact(), size, storedAt, version);
  }

  private static ArtifactStore summing(ArtifactStore inner, UnaryOperator<ArtifactSummary> change) {
    return paging(
        inner,
        (store, query) -> {
          Page<ArtifactSummary> page = store.list(query);
          return Retold.page(page.entries().stream().map(change).toList(), page.next());
        });
  }

  private static ArtifactStore paging(
      ArtifactStore inner, BiFunction<ArtifactStore, ListQuery, Page<ArtifactSummary>> list) {
    return new DelegatingStore(inner) {
      @Override
      public Page<ArtifactSummary> list(ListQuery query) {
        return list.apply(inner, query);
      }
    };
  }

  /** What becomes of a page. */
  private static final class Pages {
    static Page<ArtifactSummary> onlyFirst(ArtifactStore store, ListQuery query) {
      return Page.last(store.list(query).entries());
    }

    static Page<ArtifactSummary> aHundred(ArtifactStore store, ListQuery query) {
      return store.list(query.withPageSize(Math.min(query.pageSize(), 100)));
    }

    static Page<ArtifactSummary> twice(ArtifactStore store, ListQuery query) {
      Page<ArtifactSummary> page = store.list(query);
      List<ArtifactSummary> entries = new ArrayList<>(page.entries());
      if (!query.after().isEmpty()) {
        store.find(Artifact.at(query.after())).ifPresent(edge -> entries.add(0, edge.summary()));
      }
      return Retold.page(entries, page.next());
    }

    static Page<ArtifactSummary> never(ArtifactStore store, ListQuery query) {
      Page<ArtifactSummary> page = store.list(query);
      int edge = query.after().isEmpty() ? 0 : 1;
      return Retold.page(page.entries().stream().skip(edge).toList(), page.next());
    }

    static Page<ArtifactSummary> backwards(ArtifactStore store, ListQuery query) {
      return sorted(store, query, Comparator.reverseOrder());
    }

    static Page<ArtifactSummary> byChars(ArtifactStore store, ListQuery query) {
      return sorted(store, query, Comparator.naturalOrder());
    }

    static Page<ArtifactSummary> byWords(ArtifactStore store, ListQuery query) {
      return sorted(store, query, String.CASE_INSENSITIVE_ORDER);
    }

    private static Page<ArtifactSummary> sorted(
        ArtifactStore store, ListQuery query, Comparator<String> order) {
      Page<ArtifactSummary> page = store.list(query);
      Comparator<ArtifactSummary> byKey =
          Comparator.comparing(each -> each.artifact().key().value(), order);
      return Retold.page(page.entries().stream().sorted(byKey).toList(), page.next());
    }
  }

  private static final class IgnoresPageSize extends DelegatingStore {
    IgnoresPageSize(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<ArtifactSummary> list(ListQuery query) {
      return super.list(query.withPageSize(ListQuery.MAX_PAGE_SIZE));
    }
  }

  private static final class NeverEnds extends DelegatingStore {
    NeverEnds(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<ArtifactSummary> list(ListQuery query) {
      Page<ArtifactSummary> page = super.list(query);
      return Page.of(page.entries(), page.next().orElse(query));
    }
  }

  private static final class RefusesEmpty extends DelegatingStore {
    RefusesEmpty(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<ArtifactSummary> list(ListQuery query) {
      Page<ArtifactSummary> page = super.list(query);
      if (page.entries().isEmpty()) {
        throw new StorageNotFoundException(
            FailureContext.of(Operation.LIST, buckets(), query.prefix()), "there is no folder");
      }
      return page;
    }
  }

  private static final class CountsOn extends DelegatingStore {
    private final Map<ListQuery, Integer> positions = new ConcurrentHashMap<>();

    CountsOn(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<ArtifactSummary> list(ListQuery query) {
      Integer position = positions.get(query);
      if (position == null) {
        return remembered(super.list(query), query.pageSize());
      }
      List<ArtifactSummary> entries =
          inner.scan(query.prefix()).skip(position).limit(query.pageSize()).toList();
      if (entries.size() < query.pageSize()) {
        return Page.last(entries);
      }
      ArtifactKey last = entries.get(entries.size() - 1).artifact().key();
      return remembered(Page.of(entries, query.after(last)), position + query.pageSize());
    }

    private Page<ArtifactSummary> remembered(Page<ArtifactSummary> page, int position) {
      page.next().ifPresent(next -> positions.put(next, position));
      return page;
    }
  }

  private static final class NeedsItsKey extends DelegatingStore {
    NeedsItsKey(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<ArtifactSummary> list(ListQuery query) {
      boolean isLost = !query.after().isEmpty() && find(Artifact.at(query.after())).isEmpty();
      return isLost ? Page.last(List.of()) : super.list(query);
    }
  }

  private static final class IgnoresPrefix extends DelegatingStore {
    IgnoresPrefix(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<ArtifactSummary> list(ListQuery query) {
      if (!query.after().isEmpty()) {
        return super.list(query);
      }
      return Page.last(inner.scan(KeyPrefix.all(query.prefix().kind())).limit(1000).toList());
    }
  }

  private static final class PrefixIsFolder extends DelegatingStore {
    PrefixIsFolder(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<ArtifactSummary> list(ListQuery query) {
      return query.after().isEmpty()
          ? super.list(new ListQuery(query.prefix().asFolder(), query.pageSize(), ""))
          : super.list(query);
    }
  }

  private static final class PrefixIgnoresCase extends DelegatingStore {
    PrefixIgnoresCase(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<ArtifactSummary> list(ListQuery query) {
      String prefix = query.prefix().value();
      if (query.prefix().isFolder() || !query.after().isEmpty()) {
        return super.list(query);
      }
      return Page.last(
          inner
              .scan(KeyPrefix.all(query.prefix().kind()))
              .filter(
                  each ->
                      each.artifact()
                          .key()
                          .value()
                          .regionMatches(true, 0, prefix, 0, prefix.length()))
              .toList());
    }
  }

  private static final class ListsEagerly extends DelegatingStore {
    ListsEagerly(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Stream<ArtifactSummary> scan(KeyPrefix prefix) {
      return super.scan(prefix).toList().stream();
    }
  }

  private static final class ShowsTemporary extends DelegatingStore {
    ShowsTemporary(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      if (!(artifact instanceof LogSample sample)) {
        return super.put(artifact, source, options);
      }
      Artifact temporary = new LogSample(sample.request(), FileName.of(".upload-1.tmp"));
      super.put(temporary, ContentSource.of(new byte[1]), PutOptions.defaults());
      try {
        return super.put(artifact, source, options);
      } finally {
        delete(temporary);
      }
    }
  }

  private static final class RepeatsFolders extends DelegatingStore {
    RepeatsFolders(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<KeyPrefix> listFolders(ListQuery query) {
      int length = query.prefix().value().length();
      return Page.last(
          scan(query.prefix())
              .map(each -> each.artifact().key().value())
              .filter(key -> key.indexOf('/', length) > 0)
              .map(key -> KeyPrefix.of(key.substring(0, key.indexOf('/', length) + 1)))
              .toList());
    }
  }

  private static final class ListsNoFolders extends DelegatingStore {
    ListsNoFolders(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<KeyPrefix> listFolders(ListQuery query) {
      return Page.last(List.of());
    }
  }
}
