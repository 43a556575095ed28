package io.taforge.storage.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip files byte by byte, wrong ones too: each number can be made another. */
final class RawZip {
  /** An entry, with what stands in its place, and what the directory says of it. */
  static final class Entry {
    byte[] name;
    byte[] localName;
    int flags = 1 << 11;
    int localFlags = 1 << 11;
    int method = 8;
    byte[] packed;
    int checksum;
    int localChecksum;
    long size;
    long localSize;
    long packedSize;
    int mode;
    byte[] extra = {};
    byte[] localExtra = {};
    byte[] before = {};
    byte[] behind = {};
    long offset = -1;
    int disk;

    private Entry(String name, byte[] content) {
      this.name = name.getBytes(UTF_8);
      this.localName = this.name;
      fill(content, deflated(content));
    }

    /** This content, stored as it is. */
    void holding(byte[] content) {
      method = 0;
      fill(content, content);
    }

    /** This, which unpacks to so many bytes. */
    void packedAs(byte[] bytes, long unpacked, int crc) {
      packed = bytes;
      packedSize = bytes.length;
      size = unpacked;
      localSize = unpacked;
      checksum = crc;
      localChecksum = crc;
    }

    private void fill(byte[] content, byte[] bytes) {
      packed = bytes;
      packedSize = bytes.length;
      size = content.length;
      localSize = content.length;
      CRC32 crc = new CRC32();
      crc.update(content);
      checksum = (int) crc.getValue();
      localChecksum = checksum;
    }

    void flag(int flag) {
      flags |= flag;
      localFlags |= flag;
    }

    /** Sizes and checksum stand behind the content. */
    void described(long saidSize) {
      flag(1 << 3);
      localSize = 0;
      localChecksum = 0;
      behind =
          little(16)
              .putInt(0x08074b50)
              .putInt(checksum)
              .putInt((int) packedSize)
              .putInt((int) saidSize)
              .array();
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private byte[] prefix = {};
  private byte[] comment = {};
  private int countedMore;
  private int disk;
  private byte[] zip64End = {};

  RawZip entry(String name, int size, Consumer<Entry> change) {
    Entry entry = new Entry(name, new byte[size]);
    change.accept(entry);
    entries.add(entry);
    return this;
  }

  RawZip entry(String name, int size) {
    return entry(name, size, entry -> {});
  }

  RawZip prefix(byte[] bytes) {
    prefix = bytes;
    return this;
  }

  RawZip comment(byte[] bytes) {
    comment = bytes;
    return this;
  }

  RawZip countingMore(int more) {
    countedMore = more;
    return this;
  }

  RawZip onDisk(int number) {
    disk = number;
    return this;
  }

  /** A second end, for large files, that counts so many entries. */
  RawZip zip64Counting(long count) {
    zip64End = little(8).putLong(count).array();
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(prefix);
    List<Long> places = new ArrayList<>();
    for (Entry each : entries) {
      out.writeBytes(each.before);
      places.add(each.offset >= 0 ? each.offset : out.size());
      if (each.offset < 0) {
        out.writeBytes(local(each));
      }
    }
    long directory = out.size();
    for (int i = 0; i < entries.size(); i++) {
      out.writeBytes(central(entries.get(i), places.get(i)));
    }
    long size = out.size() - directory;
    int count = entries.size() + countedMore;
    if (zip64End.length > 0) {
      long at = out.size();
      long told = little(8).put(zip64End).getLong(0);
      out.writeBytes(
          little(56)
              .putInt(0x06064b50)
              .putLong(44)
              .putShort((short) 45)
              .putShort((short) 45)
              .putInt(0)
              .putInt(0)
              .putLong(told)
              .putLong(told)
              .putLong(size)
              .putLong(directory)
              .array());
      out.writeBytes(little(20).putInt(0x07064b50).putInt(0).putLong(at).putInt(1).array());
    }
    out.writeBytes(
        little(22)
            .putInt(0x06054b50)
            .putShort((short) disk)
            .putShort((short) disk)
            .putShort((short) count)
            .putShort((short) count)
            .putInt((int) size)
            .putInt((int) directory)
            .putShort((short) comment.length)
            .array());
    out.writeBytes(comment);
    return out.toByteArray();
  }

  private static byte[] local(Entry each) {
    boolean isDescribed = (each.localFlags & 1 << 3) != 0;
    int length =
        30
            + each.localName.length
            + each.localExtra.length
            + each.packed.length
            + each.behind.length;
    return little(length)
        .putInt(0x04034b50)
        .putShort((short) 20)
        .putShort((short) each.localFlags)
        .putShort((short) each.method)
        .putInt(0)
        .putInt(each.localChecksum)
        .putInt(isDescribed ? 0 : (int) each.packedSize)
        .putInt((int) each.localSize)
        .putShort((short) each.localName.length)
        .putShort((short) each.localExtra.length)
        .put(each.localName)
        .put(each.localExtra)
        .put(each.packed)
        .put(each.behind)
        .array();
  }

  private static byte[] central(Entry each, long offset) {
    return little(46 + each.name.length + each.extra.length)
        .putInt(0x02014b50)
        .putShort((short) (3 << 8 | 20))
        .putShort((short) 20)
        .putShort((short) each.flags)
        .putShort((short) each.method)
        .putInt(0)
        .putInt(each.checksum)
        .putInt((int) each.packedSize)
        .putInt((int) each.size)
        .putShort((short) each.name.length)
        .putShort((short) each.extra.length)
        .putShort((short) 0)
        .putShort((short) each.disk)
        .putShort((short) 0)
        .putInt(each.mode << 16)
        .putInt((int) offset)
        .put(each.name)
        .put(each.extra)
        .array();
  }

  static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
