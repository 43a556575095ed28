package io.taforge.adapter.minio;

import io.taforge.storage.remote.Part;
import io.taforge.storage.remote.StagedContent;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** The bytes of a part, in OkHttp's form: opened when they are sent, and anew when once more. */
final class PartBody extends RequestBody {
  private static final int BUFFER = 1 << 17;

  /** What OkHttp has memory for that it uses again. */
  private static final int PIECE = 1 << 14;

  private final StagedContent content;
  private final Part part;
  private final MediaType type;

  PartBody(StagedContent content, Part part, MediaType type) {
    this.content = content;
    this.part = part;
    this.type = type;
  }

  @Override
  public MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return part.length();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER, part.length())];
    try (InputStream bytes = content.open(part)) {
      for (long left = part.length(); left > 0; ) {
        int read = read(bytes, buffer, (int) Math.min(buffer.length, left));
        for (int next = 0; next < read; next += PIECE) {
          sink.write(buffer, next, Math.min(PIECE, read - next));
        }
        left -= read;
      }
    }
  }

  /** Tells failures of its own from those of the connection, which OkHttp does not. */
  private static int read(InputStream bytes, byte[] buffer, int length)
      throws UnreadableContentException {
    try {
      int read = bytes.read(buffer, 0, length);
      if (read < 0) {
        throw new EOFException("the content has become shorter while it was sent");
      }
      return read;
    } catch (IOException | RuntimeException e) {
      throw new UnreadableContentException(e);
    }
  }
}
