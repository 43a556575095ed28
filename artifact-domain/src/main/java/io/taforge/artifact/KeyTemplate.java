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
    String folder = prefix(values);
    return folder.substring(0, folder.length() - 1);
  }

  /** The folder that the first variables name, with its closing slash. */
  String prefix(Object... values) {
    StringBuilder key = new StringBuilder();
    int next = 0;
    for (Part part : parts) {
      if (part.isVariable && next == values.length) {
        break;
      }
      key.append(part.before).append(part.isVariable ? values[next++] : "");
      key.append(part.after).append('/');
    }
    return key.toString();
  }

  /** The values in a key, in the order of the variables; empty when the key has another layout. */
  Optional<List<String>> read(String key) {
    String[] segments = key.split("/", -1);
    if (segments.length != parts.size()) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < segments.length; i++) {
      Part part = parts.get(i);
      String segment = segments[i];
      int end = segment.length() - part.after.length();
      if (!segment.startsWith(part.before)
          || !segment.endsWith(part.after)
          || end < part.before.length()) {
        return Optional.empty();
      }
      String value = segment.substring(part.before.length(), end);
      if (part.isVariable) {
        values.add(value);
      } else if (!value.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
