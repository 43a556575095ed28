package io.taforge.cli;

import io.taforge.artifact.ByteSize;
import io.taforge.storage.client.StorageStats.Band;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Draws how many artifacts there are in each band, for a terminal of 80 columns. */
final class Histogram {
  private static final int LONGEST_BAR = 30;

  private Histogram() {}

  static String ofAges(String heading, List<Band<Duration>> bands) {
    return drawn(heading, bands, Histogram::age);
  }

  static String ofSizes(String heading, List<Band<ByteSize>> bands) {
    return drawn(heading, bands, Histogram::size);
  }

  private static <T> String drawn(
      String heading, List<Band<T>> bands, Function<Band<T>, String> label) {
    long most = bands.stream().mapToLong(each -> each.amount().objects()).max().orElse(0);
    Table table = new Table(heading, "", "", "");
    for (Band<T> band : bands) {
      long objects = band.amount().objects();
      table.row(
          "  " + label.apply(band),
          Long.toString(objects),
          band.amount().size().toString(),
          bar(objects, most));
    }
    return table.toString();
  }

  /** One artifact can be seen beside a million. */
  private static String bar(long objects, long most) {
    return objects == 0 ? "" : "#".repeat((int) Math.ceil(LONGEST_BAR * ((double) objects / most)));
  }

  private static String age(Band<Duration> band) {
    return band.below()
        .map(below -> "under " + words(below))
        .orElseGet(() -> words(band.from()) + " or older");
  }

  private static String words(Duration age) {
    if (age.toDays() == 0) {
      return age.toHours() + " h";
    }
    return age.toDays() < 365 ? age.toDays() + " d" : age.toDays() / 365 + " y";
  }

  /** A bound one byte behind a round number means that number itself. */
  private static String size(Band<ByteSize> band) {
    return band.below()
        .map(ByteSize::bytes)
        .map(
            below ->
                below % 2 == 0
                    ? "under " + ByteSize.of(below)
                    : below == 1 ? "empty" : "up to " + ByteSize.of(below - 1))
        .orElseGet(() -> "larger");
  }
}
