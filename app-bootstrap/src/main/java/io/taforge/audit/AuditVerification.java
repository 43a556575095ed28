package io.taforge.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
   * Reads all files in a folder. The oldest may begin anywhere: those before it may have outlived
   * their time.
   *
   * @throws IOException if one cannot be read
   */
  public static AuditVerification of(Path folder) throws IOException {
    AuditFiles files = AuditFiles.in(folder);
    Reading reading = new Reading();
    for (Path file : files.days().values()) {
      reading.read(file);
    }
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

    void read(Path file) throws IOException {
      String name = String.valueOf(file.getFileName());
      long number = 0;
      try (BufferedReader text = Files.newBufferedReader(file)) {
        for (String each = text.readLine(); each != null; each = text.readLine()) {
          number++;
          check(name + ", line " + number, each);
        }
      } catch (CharacterCodingException e) {
        findings.add(name + ", after line " + number + ": it is no text any more");
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
