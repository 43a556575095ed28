package io.taforge.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layout of one kind's keys, such as {@code samples/{request_id}/{filename}}; it writes keys
 * and reads them, so that the two cannot drift apart.
 *
 * <p>Each segment is a fixed text or one variable between two fixed texts. A value is never looked
 * into, so a file called <code>{request_id}.log</code> stays itself.
 */
final class KeyTemplate {
  private static final Pattern SEGMENT = Pattern.compile("([^{}]*)(\\{[a-z_]+})?([^{}]*)");

  private record Part(String before, boolean isVariable, String after) {}

  private final List<Part> parts = new ArrayList<>();

  KeyTemplate(String layout) {
    for (String segment : layout.split("/", -1)) {
      Matcher matcher = SEGMENT.matcher(segment);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("Not a key layout: " + layout);
      }
      parts.add(new Part(matcher.group(1), matcher.group(2) != null, matcher.group(3)));
    }
  }

  /** How many segments a key has. */
  int depth() {
    return parts.size();
  }

  /** The key for these values, given in the order of the variables. */
  String write(Object... values) {
    StringBuilder key = new StringBuilder(128);
    append(key, values);
    return key.substring(0, key.length() - 1);
  }

  /** The folder that the first variables name, with its closing slash. */
  String prefix(Object... values) {
    StringBuilder key = new StringBuilder(128);
    append(key, values);
    return key.toString();
  }

  private void append(StringBuilder key, Object... values) {
    int next = 0;
    for (Part part : parts) {
      if (part.isVariable && next == values.length) {
        break;
      }
      key.append(part.before).append(part.isVariable ? values[next++] : "");
      key.append(part.after).append('/');
    }
  }

  /** The values in a key, in the order of the variables; empty when the key has another layout. */
  Optional<List<String>> read(String key) {
    List<String> values = new ArrayList<>(parts.size());
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      boolean isLast = i + 1 == parts.size();
      int slash = key.indexOf('/', from);
      if (isLast != slash < 0) {
        return Optional.empty();
      }
      int begin = from + part.before.length();
      int end = (isLast ? key.length() : slash) - part.after.length();
      if (end < begin
          || !key.startsWith(part.before, from)
          || !key.startsWith(part.after, end)
          || (!part.isVariable && begin < end)) {
        return Optional.empty();
      }
      if (part.isVariable) {
        values.add(key.substring(begin, end));
      }
      from = slash + 1;
    }
    return Optional.of(values);
  }
}
