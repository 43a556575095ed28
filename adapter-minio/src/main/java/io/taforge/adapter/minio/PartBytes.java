package io.taforge.adapter.minio;

import io.minio.ByteBuffer;
import io.taforge.storage.remote.Part;
import io.taforge.storage.remote.StagedContent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a part, in the SDK's form: opened when they are sent, and anew when once more. */
final class PartBytes extends ByteBuffer {
  /** OkHttp reads 8 KB at a time, and each time a file is asked. */
  private static final int BUFFER = 1 << 17;

  private final StagedContent content;
  private final Part part;

  PartBytes(StagedContent content, Part part) {
    super(part.length());
    this.content = content;
    this.part = part;
  }

  @Override
  public long length() {
    return part.length();
  }

  @Override
  public InputStream inputStream() {
    InputStream bytes = new Source(content.open(part));
    return part.length() > BUFFER ? new BufferedInputStream(bytes, BUFFER) : bytes;
  }

  /** Tells failures of its own from those of the connection, which OkHttp does not. */
  private static final class Source extends InputStream {
    private final InputStream bytes;

    Source(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
      try {
        return bytes.read();
      } catch (IOException | RuntimeException e) {
        throw new UnreadableContentException(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return bytes.read(buffer, offset, length);
      } catch (IOException | RuntimeException e) {
        throw new UnreadableContentException(e);
      }
    }
  }
}
