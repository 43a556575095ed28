package io.taforge.storage.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;

/** An answer in XML that is there as a whole, and is read in the fastest way that can read it. */
final class XmlAnswer {
  private static final int USUAL_BYTES = 1 << 19;

  /** A thousand keys of 1,024 bytes, each of them encoded as three, and what is told of them. */
  private static final int MOST_BYTES = 1 << 23;

  /** For as many answers as usually come at a time. */
  private static final Queue<byte[]> BUFFERS = new ArrayBlockingQueue<>(8);

  private XmlAnswer() {}

  /**
   * Reads an answer to its end.
   *
   * @param answer as it comes; left open
   * @param reader makes something of it, and is called once more if that was read too fast
   * @throws IOException if it breaks off
   * @throws IllegalArgumentException if it is no XML, or not what the reader expects
   */
  static <T> T read(InputStream answer, Function<PageCursor, T> reader) throws IOException {
    byte[] known = BUFFERS.poll();
    byte[] bytes = known == null ? new byte[USUAL_BYTES] : known;
    int length = 0;
    for (int read = 0; read >= 0; read = answer.read(bytes, length, bytes.length - length)) {
      length += read;
      if (length == MOST_BYTES) {
        throw new IllegalArgumentException("the answer is longer than any that is expected");
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
    }
    T result = read(bytes, length, reader);
    if (bytes.length == USUAL_BYTES) {
      BUFFERS.offer(bytes);
    }
    return result;
  }

  private static <T> T read(byte[] answer, int length, Function<PageCursor, T> reader) {
    try {
      return reader.apply(new PlainCursor(answer, length));
    } catch (PlainCursor.Unusual e) {
      return readAnything(answer, length, reader);
    }
  }

  /** Takes its time. */
  static <T> T readAnything(byte[] answer, int length, Function<PageCursor, T> reader) {
    return reader.apply(new StaxCursor(new ByteArrayInputStream(answer, 0, length)));
  }
}
