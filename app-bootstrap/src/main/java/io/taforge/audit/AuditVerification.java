package io.taforge.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the files of an audit trail are as they were written: no line was edited, removed, added
 * or moved. Whoever can write the files and computes all hashes anew is not found out; who keeps
 * the head elsewhere finds that out, too.
 *
 * @param files how many there are
 * @param lines how many lines are as they were written, and where they were written
 * @param head the hash of the last line; empty if there is none
 * @param findings sentences about what is not as it was written
 */
public record AuditVerification(
    int files, long lines, Optional<String> head, List<String> findings) {
  /** Keeps a copy. */
  public AuditVerification {
    findings = List.copyOf(findings);
  }

  /**
   * Reads all files in a folder. The oldest begins where those end that have gone with their time.
   *
   * @throws IOException if one cannot be read
   */
  public static AuditVerification of(Path folder) throws IOException {
    AuditFiles files = AuditFiles.in(folder);
    Reading reading = new Reading();
    Optional<AuditBeginning> beginning = files.beginning();
    if (beginning.isEmpty()) {
      reading.findings.add(AuditFiles.BEGINNING + ": it is not as it was written");
    }
    for (Map.Entry<LocalDate, Path> file : files.days().entrySet()) {
      beginning.filter(from -> file.getKey().isAfter(from.lastDay())).ifPresent(reading::begin);
      reading.read(file.getValue());
    }
    beginning.filter(from -> !from.equals(AuditBeginning.OF_ALL)).ifPresent(reading::begin);
    Optional<String> head = files.head();
    Optional<String> last = Optional.ofNullable(reading.previous);
    if (!head.equals(last)) {
      reading.findings.add(
          "the last line is not the one that was written last: lines after it were removed, or it"
              + " was added by another hand or by a process that died with it");
    }
    return new AuditVerification(files.days().size(), reading.lines, last, reading.findings);
  }

  /** Whether everything is as it was written. */
  public boolean isWhole() {
    return findings.isEmpty();
  }

  /** Goes from line to line. */
  private static final class Reading {
    private final List<String> findings = new ArrayList<>();
    private @Nullable String previous;
    private long lines;

    /** Nothing was read yet that what comes now could be chained to, but for this. */
    void begin(AuditBeginning beginning) {
      if (previous == null) {
        previous = beginning.hash();
      }
    }

    void read(Path file) throws IOException {
      String name = String.valueOf(file.getFileName());
      long number = 0;
      try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
        for (byte[] line = line(bytes); line.length > 0; line = line(bytes)) {
          number++;
          check(name + ", line " + number, text(line));
        }
      }
    }

    /**
     * The bytes of the next line with its end, or as much of them as no line has; nothing at the
     * end. What readers of text take for the end of a line, or for a character, was not written.
     */
    private static byte[] line(InputStream bytes) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream(512);
      int next = 0;
      while (next != '\n' && line.size() <= AuditFiles.LONGEST_LINE && (next = bytes.read()) >= 0) {
        line.write(next);
      }
      return line.toByteArray();
    }

    /** What the line says; nothing if it has no end, or is no text. */
    private static String text(byte[] line) {
      int end = line.length - 1;
      try {
        return line[end] == '\n'
            ? UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, end)).toString()
            : "";
      } catch (CharacterCodingException e) {
        return "";
      }
    }

    private void check(String place, String text) {
      Optional<AuditLine> line = AuditLine.parse(text);
      if (line.isEmpty()) {
        findings.add(place + ": it is not as it was written");
        return;
      }
      if (previous != null && !line.get().previous().equals(previous)) {
        findings.add(place + ": it does not follow the line before it");
      } else {
        lines++;
      }
      previous = line.get().hash();
    }
  }
}
