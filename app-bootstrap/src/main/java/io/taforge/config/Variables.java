package io.taforge.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads values of variables, and says what is wrong with them. An empty value is none. Each
 * variable may instead name a file with its value, under its name with {@code _FILE} behind it.
 */
final class Variables {
  private static final String OF_FILE = "_FILE";

  private final Map<String, String> values;
  private final Path folder;
  private final Map<String, ValueFile> files = new HashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final List<String> warnings = new ArrayList<>();

  /** Names of files are relative to the folder. */
  Variables(Map<String, String> values, Path folder) {
    this.values = values;
    this.folder = folder;
  }

  Optional<String> text(String name) {
    String nameOfFile = name + OF_FILE;
    known.add(name);
    known.add(nameOfFile);
    Optional<String> text = set(name);
    Optional<String> file = set(nameOfFile);
    if (text.isPresent() && file.isPresent()) {
      throw new SettingsException(
          name + " and " + nameOfFile + " are both set; which of them counts is not clear");
    }
    return file.isEmpty()
        ? text
        : Optional.of(
            files
                .computeIfAbsent(name, n -> ValueFile.read(nameOfFile, file.get(), folder))
                .text());
  }

  private Optional<String> set(String name) {
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** A text that something else has an opinion on, which is told with the variable's name. */
  <T> Optional<T> parsed(String name, Function<String, T> parser) {
    Optional<String> text = text(name);
    try {
      return text.map(parser);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(name + " cannot be used: " + opinion(e, name));
    }
  }

  String matching(String name, String fallback, Pattern pattern, String allowed) {
    String text = text(name).orElse(fallback);
    if (!pattern.matcher(text).matches()) {
      throw bad(name, text, allowed);
    }
    return text;
  }

  boolean flag(String name, boolean fallback) {
    return text(name)
        .map(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "true", "yes", "on", "1" -> true;
                  case "false", "no", "off", "0" -> false;
                  default -> throw bad(name, text, "true or false");
                })
        .orElse(fallback);
  }

  long number(String name, long fallback, long least, long most) {
    return text(name)
        .map(
            text -> {
              String allowed = "a whole number from " + least + " to " + most;
              if (!text.matches("[0-9]{1,18}")) {
                throw bad(name, text, allowed);
              }
              long number = Long.parseLong(text);
              if (number < least || number > most) {
                throw bad(name, text, allowed);
              }
              return number;
            })
        .orElse(fallback);
  }

  <E extends Enum<E>> E choice(String name, E fallback) {
    return text(name)
        .map(
            text ->
                choices(fallback)
                    .filter(each -> each.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            bad(
                                name,
                                text,
                                choices(fallback)
                                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")))))
        .orElse(fallback);
  }

  /** Adds a sentence about what is set. */
  void warn(String sentence) {
    warnings.add(sentence);
  }

  /** What has been added, and a sentence for each variable of ours that nothing has asked for. */
  List<String> warnings() {
    return Stream.concat(warnings.stream(), unknown()).toList();
  }

  private Stream<String> unknown() {
    return values.keySet().stream()
        .filter(name -> name.startsWith("MINIO_") || name.startsWith("STORAGE_"))
        .filter(name -> !known.contains(name))
        .sorted()
        .map(name -> name + " is not a setting of taforge; did you mean " + nearest(name) + "?");
  }

  SettingsException bad(String name, String value, String allowed) {
    return new SettingsException(name + " is " + shown(name, value) + "; allowed is: " + allowed);
  }

  /** A value as messages may show it: what is in a file may be a secret, and stays there. */
  String shown(String name, Object value) {
    ValueFile file = files.get(name);
    return file == null ? "'" + value + "'" : "what is in " + file.path();
  }

  /** What is said of these variables' values; the words may show them, unless one is in a file. */
  String opinion(IllegalArgumentException words, String... names) {
    return Stream.of(names)
        .filter(files::containsKey)
        .findFirst()
        .map(name -> shown(name, "") + " is not allowed for it")
        .orElseGet(() -> String.valueOf(words.getMessage()));
  }

  private static <E extends Enum<E>> Stream<E> choices(E one) {
    return Arrays.stream(one.getDeclaringClass().getEnumConstants());
  }

  private String nearest(String name) {
    return known.stream()
        .min(Comparator.comparingInt((String each) -> distance(name, each)))
        .orElseThrow();
  }

  /** How many letters must be added, removed or replaced (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
