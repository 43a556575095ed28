package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ContentSource;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Page;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Area H: a listing has everything once, in order, and nothing else. */
abstract class ListCases extends ContractCases {
  private static final byte[] CONTENT = bytes(1000, 11);

  @Case("H01")
  void whereNothingIsNothingIsListed() {
    for (KeyPrefix prefix :
        List.of(KeyPrefix.samplesOf(request), KeyPrefix.all(ArtifactKind.TA_BUNDLE))) {
      Page<ArtifactSummary> page = store.list(ListQuery.of(prefix));
      assertThat(page.entries()).isEmpty();
      assertThat(page.next()).isEmpty();
      assertThat(store.scanDetailed(prefix).limit(MOST_ENTRIES)).isEmpty();
      assertThat(store.listFolders(ListQuery.of(prefix)).entries()).isEmpty();
    }
  }

  @Case("H02")
  void moreThanTwoPagesAreListedWithoutLossOrRepetition() {
    List<LogSample> samples = samples(2500);
    putAll(samples);

    assertThat(listed(ArtifactKind.LOG_SAMPLE)).isEqualTo(samples);
    assertThat(store.scanDetailed(KeyPrefix.samplesOf(request)).limit(MOST_ENTRIES))
        .extracting(StoredArtifact::artifact)
        .isEqualTo(samples);
    assertThat(pages(ListQuery.of(KeyPrefix.samplesOf(request)).withPageSize(700)))
        .extracting(page -> page.entries().size())
        .allMatch(size -> size <= 700);
  }

  @Case("H03")
  void aPageIsNeverLargerThanAskedFor() {
    putAll(samples(5));
    for (int size : new int[] {1, 2, 4, 5, 6, ListQuery.MAX_PAGE_SIZE}) {
      List<Page<ArtifactSummary>> pages =
          pages(ListQuery.of(KeyPrefix.samplesOf(request)).withPageSize(size));
      assertThat(pages).allMatch(page -> page.entries().size() <= size);
      assertThat(pages.stream().flatMap(page -> page.entries().stream()))
          .extracting(ArtifactSummary::artifact)
          .isEqualTo(samples(5));
    }
    assertThatThrownBy(() -> ListQuery.of(KeyPrefix.samplesOf(request)).withPageSize(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ListQuery.of(KeyPrefix.samplesOf(request)).withPageSize(1001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Case("H04")
  void theOrderIsThatOfUtf8Bytes() {
    List<LogSample> ordered =
        Stream.of(
                "!",
                "-a",
                "1",
                "10",
                "2",
                "A",
                "B.log",
                "a",
                "a b",
                "a-b",
                "a.log",
                "a0",
                "ab",
                "b",
                "~",
                "\u00e9",
                "\u65e5",
                "\uff5e",
                "\ufffdx",
                "\ud83d\ude00",
                "\ud83d\ude01")
            .map(this::sample)
            .toList();
    List<LogSample> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(4));
    putAll(shuffled);

    assertThat(listed(ArtifactKind.LOG_SAMPLE)).isEqualTo(ordered);
    assertThat(pages(ListQuery.of(KeyPrefix.samplesOf(request)).withPageSize(4)))
        .flatExtracting(Page::entries)
        .extracting(ArtifactSummary::artifact)
        .isEqualTo(ordered);
  }

  @Case("H05")
  void foldersAreListedOnceAndInOrder() {
    List<KeyPrefix> requests = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      RequestId id = RequestId.random();
      requests.add(KeyPrefix.bundlesOf(id));
      for (int version : new int[] {1, 1, 2, 10}) {
        put(new TaBundle(id, BundleVersion.of(version), RevisionId.random()), CONTENT);
      }
    }
    requests.sort((a, b) -> ArtifactKey.UTF_8_ORDER.compare(a.value(), b.value()));

    assertFolders(KeyPrefix.all(ArtifactKind.TA_BUNDLE), requests);
    KeyPrefix one = requests.get(2);
    assertFolders(
        one, Stream.of("v1/", "v10/", "v2/").map(name -> KeyPrefix.of(one + name)).toList());
    assertFolders(KeyPrefix.of(one + "v1/"), List.of());
    assertThatThrownBy(() -> store.listFolders(ListQuery.of(KeyPrefix.of(one + "v1"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Case("H06")
  void aPrefixIsATextAndAFolderIsAFolder() {
    RequestId similar = RequestId.parse(neighbour(request.toString()));
    LogSample ofSimilar = new LogSample(similar, FileName.of("a.log"));
    List<LogSample> samples =
        Stream.of("A.log", "a", "a.log", "ab.log", "b").map(this::sample).toList();
    putAll(samples);
    put(ofSimilar, CONTENT);
    String folder = KeyPrefix.samplesOf(request).value();

    assertListed(folder, samples);
    assertListed(folder + "a", samples.subList(1, 4));
    assertListed(folder + "a.", samples.subList(2, 3));
    assertListed(folder + "A", samples.subList(0, 1));
    assertListed(folder + "a.log", samples.subList(2, 3));
    assertListed(folder + "a.log/", List.of());
    assertListed(folder + "c", List.of());
    assertThat(listed(KeyPrefix.of(folder.substring(0, folder.length() - 2))))
        .hasSize(6)
        .containsAll(samples)
        .contains(ofSimilar);
  }

  @Case("H07")
  void aPositionHoldsWhenOthersCome() {
    assertGoesOn(
        List.of("f", "g", "h", "z"),
        () -> Stream.of("a", "c", "g", "z").forEach(name -> put(sample(name), CONTENT)));
  }

  @Case("H08")
  void aPositionHoldsWhenItsKeyIsGone() {
    assertGoesOn(List.of("f", "h"), () -> store.delete(sample("d")));
    assertGoesOn(
        List.of("h"), () -> store.deleteMany(List.of(sample("b"), sample("d"), sample("f"))));
  }

  @Case("H09")
  void aPositionOfAnotherListingIsRefusedAndAnyOfThisOneIsNot() {
    ListQuery query = ListQuery.of(KeyPrefix.samplesOf(request));
    ArtifactKey foreign = new LogSample(RequestId.random(), FileName.of("a")).key();
    assertThatThrownBy(() -> query.after(foreign)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> query.after(KeyPrefix.all(ArtifactKind.TA_BUNDLE)))
        .isInstanceOf(IllegalArgumentException.class);

    putAll(Stream.of("b", "d").map(this::sample).toList());
    assertThat(listed(query.after(sample("a").key()))).containsExactly(sample("b"), sample("d"));
    assertThat(listed(query.after(sample("c").key()))).containsExactly(sample("d"));
    assertThat(listed(query.after(sample("d").key()))).isEmpty();
  }

  @Case("H10")
  void aListingLooksAsItIsUsed() {
    List<LogSample> samples = samples(ListQuery.MAX_PAGE_SIZE + 1);
    putAll(samples);
    Iterator<ArtifactSummary> entries = store.scan(KeyPrefix.samplesOf(request)).iterator();
    List<Artifact> seen = new ArrayList<>();
    seen.add(entries.next().artifact());
    store.delete(samples.get(ListQuery.MAX_PAGE_SIZE));
    while (entries.hasNext() && seen.size() < MOST_ENTRIES) {
      seen.add(entries.next().artifact());
    }

    assertThat(seen).isEqualTo(samples.subList(0, ListQuery.MAX_PAGE_SIZE));
  }

  @Case("H11")
  void anEntryTellsWhatFindTells() {
    List<LogSample> samples = samples(5);
    putAll(samples);
    List<StoredArtifact> found =
        samples.stream().map(store::find).map(Optional::orElseThrow).toList();

    assertThat(store.scan(KeyPrefix.samplesOf(request)).limit(MOST_ENTRIES))
        .isEqualTo(found.stream().map(StoredArtifact::summary).toList());
    assertThat(store.scanDetailed(KeyPrefix.samplesOf(request)).limit(MOST_ENTRIES))
        .isEqualTo(found);
  }

  @Case("H12")
  void whatIsNoArtifactIsNotListed() {
    harness()
        .backdoor()
        .ifPresent(
            door ->
                Stream.of("stray.txt", "not-a-request/a.log", request + "/folder/a.log", ".x/y")
                    .forEach(
                        stray -> door.plant(ArtifactKind.LOG_SAMPLE, "samples/" + stray, CONTENT)));
    put(sample("old.log"), CONTENT);
    List<List<Artifact>> seen = new ArrayList<>();
    ByteArrayInputStream looking =
        new ByteArrayInputStream(CONTENT) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            seen.add(listed(ArtifactKind.LOG_SAMPLE));
            return super.read(buffer, offset, Math.min(length, 400));
          }
        };
    store.put(sample("new.log"), ContentSource.of(looking), PutOptions.defaults());

    assertThat(seen)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each).containsExactly(sample("old.log")));
    assertThat(listed(ArtifactKind.LOG_SAMPLE))
        .containsExactly(sample("new.log"), sample("old.log"));
    assertFolders(KeyPrefix.all(ArtifactKind.LOG_SAMPLE), List.of(KeyPrefix.samplesOf(request)));
  }

  /** Pages through b, d, f and h; something happens behind the second. */
  private void assertGoesOn(List<String> expected, Runnable happening) {
    listed(ArtifactKind.LOG_SAMPLE).forEach(store::delete);
    putAll(Stream.of("b", "d", "f", "h").map(this::sample).toList());
    Page<ArtifactSummary> page =
        store.list(ListQuery.of(KeyPrefix.samplesOf(request)).withPageSize(2));
    assertThat(page.entries())
        .extracting(ArtifactSummary::artifact)
        .containsExactly(sample("b"), sample("d"));
    happening.run();

    assertThat(listed(page.next().orElseThrow()))
        .isEqualTo(expected.stream().map(this::sample).toList());
  }

  private void assertListed(String prefix, List<LogSample> expected) {
    assertThat(listed(KeyPrefix.of(prefix))).as(prefix).isEqualTo(expected);
  }

  private List<Artifact> listed(KeyPrefix prefix) {
    return listed(ListQuery.of(prefix));
  }

  private List<Artifact> listed(ListQuery query) {
    return pages(query).stream()
        .flatMap(page -> page.entries().stream())
        .map(ArtifactSummary::artifact)
        .toList();
  }

  /** All pages from this one on; more than anybody could need are a failure. */
  private List<Page<ArtifactSummary>> pages(ListQuery first) {
    List<Page<ArtifactSummary>> pages = new ArrayList<>();
    Optional<ListQuery> next = Optional.of(first);
    while (next.isPresent()) {
      Page<ArtifactSummary> page = store.list(next.get());
      pages.add(page);
      next = page.next();
      assertThat(pages).hasSizeLessThan(100);
    }
    return pages;
  }

  private void assertFolders(KeyPrefix parent, List<KeyPrefix> expected) {
    for (int size : new int[] {1, 2, 1000}) {
      List<KeyPrefix> folders = new ArrayList<>();
      Optional<ListQuery> next = Optional.of(ListQuery.of(parent).withPageSize(size));
      while (next.isPresent()) {
        Page<KeyPrefix> page = store.listFolders(next.get());
        assertThat(page.entries()).hasSizeLessThanOrEqualTo(size);
        folders.addAll(page.entries());
        next = page.next();
        assertThat(folders).hasSizeLessThan(100);
      }
      assertThat(folders).isEqualTo(expected);
    }
  }

  /** An id with another last digit. */
  private static String neighbour(String id) {
    char last = id.charAt(id.length() - 1) == '0' ? '1' : '0';
    return id.substring(0, id.length() - 1) + last;
  }
}
