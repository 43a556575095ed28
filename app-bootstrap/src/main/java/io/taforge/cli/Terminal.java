package io.taforge.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes texts that others may have had a hand in to what may be a terminal: of control characters
 * only the ends of lines and tabs get through, and others become the escapes that JSON has for
 * them, so that documents stay documents.
 */
final class Terminal extends FilterWriter {
  Terminal(Writer out) {
    super(out);
  }

  @Override
  public void write(int c) throws IOException {
    if (isHarmless((char) c)) {
      out.write(c);
    } else {
      out.write(String.format("\\u%04x", c));
    }
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    int written = offset;
    for (int i = offset; i < offset + length; i++) {
      if (!isHarmless(text[i])) {
        out.write(text, written, i - written);
        write(text[i]);
        written = i + 1;
      }
    }
    out.write(text, written, offset + length - written);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    write(text.toCharArray(), offset, length);
  }

  private static boolean isHarmless(char c) {
    return c == '\n' || c == '\t' || (!Character.isISOControl(c) && c != 0x2028 && c != 0x2029);
  }
}
