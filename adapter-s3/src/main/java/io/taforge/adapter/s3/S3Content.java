package io.taforge.adapter.s3;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageIntegrityException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Locale;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** Content as the SDK reads it. Closing it before its end gives the connection up. */
final class S3Content extends FilterInputStream {
  private final ResponseInputStream<?> bytes;
  private final FailureContext context;
  private long left;

  S3Content(ResponseInputStream<?> bytes, long length, FailureContext context) {
    super(bytes);
    this.bytes = bytes;
    this.left = length;
    this.context = context;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int read = in.read(buffer, offset, length);
      left -= Math.max(0, read);
      return read;
    } catch (SdkException e) {
      if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("checksum")) {
        throw new StorageIntegrityException(
            context, "the content does not have the checksum that the server keeps of it", e);
      }
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (left > 0) {
      bytes.abort(); // closing would read all that is left
    } else {
      bytes.close();
    }
  }
}
