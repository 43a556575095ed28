package io.taforge.config;

import static io.taforge.artifact.Quoted.line;
import static io.taforge.artifact.Quoted.quoted;

import io.taforge.storage.Masked;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads values of variables, and keeps what is to be said of them: what counts and why, and what is
 * wrong. An empty value is none. Each variable may instead name a file with its value, under its
 * name with {@code _FILE} behind it.
 */
final class Variables {
  private static final String OF_FILE = "_FILE";

  private final Map<String, String> environment;
  private final DotenvFile dotenv;
  private final Path folder;
  private final Map<String, ValueFile> files = new HashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** The environment wins over the file. Names of files are relative to the folder. */
  Variables(Map<String, String> environment, DotenvFile dotenv, Path folder) {
    this.environment = environment;
    this.dotenv = dotenv;
    this.folder = folder;
  }

  /** A value and where it was found. */
  private record Found(String text, String origin) {}

  /** What is read, or the other if that cannot be used; then it is told as a problem. */
  <T> T attempt(T otherwise, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (SettingsException e) {
      problems.add(String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  /** Looks at what has been read; if it cannot be used, that is told as a problem. */
  void check(Runnable look) {
    attempt(
        false,
        () -> {
          look.run();
          return true;
        });
  }

  /** Whether somebody has said something of it, right or wrong. */
  boolean isSet(String name) {
    return set(name).isPresent() || set(name + OF_FILE).isPresent();
  }

  /** The text; empty if there is none. */
  Optional<String> text(String name) {
    return read(name, Optional.<String>empty(), "", Optional::of);
  }

  String text(String name, String fallback) {
    return read(name, fallback, fallback, Function.identity());
  }

  /** A text that something else has an opinion on, which is told with the variable's name. */
  <T> Optional<T> parsed(String name, Function<String, T> parser) {
    return parsed(name, "", parser);
  }

  /**
   * A text that something else has an opinion on.
   *
   * @param usual how what counts without it is called
   */
  <T> Optional<T> parsed(String name, String usual, Function<String, T> parser) {
    return read(
        name,
        Optional.empty(),
        usual,
        text -> {
          try {
            return Optional.of(parser.apply(text));
          } catch (SettingsException e) {
            throw e; // it names the variable already
          } catch (InvalidPathException e) {
            throw new SettingsException(name + " cannot be used: it is not a path");
          } catch (IllegalArgumentException e) {
            throw new SettingsException(name + " cannot be used: " + opinion(e, name));
          }
        });
  }

  String matching(String name, String fallback, Pattern pattern, String allowed) {
    return read(
        name,
        fallback,
        fallback,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw bad(name, text, allowed);
          }
          return text;
        });
  }

  boolean flag(String name, boolean fallback) {
    return read(
        name,
        fallback,
        String.valueOf(fallback),
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on", "1" -> true;
              case "false", "no", "off", "0" -> false;
              default -> throw bad(name, text, "true or false");
            });
  }

  long number(String name, long fallback, long least, long most) {
    return read(name, fallback, String.valueOf(fallback), text -> number(name, text, least, most));
  }

  /** The same with another name, which counts if the first one is not set. */
  long numberWithAlias(String name, String alias, long fallback, long least, long most) {
    long byAlias = number(alias, fallback, least, most);
    Optional<Setting> ofAlias = Optional.ofNullable(settings.remove(alias));
    long number = number(name, byAlias, least, most);
    if (isSet(alias) && isSet(name) && number != byAlias) {
      warn(alias + " does not count, because " + name + ", which means the same, is set as well");
    }
    if (isSet(alias) && !isSet(name)) {
      ofAlias.ifPresent(
          each ->
              settings.put(name, new Setting(name, each.value(), alias + ", " + each.origin())));
    }
    return number;
  }

  private long number(String name, String text, long least, long most) {
    String allowed = "a whole number from " + least + " to " + most;
    if (!text.matches("[0-9]{1,18}")) {
      throw bad(name, text, allowed);
    }
    long number = Long.parseLong(text);
    if (number < least || number > most) {
      throw bad(name, text, allowed);
    }
    return number;
  }

  <E extends Enum<E>> E choice(String name, E fallback) {
    return read(
        name,
        fallback,
        fallback.name().toLowerCase(Locale.ROOT),
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
                                .collect(Collectors.joining(", ")))));
  }

  /** Adds a sentence about what is set. */
  void warn(String sentence) {
    warnings.add(line(sentence));
  }

  /** What has been added, and a sentence for each variable of ours that nothing has asked for. */
  List<String> warnings() {
    Set<String> names = new HashSet<>(environment.keySet());
    names.addAll(dotenv.values().keySet());
    return Stream.concat(warnings.stream(), new KnownNames(known).strangers(names)).toList();
  }

  /** What could not be used. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** What was asked for, and what counts. */
  List<Setting> settings() {
    return List.copyOf(settings.values());
  }

  SettingsException bad(String name, String value, String allowed) {
    return new SettingsException(name + " is " + shown(name, value) + "; allowed is: " + allowed);
  }

  /** A value as messages may show it: what is in a file may be a secret, and stays there. */
  String shown(String name, Object value) {
    ValueFile file = files.get(name);
    return file == null
        ? quoted(Masked.location(String.valueOf(value)))
        : "what is in " + file.path();
  }

  /** What is said of these variables' values; the words may show them, unless one is in a file. */
  String opinion(IllegalArgumentException words, String... names) {
    return Stream.of(names)
        .filter(files::containsKey)
        .findFirst()
        .map(name -> shown(name, "") + " is not allowed for it")
        .orElseGet(() -> String.valueOf(words.getMessage()));
  }

  private <T> T read(String name, T fallback, String usual, Function<String, T> reading) {
    known.add(name);
    known.add(name + OF_FILE);
    settings.put(name, Setting.of(name, usual, "default"));
    return attempt(
        fallback, () -> found(name).map(each -> reading.apply(each.text())).orElse(fallback));
  }

  private Optional<Found> found(String name) {
    String nameOfFile = name + OF_FILE;
    Optional<Found> text = set(name);
    Optional<Found> file = set(nameOfFile);
    text.ifPresent(each -> settings.put(name, Setting.of(name, each.text(), each.origin())));
    if (text.isPresent() && file.isPresent()) {
      throw new SettingsException(
          name + " and " + nameOfFile + " are both set; which of them counts is not clear");
    }
    return file.isEmpty() ? text : Optional.of(inFile(name, file.get()));
  }

  private Found inFile(String name, Found file) {
    String origin = name + OF_FILE + ", " + file.origin();
    settings.put(name, new Setting(name, "what is in " + file.text(), origin));
    ValueFile read =
        files.computeIfAbsent(name, n -> ValueFile.read(name + OF_FILE, file.text(), folder));
    return new Found(read.text(), origin);
  }

  private Optional<Found> set(String name) {
    boolean isOfFile = !environment.containsKey(name);
    String origin = isOfFile ? ".env, line " + dotenv.lines().get(name) : "environment";
    return Optional.ofNullable((isOfFile ? dotenv.values() : environment).get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> new Found(text, origin));
  }

  private static <E extends Enum<E>> Stream<E> choices(E one) {
    return Arrays.stream(one.getDeclaringClass().getEnumConstants());
  }
}
