package io.taforge.config;

import static io.taforge.artifact.Quoted.quoted;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file with the value of a variable, such as a mounted secret. What is in it is in no message.
 *
 * @param path where it is
 * @param text what is in it, without white space around it
 */
record ValueFile(Path path, String text) {
  private static final int MOST_BYTES = 64 * 1024;

  /**
   * Reads it.
   *
   * @param name the variable that names the file
   * @throws SettingsException if it cannot be read, is empty, too large, or no text
   */
  static ValueFile read(String name, String file, Path folder) {
    try {
      Path path = folder.resolve(file);
      if (Files.isDirectory(path)) {
        throw unusable(name, file, "it is a folder");
      }
      String text = text(bytes(name, path));
      if (text.isEmpty()) {
        throw unusable(name, file, "it is empty");
      }
      return new ValueFile(path, text);
    } catch (InvalidPathException e) {
      throw unusable(name, file, "that is not a path");
    } catch (NoSuchFileException e) {
      throw unusable(name, file, "there is no such file");
    } catch (AccessDeniedException e) {
      throw unusable(name, file, "access is denied");
    } catch (CharacterCodingException e) {
      throw unusable(name, file, "it is no text in UTF-8");
    } catch (IOException e) {
      throw unusable(name, file, "it cannot be read");
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static byte[] bytes(String name, Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw unusable(name, path.toString(), "it has more than 64 KB");
      }
      return bytes;
    }
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
  }

  private static SettingsException unusable(String name, String file, String reason) {
    return new SettingsException(
        name + " is " + quoted(file) + ", which cannot be used: " + reason);
  }
}
