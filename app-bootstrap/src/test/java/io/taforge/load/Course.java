package io.taforge.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How a process did under load.
 *
 * @param name what was under load
 * @param before what it held at first
 * @param during what it held meanwhile
 * @param after what it held when everything was closed
 * @param outcomes how often which thing happened
 */
record Course(String name, Look before, List<Look> during, Look after, Map<String, Long> outcomes) {
  /**
   * What a process holds.
   *
   * @param millis since its start
   * @param heap in bytes, without what is garbage
   * @param acts what all clients have done so far
   */
  record Look(long millis, long heap, long descriptors, long threads, long acts) {
    private static Look of(String[] words) {
      return new Look(
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]),
          Long.parseLong(words[5]));
    }
  }

  /** Reads what the process has printed. */
  static Course of(String name, List<String> lines) {
    List<Look> before = new ArrayList<>();
    List<Look> during = new ArrayList<>();
    List<Look> after = new ArrayList<>();
    Map<String, Long> outcomes = new TreeMap<>();
    for (String line : lines) {
      String[] words = line.split("\t");
      switch (words[0]) {
        case "before" -> before.add(Look.of(words));
        case "during" -> during.add(Look.of(words));
        case "after" -> after.add(Look.of(words));
        default -> outcomes.put(words[0], Long.parseLong(words[1]));
      }
    }
    return new Course(name, before.get(0), during, after.get(0), outcomes);
  }

  long acts() {
    return during.get(during.size() - 1).acts();
  }

  /** How much more of something it held in the last third than in the second, in the middle. */
  double growth(ToLongFunction<Look> something) {
    int third = during.size() / 3;
    return median(during.subList(2 * third, during.size()), something)
        - median(during.subList(third, 2 * third), something);
  }

  double median(ToLongFunction<Look> something) {
    return median(during, something);
  }

  private static double median(List<Look> looks, ToLongFunction<Look> something) {
    return looks.stream()
        .mapToLong(something)
        .sorted()
        .skip(looks.size() / 2)
        .findFirst()
        .orElse(0);
  }
}
