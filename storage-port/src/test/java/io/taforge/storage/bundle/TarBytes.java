package io.taforge.storage.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** Writes tar archives byte by byte, wrong ones too. */
final class TarBytes {
  private static final int BLOCK = 512;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  TarBytes folder(String name) {
    return header(name, '5', 0, "");
  }

  TarBytes file(String name, int size) {
    return header(name, '0', size, "").content(new byte[size]);
  }

  TarBytes link(String name, char type, String target) {
    return header(name, type, 0, target);
  }

  TarBytes special(String name, char type) {
    return header(name, type, 0, "");
  }

  /** An entry of GNU tar with the name, or the target, of the next one. */
  TarBytes longName(char type, String name) {
    byte[] bytes = (name + "\0").getBytes(UTF_8);
    return header("././@LongLink", type, bytes.length, "").content(bytes);
  }

  TarBytes pax(char type, String... records) {
    StringBuilder text = new StringBuilder();
    for (String record : records) {
      int length = record.getBytes(UTF_8).length + 2;
      int all = length + Integer.toString(length).length();
      all = length + Integer.toString(all).length();
      text.append(all).append(' ').append(record).append('\n');
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    return header("PaxHeaders/x", type, bytes.length, "").content(bytes);
  }

  TarBytes header(String name, char type, long size, String link) {
    return header(name.getBytes(UTF_8), type, size, link, block -> {});
  }

  TarBytes header(
      byte[] name, char type, long size, String link, Consumer<byte[]> damagedAfterwards) {
    byte[] block = new byte[BLOCK];
    System.arraycopy(name, 0, block, 0, Math.min(100, name.length));
    text(block, 100, "0000644\0");
    text(block, 108, "0000000\0");
    text(block, 116, "0000000\0");
    text(block, 124, String.format(Locale.ROOT, "%011o", size) + (size < 1L << 33 ? "\0" : ""));
    text(block, 136, "00000000000\0");
    block[156] = (byte) type;
    byte[] target = link.getBytes(UTF_8);
    System.arraycopy(target, 0, block, 157, target.length);
    text(block, 257, "ustar\00000");
    text(block, 148, "        ");
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xFF;
    }
    text(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    damagedAfterwards.accept(block);
    return content(block);
  }

  TarBytes content(byte[] bytes) {
    out.writeBytes(bytes);
    out.writeBytes(new byte[-bytes.length & (BLOCK - 1)]);
    return this;
  }

  /** Two empty blocks at the end, in a gzip file. */
  byte[] packed() {
    return content(new byte[2 * BLOCK]).cut();
  }

  /** Without an end. */
  byte[] cut() {
    return gzip(out.toByteArray());
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static void text(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
