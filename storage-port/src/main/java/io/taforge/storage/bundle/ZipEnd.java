package io.taforge.storage.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the central directory of a zip file is, and how many entries it has: told by a record at
 * the very end, and once more by another one where the numbers do not fit.
 *
 * @param offset where the directory begins
 * @param end where it ends
 * @param entries how many there are in it
 */
record ZipEnd(long offset, long end, long entries) {
  private static final int SIGNATURE = 0x06054b50;
  private static final int LENGTH = 22;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int ZIP64_SIGNATURE = 0x06064b50;
  private static final int ZIP64_LENGTH = 56;
  private static final int LONGEST_COMMENT = 0xFFFF;

  static ZipEnd find(ZipBytes file) throws IOException {
    long at = position(file);
    ByteBuffer record = file.at(at, LENGTH);
    record.position(4);
    int disk = Short.toUnsignedInt(record.getShort());
    int firstDisk = Short.toUnsignedInt(record.getShort());
    int onThisDisk = Short.toUnsignedInt(record.getShort());
    int entries = Short.toUnsignedInt(record.getShort());
    long size = Integer.toUnsignedLong(record.getInt());
    long offset = Integer.toUnsignedLong(record.getInt());
    if (disk != 0 || firstDisk != 0 || onThisDisk != entries) {
      throw new Refusal("it is a part of a zip file in several parts");
    }
    boolean isZip64 =
        at >= LOCATOR_LENGTH
            && file.at(at - LOCATOR_LENGTH, LOCATOR_LENGTH).getInt() == LOCATOR_SIGNATURE;
    if (isZip64) {
      return zip64(file, at - LOCATOR_LENGTH, entries, size, offset);
    }
    return checked(new ZipEnd(offset, offset + size, entries), at);
  }

  private static ZipEnd zip64(ZipBytes file, long locatorAt, int entries, long size, long offset)
      throws IOException {
    ByteBuffer locator = file.at(locatorAt, LOCATOR_LENGTH);
    long at = locator.getLong(8);
    if (locator.getInt(4) != 0 || locator.getInt(16) != 1 || at != locatorAt - ZIP64_LENGTH) {
      throw damaged();
    }
    ByteBuffer record = file.at(at, ZIP64_LENGTH);
    if (record.getInt(0) != ZIP64_SIGNATURE
        || record.getLong(4) != ZIP64_LENGTH - 12
        || record.getInt(16) != 0
        || record.getInt(20) != 0
        || record.getLong(24) != record.getLong(32)) {
      throw damaged();
    }
    long bigEntries = record.getLong(32);
    long bigSize = record.getLong(40);
    long bigOffset = record.getLong(48);
    if (differ(entries, 0xFFFF, bigEntries)
        || differ(size, 0xFFFFFFFFL, bigSize)
        || differ(offset, 0xFFFFFFFFL, bigOffset)) {
      throw new Refusal("it tells in two ways how many entries it has, and where");
    }
    return checked(new ZipEnd(bigOffset, bigOffset + bigSize, bigEntries), at);
  }

  private static boolean differ(long small, long tooLarge, long big) {
    return small != tooLarge && small != big;
  }

  private static ZipEnd checked(ZipEnd found, long behind) throws Refusal {
    if (found.offset < 0 || found.entries < 0 || found.end != behind) {
      throw damaged();
    }
    return found;
  }

  /**
   * The comment behind the record may look like another one; what is before it, such as another zip
   * file that is stored in this one, is no end unless it goes as far.
   */
  private static long position(ZipBytes file) throws IOException {
    if (file.size() < LENGTH) {
      throw new Refusal("it is not a zip file");
    }
    long from = Math.max(0, file.size() - LENGTH - LONGEST_COMMENT);
    ByteBuffer tail = file.at(from, (int) (file.size() - from));
    List<Integer> ends = new ArrayList<>();
    for (int i = tail.capacity() - LENGTH; i >= 0; i--) {
      if (tail.getInt(i) == SIGNATURE && (ends.isEmpty() || isAtTheEnd(tail, i))) {
        ends.add(i);
      }
    }
    if (ends.isEmpty()) {
      throw new Refusal("it is not a zip file, or not a whole one");
    }
    if (!isAtTheEnd(tail, ends.get(0))) {
      throw new Refusal("something comes behind the end of the zip file");
    }
    if (ends.size() > 1) {
      throw new Refusal("it has two ends, of which programs take one or the other");
    }
    return from + ends.get(0);
  }

  private static boolean isAtTheEnd(ByteBuffer tail, int at) {
    return at + LENGTH + Short.toUnsignedInt(tail.getShort(at + 20)) == tail.capacity();
  }

  private static Refusal damaged() {
    return new Refusal("it is a damaged zip file: its end does not tell where its directory is");
  }
}
