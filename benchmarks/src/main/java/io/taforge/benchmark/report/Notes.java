package io.taforge.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What people say about the rows: a Markdown file of theirs with a heading {@code ## P4} for each
 * row there is something to say about. Nothing here writes it.
 */
final class Notes {
  private static final String HEADING = "## ";

  private final Map<String, String> sections;

  private Notes(Map<String, String> sections) {
    this.sections = sections;
  }

  static Notes read(Path file) throws IOException {
    return Files.exists(file) ? parse(Files.readString(file)) : new Notes(Map.of());
  }

  static Notes parse(String text) {
    Map<String, String> sections = new HashMap<>();
    String heading = "";
    StringBuilder section = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(HEADING)) {
        sections.put(heading, section.toString().strip());
        heading = line.substring(HEADING.length()).strip();
        section.setLength(0);
      } else {
        section.append(line).append('\n');
      }
    }
    sections.put(heading, section.toString().strip());
    return new Notes(sections);
  }

  /** What is said about a row; nothing if it is not mentioned. */
  String about(String row) {
    return sections.getOrDefault(row, "");
  }
}
