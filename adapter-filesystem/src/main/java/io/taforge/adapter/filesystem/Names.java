package io.taforge.adapter.filesystem;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Turns names into paths and back as UTF-8, whatever the locale of the process. {@link Path#of}
 * encodes with the locale's charset, and under {@code LANG=C} refuses all but ASCII; a path made
 * from a URI takes its bytes as they are.
 */
final class Names {
  private Names() {}

  /** The relative path of one name. */
  static Path path(String name) {
    if (isAscii(name)) {
      return Path.of(name);
    }
    StringBuilder uri = new StringBuilder("file:///");
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      uri.append(String.format("%%%02X", b));
    }
    try {
      Path file = Path.of(URI.create(uri.toString())).getFileName();
      return file == null ? Path.of(name) : file;
    } catch (IllegalArgumentException e) {
      return Path.of(
          name); // where paths are not bytes, such as on Windows, there is no such trouble
    }
  }

  /** The name of a path's last element; empty if it is not valid UTF-8. */
  static Optional<String> name(Path path) {
    Path file = path.getFileName();
    if (file == null) {
      return Optional.empty();
    }
    String text = file.toString();
    return isAscii(text) ? Optional.of(text) : decoded(file);
  }

  private static Optional<String> decoded(Path file) {
    try {
      String uri = Path.of("/").resolve(file).toUri().getRawPath();
      String last = uri.substring(uri.lastIndexOf('/', uri.length() - 2) + 1).replace("/", "");
      ByteBuffer bytes = ByteBuffer.allocate(last.length());
      for (int i = 0; i < last.length(); i++) {
        if (last.charAt(i) == '%') {
          bytes.put((byte) Integer.parseInt(last, i + 1, i + 3, 16));
          i += 2;
        } else {
          bytes.put((byte) last.charAt(i));
        }
      }
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
