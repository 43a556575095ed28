package io.taforge.storage.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Walks through a zip file, in which one entry lies behind the other without a gap, in the order of
 * the directory, and is what the directory says: so whoever reads it from its beginning finds the
 * same as whoever reads it from its end.
 */
final class ZipCheck {
  private static final int SIGNATURE = 0x04034b50;
  private static final int LENGTH = 30;
  private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
  private static final long TOO_LARGE = 0xFFFFFFFFL;
  private static final int BUFFER_SIZE = 64 * 1024;

  private final ZipBytes file;
  private final Expansion expansion;
  private final EntryNames names;
  private final byte[] unpacked = new byte[BUFFER_SIZE];

  ZipCheck(ZipBytes file, Expansion expansion, BundleLimits limits) {
    this.file = file;
    this.expansion = expansion;
    this.names = new EntryNames(limits);
  }

  void check() throws IOException {
    ZipEnd end = ZipEnd.find(file);
    long place = end.offset();
    long behind = 0;
    for (long i = 0; i < end.entries(); i++) {
      ZipEntry entry = ZipEntry.at(file, place);
      place = entry.next();
      boolean isLast = i == end.entries() - 1;
      long next = isLast ? end.offset() : ZipEntry.at(file, place).offset();
      take(entry, behind, next);
      behind = next;
    }
    if (place != end.end() || behind != end.offset()) {
      throw new Refusal("it is a damaged zip file: its directory is not where its end says");
    }
    if (names.isEmpty()) {
      throw new Refusal("the zip file has nothing in it");
    }
  }

  private void take(ZipEntry entry, long behind, long next) throws IOException {
    String name = entry.name();
    if (entry.isFolder()) {
      names.add(name.substring(0, name.length() - 1), EntryNames.Kind.FOLDER);
    } else {
      names.add(name, EntryNames.Kind.FILE);
    }
    if (entry.offset() != behind) {
      throw Refusal.of(
          name,
          "does not lie right behind the one before it: they overlap, or something is between");
    }
    expansion.checkEntry(name, entry.size());
    expansion.add(entry.size());
    long content = contentOf(entry);
    long end = content + entry.packed();
    if (end < content || end > next) {
      throw Refusal.of(name, "overlaps with what comes behind it");
    }
    checkDescriptor(entry, end, next - end);
    checkContent(entry, content);
  }

  /** Compares an entry's own header with the directory; returns where its content begins. */
  private long contentOf(ZipEntry entry) throws IOException {
    ByteBuffer head = file.at(entry.offset(), LENGTH);
    int nameLength = Short.toUnsignedInt(head.getShort(26));
    int extraLength = Short.toUnsignedInt(head.getShort(28));
    long extraAt = entry.offset() + LENGTH + nameLength;
    if (head.getInt(0) != SIGNATURE
        || !Arrays.equals(entry.rawName(), file.at(entry.offset() + LENGTH, nameLength).array())
        || Short.toUnsignedInt(head.getShort(6)) != entry.flags()
        || Short.toUnsignedInt(head.getShort(8)) != entry.method()) {
      throw different(entry);
    }
    ZipExtra extra = ZipExtra.parse(entry.name(), file.at(extraAt, extraLength).array());
    extra.requireSamePath(entry.name(), entry.rawName());
    long size = Integer.toUnsignedLong(head.getInt(22));
    long packed = Integer.toUnsignedLong(head.getInt(18));
    if (extra.isZip64()) { // it has both sizes here, or those that did not fit
      size = size == TOO_LARGE ? extra.next64(entry.name()) : size;
      packed = packed == TOO_LARGE ? extra.next64(entry.name()) : packed;
    }
    boolean isEqual =
        size == entry.size() && packed == entry.packed() && head.getInt(14) == entry.checksum();
    boolean isLeftOpen =
        entry.isDescribedBehind() && size == 0 && packed == 0 && head.getInt(14) == 0;
    if (!isEqual && !isLeftOpen) {
      throw different(entry);
    }
    return extraAt + extraLength;
  }

  /** What stands between the content and the next entry: nothing, or sizes and checksum. */
  private void checkDescriptor(ZipEntry entry, long at, long length) throws IOException {
    if (!entry.isDescribedBehind()) {
      if (length != 0) {
        throw Refusal.of(entry.name(), "is followed by something that is in no directory");
      }
      return;
    }
    if (length != 12 && length != 16 && length != 20 && length != 24) {
      throw Refusal.of(entry.name(), "is followed by something that is in no directory");
    }
    ByteBuffer descriptor = file.at(at, (int) length);
    boolean isSigned = length == 16 || length == 24;
    boolean isRight =
        (!isSigned || descriptor.getInt() == DESCRIPTOR_SIGNATURE)
            && descriptor.getInt() == entry.checksum()
            && size(descriptor, length) == entry.packed()
            && size(descriptor, length) == entry.size();
    if (!isRight) {
      throw different(entry);
    }
  }

  private static long size(ByteBuffer descriptor, long length) {
    return length >= 20 ? descriptor.getLong() : Integer.toUnsignedLong(descriptor.getInt());
  }

  /** Unpacks it, and no more than was announced. */
  private void checkContent(ZipEntry entry, long from) throws IOException {
    CRC32 checksum = new CRC32();
    long size =
        entry.method() == ZipEntry.STORED
            ? stored(entry, from, checksum)
            : inflated(entry, from, checksum);
    if (size != entry.size() || (int) checksum.getValue() != entry.checksum()) {
      throw Refusal.of(entry.name(), "has content that is not what the zip file says of it");
    }
  }

  private long stored(ZipEntry entry, long from, CRC32 checksum) throws IOException {
    for (long at = 0; at < entry.packed(); at += BUFFER_SIZE) {
      checksum.update(file.at(from + at, (int) Math.min(BUFFER_SIZE, entry.packed() - at)));
    }
    return entry.packed();
  }

  private long inflated(ZipEntry entry, long from, CRC32 checksum) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      long taken = 0;
      long count = 0;
      while (!inflater.finished() && count <= entry.size()) {
        if (inflater.needsInput()) {
          int length = (int) Math.min(BUFFER_SIZE, entry.packed() - taken);
          if (length == 0) {
            return -1;
          }
          inflater.setInput(file.at(from + taken, length));
          taken += length;
        }
        int read = inflater.inflate(unpacked);
        checksum.update(unpacked, 0, read);
        count += read;
      }
      boolean isAll = inflater.finished() && inflater.getBytesRead() == entry.packed();
      return isAll ? count : -1;
    } catch (DataFormatException e) {
      return -1;
    } finally {
      inflater.end();
    }
  }

  private static Refusal different(ZipEntry entry) {
    return Refusal.of(
        entry.name(), "is one thing in the directory of the zip file and another in its place");
  }
}
