package io.taforge.config;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file, which may be missing.
 *
 * @param path where it is or would be
 * @param values what it sets
 * @param lines in which line it does, counted from 1
 */
record DotenvFile(Path path, Map<String, String> values, Map<String, Integer> lines) {
  private static final Pattern NAME = Pattern.compile("\\s*([\\w.-]+)\\s*=.*");

  /** One that sets nothing. */
  static DotenvFile none(Path folder) {
    return new DotenvFile(folder.resolve(".env"), Map.of(), Map.of());
  }

  /**
   * The one of a folder.
   *
   * @throws SettingsException if it cannot be read
   */
  static DotenvFile in(Path folder) {
    Path path = folder.resolve(".env");
    if (!Files.exists(path)) {
      return none(folder);
    }
    try {
      Map<String, String> values = new HashMap<>();
      for (DotenvEntry entry :
          Dotenv.configure()
              .directory(folder.toString())
              .load()
              .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
        values.put(entry.getKey(), entry.getValue());
      }
      return new DotenvFile(path, values, lines(path));
    } catch (DotenvException | IOException e) {
      // its message may quote a line with a secret in it
      throw new SettingsException(
          path + " cannot be read: each line must be NAME=value or # a comment");
    }
  }

  private static Map<String, Integer> lines(Path path) throws IOException {
    Map<String, Integer> lines = new HashMap<>();
    List<String> all = Files.readAllLines(path, StandardCharsets.ISO_8859_1); // refuses no byte
    for (int i = 0; i < all.size(); i++) {
      Matcher name = NAME.matcher(all.get(i));
      if (name.matches()) {
        lines.put(name.group(1), i + 1); // the last one counts
      }
    }
    return lines;
  }

  /** A sentence if it holds a secret that others than its owner may read. */
  Optional<String> warning() {
    return values.entrySet().stream()
        .filter(each -> Setting.isSecret(each.getKey()) && !each.getValue().isBlank())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .filter(secret -> isReadByEverybody())
        .map(secret -> path + " holds " + secret + " and everybody may read it; chmod 600 helps");
  }

  private boolean isReadByEverybody() {
    try {
      return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // such as on Windows, where nobody can tell
    }
  }
}
