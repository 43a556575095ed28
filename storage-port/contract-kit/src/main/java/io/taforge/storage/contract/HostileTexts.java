package io.taforge.storage.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Texts to try wherever a name, a value or a file of somebody else's comes in: those that programs
 * have stumbled over, and ways that lead out of a folder. They are the same in every run.
 */
public final class HostileTexts {
  private static final String RESOURCE = "hostile-texts.txt";
  private static final Pattern UNIT = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(\\\\)|(e))");

  private static final List<String> STEPS =
      List.of("..", ".", "...", "..;", ".. ", "..\u0000", "\uff0e\uff0e", "\u2024\u2024", "..%00");

  /** What parsers, servers and file systems take for a slash. */
  private static final List<String> SEPARATORS =
      List.of(
          "/",
          "\\",
          "//",
          "\\/",
          "%2f",
          "%2F",
          "%5c",
          "%252f",
          "%255c",
          "%c0%af",
          "%e0%80%af",
          "%u2215",
          "\u2215",
          "\u2044",
          "\uff0f",
          "\uff3c",
          ":",
          "\n/");

  private static final List<String> TARGETS =
      List.of("etc/passwd", "a.log", ".taforge/links", "log-samples", "NUL", "");

  private static final List<String> DEVICES =
      List.of(
          "CON",
          "PRN",
          "AUX",
          "NUL",
          "COM1",
          "COM9",
          "COM\u00b9",
          "LPT1",
          "LPT\u00b3",
          "CONIN$",
          "CONOUT$");

  private HostileTexts() {}

  /** All of them, each once. */
  public static List<String> all() {
    return Stream.concat(naughty().stream(), traversals().stream()).distinct().toList();
  }

  /** Texts that programs have stumbled over, in words of many kinds. */
  public static List<String> naughty() {
    List<String> texts = new ArrayList<>();
    try (InputStream in =
            Objects.requireNonNull(HostileTexts.class.getResourceAsStream(RESOURCE), RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          texts.add(read(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  /** Ways out of a folder: steps up, in encodings, between separators of all kinds; and devices. */
  public static List<String> traversals() {
    Set<String> ways = new LinkedHashSet<>();
    List<String> targets = new ArrayList<>(TARGETS);
    int next = 0;
    for (String step : encodings()) {
      for (String separator : SEPARATORS) {
        String target = targets.get(next++ % targets.size());
        ways.add(step + separator + target);
        ways.add(step + separator + step + separator + step + separator + target);
        ways.add("a" + separator + step + separator + step + separator + target);
        ways.add(separator + step + separator + target);
      }
    }
    for (String device : DEVICES) {
      for (String around :
          List.of("%s", "%s.log", "%s ", "%s.", "%s:", "%s .txt", "..\\%s", "../%s", "\\\\.\\%s")) {
        ways.add(String.format(around, device));
        ways.add(String.format(around, device.toLowerCase(Locale.ROOT)));
      }
    }
    ways.addAll(
        List.of(
            "/etc/passwd",
            "C:\\Windows\\win.ini",
            "C:/Windows/win.ini",
            "C:a",
            "\\\\?\\C:\\a",
            "\\\\localhost\\c$\\a",
            "//localhost/c$/a",
            "/proc/self/environ",
            "/dev/full",
            "/dev/zero",
            "/dev/fd/0",
            "~/a",
            "a/../../b",
            "a/./b",
            "./a",
            "a//b",
            "a/",
            "/a",
            "\u0000",
            "a\u0000/../b"));
    return List.copyOf(ways);
  }

  private static List<String> encodings() {
    List<String> all = new ArrayList<>(STEPS);
    all.addAll(
        List.of(
            "%2e%2e",
            "%2E%2E",
            "%2e.",
            ".%2e",
            "%252e%252e",
            "%25252e",
            "%c0%ae%c0%ae",
            "%e0%80%ae",
            "%uff0e%uff0e",
            "&#46;&#46;",
            "\\u002e\\u002e",
            "\\x2e\\x2e",
            "..././"));
    return all;
  }

  private static String read(String line) {
    return UNIT.matcher(line)
        .replaceAll(
            unit -> {
              String text =
                  unit.group(1) != null
                      ? String.valueOf((char) Integer.parseInt(unit.group(1), 16))
                      : unit.group(2) != null ? "\\" : "";
              return Matcher.quoteReplacement(text);
            });
  }
}
