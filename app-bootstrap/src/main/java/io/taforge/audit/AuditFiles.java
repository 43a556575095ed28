package io.taforge.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of an audit trail in the order of their days. */
final class AuditFiles {
  static final String HEAD = "head";
  static final String BEGINNING = "beginning";
  static final String LOCK = "lock";
  static final String RESERVE = "reserve";

  private static final String PREFIX = "audit-";
  private static final String SUFFIX = ".jsonl";

  /** No line is longer: names and keys have limits. */
  static final int LONGEST_LINE = 16 * 1024;

  private final Path folder;
  private final NavigableMap<LocalDate, Path> days;

  private AuditFiles(Path folder, NavigableMap<LocalDate, Path> days) {
    this.folder = folder;
    this.days = days;
  }

  /** Those in a folder; none if there is no folder. */
  static AuditFiles in(Path folder) throws IOException {
    NavigableMap<LocalDate, Path> days = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(file -> day(file).ifPresent(day -> days.put(day, file)));
      }
    }
    return new AuditFiles(folder, days);
  }

  SortedMap<LocalDate, Path> days() {
    return days;
  }

  /** The file of a day, which may not be there yet. */
  Path of(LocalDate day) {
    return folder.resolve(PREFIX + day + SUFFIX);
  }

  /** The hash of the last line of all, in whatever state it is. */
  String last() throws IOException {
    Map.Entry<LocalDate, Path> newest = days.lastEntry();
    return newest == null
        ? beginning().orElse(AuditBeginning.OF_ALL).hash()
        : last(newest.getValue());
  }

  private static String last(Path file) throws IOException {
    String line = lastLine(file);
    int end = line.lastIndexOf("\"hash\":\"");
    boolean isThere = end >= 0 && line.length() == end + 8 + 64 + 2;
    // a line that was broken off or damaged stays, and verify tells of it; the next begins anew
    return isThere ? line.substring(end + 8, end + 8 + 64) : AuditLine.BEGINNING;
  }

  /** Whether the last line of a file has its end, as it has not if a process died with it. */
  static boolean endsInALine(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return true;
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      bytes.seek(bytes.length() - 1);
      return bytes.read() == '\n';
    }
  }

  /** What the head says; empty if there is none. */
  Optional<String> head() throws IOException {
    return text(HEAD);
  }

  /** Where the trail begins; empty if what is said of it is of another form. */
  Optional<AuditBeginning> beginning() throws IOException {
    Optional<String> text = text(BEGINNING);
    return text.isEmpty() ? Optional.of(AuditBeginning.OF_ALL) : AuditBeginning.parse(text.get());
  }

  /** Where it begins without the days before this one; empty if there are none. */
  Optional<AuditBeginning> beginningWithout(LocalDate first) throws IOException {
    Map.Entry<LocalDate, Path> last = days.lowerEntry(first);
    return last == null
        ? Optional.empty()
        : Optional.of(new AuditBeginning(last.getKey(), last(last.getValue())));
  }

  private Optional<String> text(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      return Optional.of(new String(bytes.readNBytes(LONGEST_LINE), ISO_8859_1).strip());
    }
  }

  /** Removes the files of the days before this one, the oldest first. */
  void removeBefore(LocalDate first) throws IOException {
    for (Path file : days.headMap(first).values()) {
      Files.deleteIfExists(file);
    }
    days.headMap(first).clear();
  }

  private static Optional<LocalDate> day(Path file) {
    String name = file.getFileName().toString();
    if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length())));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // somebody else's
    }
  }

  private static String lastLine(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, bytes.length() - LONGEST_LINE);
      byte[] end = new byte[(int) (bytes.length() - start)];
      bytes.seek(start);
      bytes.readFully(end);
      String text = new String(end, UTF_8).stripTrailing();
      return text.substring(text.lastIndexOf('\n') + 1);
    }
  }
}
