package io.taforge.adapter.filesystem;

import java.util.Properties;
import java.util.function.BiConsumer;

/**
 * A line of a {@link ContentRecord}, as {@link Properties} writes it to a {@code Writer}, and no
 * more of that format: each read of an artifact reads some of these, and {@link Properties} takes
 * longer than the disk.
 */
final class RecordLine {
  private static final String PLAIN = "\t\n\r\f\\=:#! ";
  private static final String WRITTEN = "tnrf\\=:#! ";

  private RecordLine() {}

  /** The line of an entry. */
  static String written(String key, String value) {
    StringBuilder line = new StringBuilder(key.length() + value.length() + 8);
    escape(line, key, true);
    escape(line.append('='), value, false);
    return line.toString();
  }

  /** In a value only the first blank could be mistaken for something else. */
  private static void escape(StringBuilder line, String text, boolean isKey) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int special = c == ' ' && !isKey && i > 0 ? -1 : PLAIN.indexOf(c);
      if (special < 0) {
        line.append(c);
      } else {
        line.append('\\').append(WRITTEN.charAt(special));
      }
    }
  }

  /**
   * Tells the entry of a line.
   *
   * @throws IllegalArgumentException if there is none in it
   */
  static void read(String line, BiConsumer<String, String> entry) {
    int end = line.indexOf('=');
    while (end > 0 && isEscaped(line, end)) {
      end = line.indexOf('=', end + 1);
    }
    if (end < 0) {
      throw new IllegalArgumentException("a line has no value");
    }
    entry.accept(plain(line.substring(0, end)), plain(line.substring(end + 1)));
  }

  private static boolean isEscaped(String line, int index) {
    int before = index;
    while (before > 0 && line.charAt(before - 1) == '\\') {
      before--;
    }
    return (index - before) % 2 == 1;
  }

  private static String plain(String text) {
    int escape = text.indexOf('\\');
    if (escape < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    while (escape >= 0) {
      int special = escape + 1 < text.length() ? WRITTEN.indexOf(text.charAt(escape + 1)) : -1;
      if (special < 0) {
        throw new IllegalArgumentException("a backslash is followed by what it never is");
      }
      plain.append(text, from, escape).append(PLAIN.charAt(special));
      from = escape + 2;
      escape = text.indexOf('\\', from);
    }
    return plain.append(text, from, text.length()).toString();
  }
}
