package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Start line and headers of an HTTP message.
 *
 * @param text all of it as it came, with the empty line at its end
 * @param startLine the first line
 * @param headers the others; names are the same in whatever case
 */
record MessageHead(String text, String startLine, Map<String, List<String>> headers) {
  private static final int MOST_BYTES = 100_000;

  /** Reads a head; empty if the other side has nothing more to say. */
  static Optional<MessageHead> read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    int lineLength = 0;
    while (true) {
      int next = in.read();
      if (next < 0 && bytes.size() == 0) {
        return Optional.empty();
      }
      if (next < 0 || bytes.size() > MOST_BYTES) {
        throw new EOFException("A head without an end");
      }
      bytes.write(next);
      if (next == '\n' && lineLength == 0) {
        return Optional.of(parse(bytes.toString(ISO_8859_1)));
      }
      lineLength = next == '\n' ? 0 : next == '\r' ? lineLength : lineLength + 1;
    }
  }

  private static MessageHead parse(String text) throws IOException {
    List<String> lines = text.lines().toList();
    try {
      Map<String, List<String>> headers =
          lines.stream()
              .skip(1)
              .filter(line -> !line.isEmpty())
              .map(line -> line.split(":", 2))
              .collect(
                  Collectors.groupingBy(
                      field -> field[0],
                      () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
                      Collectors.mapping(field -> field[1].strip(), Collectors.toList())));
      return new MessageHead(text, lines.get(0), headers);
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("Not a head of HTTP", e);
    }
  }

  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  Optional<String> header(String name) {
    return values(name).findFirst();
  }

  /** How many bytes the body has, if it says so. */
  Optional<Long> contentLength() {
    return header("Content-Length").map(Long::valueOf);
  }

  boolean isChunked() {
    return says("Transfer-Encoding", "chunked");
  }

  boolean isLastOfConnection() {
    return says("Connection", "close");
  }

  boolean expectsContinue() {
    return says("Expect", "100-continue");
  }

  /** The status, of an answer. */
  int status() {
    return Integer.parseInt(startLine.split(" ", 3)[1]);
  }

  private boolean says(String name, String word) {
    return values(name).anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(word));
  }

  private Stream<String> values(String name) {
    return headers.getOrDefault(name, List.of()).stream();
  }
}
