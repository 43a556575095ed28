package io.taforge.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.storage.VersionToken;
import io.taforge.storage.remote.ObjectServer.Entry;
import io.taforge.storage.remote.ObjectServer.Listing;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListingTest {
  @Test
  void aPageBehindTheOneBeforeGoesOn() {
    assertThat(page(true, "c", "d").goesOnBehind("")).isTrue();
    assertThat(page(true, "c", "d").goesOnBehind("b")).isTrue();
    assertThat(page(false).goesOnBehind("b")).isTrue();
    assertThat(page(false, "b").goesOnBehind("b")).isTrue(); // some begin with it, not behind it
    assertThat(folders(true, "c/").goesOnBehind("b")).isTrue();
  }

  @Test
  void aPageThatRepeatsItselfDoesNot() {
    assertThat(page(false, "a", "b", "c").goesOnBehind("b")).isFalse();
    assertThat(folders(false, "a/").goesOnBehind("b")).isFalse();
  }

  @Test
  void whatBeginsOtherwiseIsNoPartOfAListing() {
    assertThat(page(false, "a/b", "a/c").isWithin("a/")).isTrue();
    assertThat(page(false, "a/b", "e/c").isWithin("a/")).isFalse();
    assertThat(folders(false, "e/").isWithin("a/")).isFalse();
  }

  @Test
  void aPageWithMoreBehindItMustSayBehindWhat() {
    assertThat(page(true).goesOnBehind("")).isFalse();
    assertThat(page(true).goesOnBehind("b")).isFalse();
    assertThat(page(true, "b").goesOnBehind("b")).isFalse();
  }

  @Test
  void theOrderOfUtf16IsAllowedToo() {
    String bmp = "\uFF5E"; // behind a surrogate in UTF-16, before it in UTF-8
    String astral = "\uD83D\uDE00";

    assertThat(page(true, bmp).goesOnBehind(astral)).isTrue();
    assertThat(page(true, astral).goesOnBehind(bmp)).isTrue();
  }

  private static Listing page(boolean isTruncated, String... keys) {
    List<Entry> entries =
        Stream.of(keys)
            .map(key -> new Entry(key, 1, Instant.EPOCH, new VersionToken("\"1\"")))
            .toList();
    return new Listing(entries, List.of(), isTruncated);
  }

  private static Listing folders(boolean isTruncated, String... folders) {
    return new Listing(List.of(), List.of(folders), isTruncated);
  }
}
