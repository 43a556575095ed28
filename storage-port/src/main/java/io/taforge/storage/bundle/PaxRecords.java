package io.taforge.storage.bundle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The records of an extended header (POSIX pax). What changes how the archive is read is known here
 * or refused; what only describes a file is left alone.
 */
final class PaxRecords {
  /** Of an entry without an extended header. */
  static final PaxRecords NONE = new PaxRecords(Map.of());

  private static final Set<String> DESCRIBING =
      Set.of("atime", "comment", "ctime", "gid", "gname", "mtime", "uid", "uname");
  private static final Set<String> CHANGING = Set.of("linkpath", "path", "size");
  private static final String SPARSE = "GNU.sparse.";

  private static final Pattern SECONDS = Pattern.compile("-?\\d{1,19}(\\.\\d{1,19})?");
  private static final Pattern ID = Pattern.compile("\\d{1,18}");

  /** Numbers that are of no use here, but that other programs stumble over if they are none. */
  private static final Map<String, Pattern> FORMS =
      Map.of("atime", SECONDS, "ctime", SECONDS, "gid", ID, "mtime", SECONDS, "uid", ID);

  private final Map<String, String> records;

  private PaxRecords(Map<String, String> records) {
    this.records = records;
  }

  /** Reads {@code length key=value\n} again and again, where the length is that of all of it. */
  static PaxRecords parse(byte[] bytes) throws Refusal {
    Map<String, String> records = new LinkedHashMap<>();
    int at = 0;
    while (at < bytes.length) {
      int space = indexOf(bytes, ' ', at, Math.min(bytes.length, at + 8));
      int end = at + length(bytes, at, space);
      if (end > bytes.length || end <= space + 1 || bytes[end - 1] != '\n') {
        throw damaged();
      }
      int equals = indexOf(bytes, '=', space + 1, end);
      String key = Utf8.text(bytes, space + 1, equals);
      checkKnown(key);
      String value = Utf8.text(bytes, equals + 1, end - 1);
      Pattern form = FORMS.get(key);
      if (form != null && !form.matcher(value).matches()) {
        throw new Refusal("an extended header of its tar archive has no number where one must be");
      }
      if (CHANGING.contains(key) && records.put(key, value) != null) {
        throw new Refusal("it says two things in one extended header of its tar archive");
      }
      at = end;
    }
    return new PaxRecords(records);
  }

  private static void checkKnown(String key) throws Refusal {
    boolean isOfSomebody = key.indexOf('.') > 0; // SCHILY.xattr.…, LIBARCHIVE.…
    if (key.startsWith(SPARSE)
        || !(DESCRIBING.contains(key) || CHANGING.contains(key) || isOfSomebody)) {
      throw new Refusal("its tar archive has an extended header of a kind that is not known");
    }
  }

  boolean isDescribing() {
    return records.isEmpty();
  }

  Optional<String> path() {
    return Optional.ofNullable(records.get("path"));
  }

  Optional<String> link() {
    return Optional.ofNullable(records.get("linkpath"));
  }

  Optional<String> size() {
    return Optional.ofNullable(records.get("size"));
  }

  private static int length(byte[] bytes, int from, int to) throws Refusal {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        throw damaged();
      }
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) throws Refusal {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw damaged();
  }

  private static Refusal damaged() {
    return new Refusal("it is a damaged tar archive: an extended header cannot be read");
  }
}
