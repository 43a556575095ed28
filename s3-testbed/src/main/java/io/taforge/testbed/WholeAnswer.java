package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A server's answer before anybody has seen it, to be spoiled.
 *
 * @param method what was asked for; an answer to HEAD announces a body and has none
 * @param lines status and headers
 * @param body the body, which nobody changes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these records
record WholeAnswer(String method, List<String> lines, byte[] body) {
  static WholeAnswer parse(String method, byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return new WholeAnswer(
        method,
        text.substring(0, end).lines().toList(),
        Arrays.copyOfRange(bytes, end + 4, bytes.length));
  }

  boolean hasBody() {
    return body.length > 0;
  }

  /** Where the body is this far, or the head if there is no body. */
  byte[] upTo(double share) {
    byte[] all = bytes();
    int from = hasBody() ? all.length - body.length : 0;
    return Arrays.copyOf(all, from + (int) (share * (all.length - from)));
  }

  byte[] head() {
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1);
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(body.length + 1000);
    all.writeBytes(head());
    all.writeBytes(body);
    return all.toByteArray();
  }

  WholeAnswer withStatusLine(String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(0, line);
    return new WholeAnswer(method, changed, body);
  }

  /** With another value of a header, if it has that. */
  WholeAnswer with(String name, UnaryOperator<String> change) {
    return new WholeAnswer(
        method,
        lines.stream()
            .map(
                line ->
                    is(line, name)
                        ? line.substring(0, name.length() + 2)
                            + change.apply(line.substring(name.length() + 2))
                        : line)
            .toList(),
        body);
  }

  WholeAnswer plus(String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new WholeAnswer(method, more, body);
  }

  WholeAnswer without(String name) {
    return new WholeAnswer(method, lines.stream().filter(line -> !is(line, name)).toList(), body);
  }

  /** With another body, if it has one, whose length it tells. */
  WholeAnswer with(byte[] other) {
    return hasBody()
        ? new WholeAnswer(
            method, with("Content-Length", any -> String.valueOf(other.length)).lines, other)
        : this;
  }

  /** With another text, if its body is XML. */
  WholeAnswer withXml(UnaryOperator<String> change) {
    String text = new String(body, UTF_8);
    return text.startsWith("<?xml") ? with(change.apply(text).getBytes(UTF_8)) : this;
  }

  private static boolean is(String line, String name) {
    return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": ");
  }
}
