package io.taforge.storage.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An entry as the central directory of a zip file tells it.
 *
 * @param name its name
 * @param flags general purpose flags
 * @param method how it is packed
 * @param checksum CRC-32 of its content
 * @param packed how many bytes it has in the file
 * @param size how many bytes it has when it is unpacked
 * @param offset where its own header is
 * @param next where the next entry of the directory is
 */
record ZipEntry(
    String name,
    int flags,
    int method,
    int checksum,
    long packed,
    long size,
    long offset,
    long next) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final int SIGNATURE = 0x02014b50;
  private static final int LENGTH = 46;
  private static final long TOO_LARGE = 0xFFFFFFFFL;

  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int DESCRIBED_BEHIND = 1 << 3;
  private static final int IN_UTF_8 = 1 << 11;
  private static final int KNOWN = 1 << 1 | 1 << 2 | DESCRIBED_BEHIND | IN_UTF_8;

  private static final int TYPES = 0xF000;
  private static final int FILE = 0x8000;
  private static final int FOLDER = 0x4000;
  private static final int LINK = 0xA000;

  /** Reads the one at a place in the directory, and checks that it is something that is allowed. */
  static ZipEntry at(ZipBytes file, long place) throws IOException {
    ByteBuffer head = file.at(place, LENGTH);
    if (head.getInt(0) != SIGNATURE) {
      throw new Refusal("it is a damaged zip file: its directory cannot be read");
    }
    int nameLength = Short.toUnsignedInt(head.getShort(28));
    int extraLength = Short.toUnsignedInt(head.getShort(30));
    int commentLength = Short.toUnsignedInt(head.getShort(32));
    byte[] rawName = file.at(place + LENGTH, nameLength).array();
    int flags = Short.toUnsignedInt(head.getShort(8));
    String name = name(rawName, flags);
    ZipExtra extra =
        ZipExtra.parse(name, file.at(place + LENGTH + nameLength, extraLength).array());
    extra.requireSamePath(name, rawName);
    long size = number(name, head.getInt(24), extra);
    long packed = number(name, head.getInt(20), extra);
    long offset = number(name, head.getInt(42), extra);
    extra.requireNothingElse(name, offset, Short.toUnsignedInt(head.getShort(34)));
    ZipEntry entry =
        new ZipEntry(
            name,
            flags,
            Short.toUnsignedInt(head.getShort(10)),
            head.getInt(16),
            packed,
            size,
            offset,
            place + LENGTH + nameLength + extraLength + commentLength);
    entry.checkKind(head.getInt(38) >>> 16 & TYPES);
    return entry;
  }

  boolean isFolder() {
    return name.endsWith("/");
  }

  /** Whether sizes and checksum stand behind the content instead of before it. */
  boolean isDescribedBehind() {
    return (flags & DESCRIBED_BEHIND) != 0;
  }

  /** The bytes of the name. */
  byte[] rawName() {
    return name.getBytes(UTF_8);
  }

  private void checkKind(int type) throws Refusal {
    if ((flags & ENCRYPTED) != 0) {
      throw Refusal.of(name, "is encrypted, and nobody could look into it");
    }
    if ((flags & ~KNOWN) != 0 || (method != STORED && method != DEFLATED)) {
      throw Refusal.of(name, "is packed in a way that is not known: only stored and deflated are");
    }
    if (type == LINK) {
      throw Refusal.of(name, "is a symbolic link, and only files and folders are allowed");
    }
    if (type != 0 && type != (isFolder() ? FOLDER : FILE)) {
      throw Refusal.of(name, "is neither a file nor a folder, or says both");
    }
    if (isFolder() && size != 0) {
      throw Refusal.of(name, "is a folder and has content");
    }
    if (method == STORED && isDescribedBehind() && size != 0) {
      throw Refusal.of(name, "is not packed and tells its size behind it, where few would find it");
    }
    if (method == STORED && size != packed) {
      throw Refusal.of(name, "is not packed and has two sizes");
    }
  }

  private static long number(String name, int small, ZipExtra extra) throws Refusal {
    long number = Integer.toUnsignedLong(small);
    return number == TOO_LARGE ? extra.next64(name) : number;
  }

  private static String name(byte[] raw, int flags) throws Refusal {
    String name = Utf8.text(raw, 0, raw.length);
    if ((flags & IN_UTF_8) == 0 && !name.chars().allMatch(each -> each < 128)) {
      throw Refusal.of(name, "does not tell in which encoding its name is");
    }
    return name;
  }
}
