package io.taforge.benchmark.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Moves bytes from streams, in pieces that are large enough not to matter. */
final class Copying {
  private static final int PIECE = 256 << 10;

  private Copying() {}

  /** Reads to the end; says how many bytes there were. */
  static long drain(InputStream stream) throws IOException {
    byte[] piece = new byte[16 << 10];
    long count = 0;
    for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
      count += read;
    }
    return count;
  }

  /** Into a file that is not there yet. */
  static void toFile(InputStream stream, Path file) throws IOException {
    byte[] piece = new byte[PIECE];
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
        out.write(piece, 0, read);
      }
    }
  }
}
