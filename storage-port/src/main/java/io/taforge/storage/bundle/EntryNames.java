package io.taforge.storage.bundle;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names in a bundle: each leads to a place of its own below the folder that it is unpacked in,
 * on any file system, and none through a link or a file.
 */
final class EntryNames {
  private static final int LONGEST = 1024;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  /** What is at a place. */
  enum Kind {
    FOLDER,
    FILE,
    LINK
  }

  private final BundleLimits limits;
  private final Map<String, Kind> places = new HashMap<>();
  private int entries;

  EntryNames(BundleLimits limits) {
    this.limits = limits;
  }

  /** Takes one more, and returns the segments of its name. A folder may come more than once. */
  List<String> add(String name, Kind kind) throws Refusal {
    countOne();
    List<String> segments = segments(name, name);
    StringBuilder place = new StringBuilder();
    for (int i = 0; i < segments.size(); i++) {
      place.append(i == 0 ? "" : "/").append(folded(segments.get(i)));
      boolean isLast = i == segments.size() - 1;
      take(name, place.toString(), isLast ? kind : Kind.FOLDER);
    }
    return segments;
  }

  boolean isFile(List<String> segments) {
    return places.get(folded(String.join("/", segments))) == Kind.FILE;
  }

  boolean isEmpty() {
    return entries == 0;
  }

  private void take(String name, String place, Kind kind) throws Refusal {
    Kind before = places.get(place);
    if (before == null) {
      if (places.size() >= limits.entries()) {
        throw tooMany();
      }
      places.put(place, kind);
    } else if (kind != Kind.FOLDER && before != Kind.FOLDER) {
      throw Refusal.of(name, "is there twice, if only where case does not matter");
    } else if (kind != before) {
      throw Refusal.of(
          name,
          before == Kind.LINK || kind == Kind.LINK
              ? "leads through a link that is in there, too"
              : "has the same name as a folder, or a file for a folder");
    }
  }

  private void countOne() throws Refusal {
    entries++;
    if (entries > limits.entries()) {
      throw tooMany();
    }
  }

  private Refusal tooMany() {
    return new Refusal(
        "it has more than " + limits.entries() + " files and folders, and no more are allowed");
  }

  /** The segments of a path that stays below where it begins. */
  static List<String> segments(String entry, String path) throws Refusal {
    checkCharacters(entry, path);
    List<String> segments = List.of(path.split("/", -1));
    for (String segment : segments) {
      if (segment.isEmpty() || segment.equals(".")) {
        throw Refusal.of(entry, "has an empty part in its path, which programs read in two ways");
      }
      if (segment.equals("..")) {
        throw Refusal.of(entry, "leads up with '..', and all must stay below one folder");
      }
    }
    return segments;
  }

  static void checkCharacters(String entry, String path) throws Refusal {
    if (path.isEmpty()) {
      throw Refusal.of(entry, "has no name, or leads to none");
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw Refusal.of(entry, "has a path of more than " + LONGEST + " bytes");
    }
    if (path.startsWith("/")) {
      throw Refusal.of(entry, "has an absolute path, and only relative ones are allowed");
    }
    if (DRIVE.matcher(path).matches()) {
      throw Refusal.of(
          entry, "begins with the letter of a drive, and only relative paths are allowed");
    }
    if (path.indexOf('\\') >= 0) {
      throw Refusal.of(entry, "has a backslash in its path, which is a separator elsewhere");
    }
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.of(entry, "has a control character in its path");
    }
  }

  /** The same for all names that are the same file on some file system. */
  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
