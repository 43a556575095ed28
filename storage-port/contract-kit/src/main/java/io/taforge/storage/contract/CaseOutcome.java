package io.taforge.storage.contract;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What became of one case, and the one place that knows how a report writes and reads that.
 *
 * @param id the case, such as {@code A01}
 * @param name the fact that holds or does not
 * @param result what became of it
 * @param reason why it did not pass; empty if it did
 * @param millis how long it took
 */
record CaseOutcome(String id, String name, Result result, String reason, long millis) {
  /** What can become of a case. */
  enum Result {
    PASSED,
    FAILED,
    /** It ran, and could not have found out anything. */
    INCONCLUSIVE,
    NOT_RUN
  }

  /** More would be a wall, and not a list. */
  private static final int MOST_IDS = 20;

  private static final String TEXT = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern LINE =
      Pattern.compile(
          ("\\{\"id\": " + TEXT + ", \"name\": " + TEXT)
              + ", \"result\": \"(PASSED|FAILED|INCONCLUSIVE|NOT_RUN)\""
              + ("(?:, \"reason\": " + TEXT + ")?")
              + ", \"millis\": (\\d+)}");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))");

  /** The outcomes in a report, in its order. */
  static List<CaseOutcome> parse(String report) {
    return LINE.matcher(report).results().map(CaseOutcome::of).toList();
  }

  private static CaseOutcome of(MatchResult line) {
    return new CaseOutcome(
        unquoted(line.group(1)),
        unquoted(line.group(2)),
        Result.valueOf(line.group(3)),
        Optional.ofNullable(line.group(4)).map(CaseOutcome::unquoted).orElse(""),
        Long.parseLong(line.group(5)));
  }

  /** As an object of JSON in one line. */
  String json() {
    return "{\"id\": "
        + quoted(id)
        + ", \"name\": "
        + quoted(name)
        + ", \"result\": "
        + quoted(result.name())
        + (reason.isEmpty() ? "" : ", \"reason\": " + quoted(reason))
        + ", \"millis\": "
        + millis
        + "}";
  }

  boolean is(Result other) {
    return result == other;
  }

  static long count(Collection<CaseOutcome> outcomes, Result result) {
    return outcomes.stream().filter(each -> each.is(result)).count();
  }

  /** What ended like this, by its reason in one line: the cases' ids, or how many they are. */
  static Map<String, String> byReason(Collection<CaseOutcome> outcomes, Result result) {
    return outcomes.stream()
        .filter(each -> each.is(result))
        .collect(
            Collectors.groupingBy(
                each -> each.reason.replaceAll("\\s+", " "),
                LinkedHashMap::new,
                Collectors.mapping(
                    CaseOutcome::id,
                    Collectors.collectingAndThen(Collectors.toList(), CaseOutcome::inShort))));
  }

  private static String inShort(List<String> ids) {
    return ids.size() > MOST_IDS ? ids.size() + " cases" : String.join(" ", ids);
  }

  /** The text as a string of JSON (RFC 8259), in ASCII. */
  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        default -> json.append(c >= ' ' && c <= '~' ? String.valueOf(c) : escaped(c));
      }
    }
    return json.append('"').toString();
  }

  private static String escaped(char c) {
    return String.format("\\u%04x", (int) c);
  }

  private static String unquoted(String json) {
    return ESCAPED
        .matcher(json)
        .replaceAll(
            each ->
                Matcher.quoteReplacement(
                    each.group(1) == null
                        ? each.group(2)
                        : String.valueOf((char) Integer.parseInt(each.group(1), 16))));
  }
}
