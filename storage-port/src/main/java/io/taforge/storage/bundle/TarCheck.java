package io.taforge.storage.bundle;

import io.taforge.artifact.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a tar archive with one folder at the top, in which there is everything else: files,
 * folders, and links from one to another.
 */
final class TarCheck {
  /** The most that is read into memory at once: a name, or an extended header. */
  private static final int LARGEST_HEADER = 64 * 1024;

  /** Each entry needs a few at the most. */
  private static final int MOST_IN_A_ROW = 8;

  private static final int BUFFER_SIZE = 64 * 1024;

  private final InputStream archive;
  private final Expansion expansion;
  private final EntryNames names;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private @Nullable String top;
  private PaxRecords pax = PaxRecords.NONE;
  private @Nullable String longName;
  private @Nullable String longLink;
  private int headersInARow;

  /** Of the bytes of the archive itself, unpacked. */
  TarCheck(InputStream archive, Expansion expansion, BundleLimits limits) {
    this.archive = archive;
    this.expansion = expansion;
    this.names = new EntryNames(limits);
  }

  void check() throws IOException {
    byte[] block = block();
    while (!isZero(block, block.length)) {
      take(TarHeader.parse(block));
      block = block();
    }
    checkEnd();
    if (names.isEmpty()) {
      throw new Refusal("its tar archive has nothing in it");
    }
  }

  private void take(TarHeader header) throws IOException {
    switch (header.type()) {
      case 'x' -> {
        if (pax != PaxRecords.NONE) {
          throw new Refusal("its tar archive has two extended headers for one entry");
        }
        pax = PaxRecords.parse(headerContent(header));
      }
      case 'g' -> {
        if (!PaxRecords.parse(headerContent(header)).isDescribing()) {
          throw new Refusal("its tar archive has a global header that renames or resizes entries");
        }
      }
      case 'L' -> longName = once(longName, header);
      case 'K' -> longLink = once(longLink, header);
      default -> {
        takeEntry(header);
        pax = PaxRecords.NONE;
        longName = null;
        longLink = null;
        headersInARow = 0;
      }
    }
  }

  private void takeEntry(TarHeader header) throws IOException {
    String name = only(header.name(), longName, pax.path());
    String link = only(header.link(), longLink, pax.link());
    Optional<String> size = pax.size();
    if (size.isPresent() && !size.get().equals(Long.toString(header.size()))) {
      throw Refusal.of(name, "has two sizes, of which programs take one or the other");
    }
    String path = withoutDot(name);
    switch (header.type()) {
      case '0' -> {
        if (path.endsWith("/")) {
          throw Refusal.of(name, "is a file with the name of a folder");
        }
        addBelowTop(path, EntryNames.Kind.FILE);
        expansion.checkEntry(name, header.size());
        skip(header.size());
        skip(padding(header.size()));
      }
      case '5' -> {
        requireNoContent(name, header);
        if (!path.isEmpty()) {
          addBelowTop(withoutSlash(path), EntryNames.Kind.FOLDER);
        }
      }
      case '1' -> {
        requireNoContent(name, header);
        checkHardLink(name, withoutDot(link));
        addBelowTop(path, EntryNames.Kind.FILE);
      }
      case '2' -> {
        requireNoContent(name, header);
        checkSymbolicLink(name, addBelowTop(path, EntryNames.Kind.LINK), link);
      }
      case '3', '4', '6' ->
          throw Refusal.of(name, "is a device or a pipe, and only files and folders are allowed");
      default ->
          throw Refusal.of(name, "is of a type that is not known, and only files are allowed");
    }
  }

  private List<String> addBelowTop(String path, EntryNames.Kind kind) throws Refusal {
    List<String> segments = names.add(path, kind);
    if (top == null) {
      top = segments.get(0);
    } else if (!top.equals(segments.get(0))) {
      throw Refusal.of(
          path,
          "is not below '" + top + "' as what comes before, and only one folder may be at the top");
    }
    if (segments.size() == 1 && kind != EntryNames.Kind.FOLDER) {
      throw Refusal.of(path, "is at the top, where only one folder may be");
    }
    return segments;
  }

  private void checkHardLink(String name, String target) throws Refusal {
    List<String> segments = EntryNames.segments(name, target);
    if (!segments.get(0).equals(top) || !names.isFile(segments)) {
      throw Refusal.of(name, "is a link to something that is no file in the bundle before it");
    }
  }

  /**
   * It may lead up, and then down. As no entry lies behind a link, it is known how deep this one
   * is; and as each link stays inside, so do those that it leads through on its way down.
   */
  private static void checkSymbolicLink(String name, List<String> path, String target)
      throws Refusal {
    EntryNames.checkCharacters(name, target);
    int up = 0;
    boolean isDown = false;
    for (String segment : withoutSlash(target).split("/", -1)) {
      if (segment.equals("..")) {
        up++;
        if (isDown || up > path.size() - 2) {
          throw Refusal.of(name, "is a link that leads out of the bundle, or may do so");
        }
      } else if (segment.isEmpty()) {
        throw Refusal.of(name, "is a link with an empty part in its path");
      } else if (!segment.equals(".")) {
        isDown = true;
      }
    }
  }

  private static void requireNoContent(String name, TarHeader header) throws Refusal {
    if (header.size() != 0) {
      throw Refusal.of(name, "is no file and has content, which programs read in two ways");
    }
  }

  private static String only(String usual, @Nullable String gnu, Optional<String> pax)
      throws Refusal {
    if (gnu != null && pax.isPresent()) {
      throw Refusal.of(gnu, "has two names, of which programs take one or the other");
    }
    return pax.orElse(gnu == null ? usual : gnu);
  }

  private String once(@Nullable String before, TarHeader header) throws IOException {
    if (before != null) {
      throw new Refusal("its tar archive has two long names for one entry");
    }
    byte[] bytes = headerContent(header);
    if (bytes.length == 0 || bytes[bytes.length - 1] != 0) {
      throw new Refusal("it is a damaged tar archive: a long name has no end");
    }
    return Utf8.text(bytes, 0, bytes.length - 1);
  }

  private byte[] headerContent(TarHeader header) throws IOException {
    headersInARow++;
    if (headersInARow > MOST_IN_A_ROW) {
      throw new Refusal("its tar archive has more than " + MOST_IN_A_ROW + " headers in a row");
    }
    if (header.size() > LARGEST_HEADER) {
      throw new Refusal(
          "its tar archive has a header of "
              + ByteSize.of(header.size())
              + ", and at most "
              + ByteSize.of(LARGEST_HEADER)
              + " are allowed");
    }
    byte[] content = read((int) header.size());
    skip(padding(header.size()));
    return content;
  }

  /** What fills up the last block. */
  private static long padding(long size) {
    return -size & (TarHeader.BLOCK - 1);
  }

  private void skip(long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      int read = archive.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw cut();
      }
      expansion.add(read);
      left -= read;
    }
  }

  private byte[] block() throws IOException {
    return read(TarHeader.BLOCK);
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    expansion.add(length);
    if (archive.readNBytes(bytes, 0, length) < length) {
      throw cut();
    }
    return bytes;
  }

  private void checkEnd() throws IOException {
    if (pax != PaxRecords.NONE || longName != null || longLink != null) {
      throw new Refusal("it is a damaged tar archive: a header at its end is for no entry");
    }
    for (int read = archive.read(buffer, 0, buffer.length);
        read >= 0;
        read = archive.read(buffer, 0, buffer.length)) {
      expansion.add(read);
      if (!isZero(buffer, read)) {
        throw new Refusal("something comes behind the end of its tar archive");
      }
    }
  }

  private static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** As {@code tar c ./TA} writes it. */
  private static String withoutDot(String name) {
    String path = name;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    return path.equals(".") ? "" : path;
  }

  private static String withoutSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Refusal cut() {
    return new Refusal("its tar archive ends too early");
  }
}
