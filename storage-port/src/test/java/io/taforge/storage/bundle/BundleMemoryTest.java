package io.taforge.storage.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ByteSize;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bombs and honest bundles in a JVM with a heap of 64 MB. {@code -Dadmission.megabytes=10240} has
 * as much as that unpacked to its end.
 */
@Tag("reliability")
class BundleMemoryTest {
  private static final Artifact TA =
      new TaBundle(RequestId.random(), BundleVersion.of(1), RevisionId.random());
  private static final Artifact DEBUG =
      new DebugBundle(ValidationRunId.random(), FileName.of("debug.zip"));
  private static final int MEGABYTES = Integer.getInteger("admission.megabytes", 300);
  private static final int MEGABYTE = 1 << 20;
  private static final int HONEST = 500;

  @TempDir Path folder;

  private record Ended(int code, String output) {}

  private Ended inASmallHeap(String what) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Dadmission.megabytes=" + MEGABYTES,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                what,
                folder.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }

  @Test
  void tenGigabytesFromTenMegabytesAreRefusedInASmallHeap() throws Exception {
    Ended bomb = inASmallHeap("bomb");

    System.out.print(bomb.output());
    assertThat(bomb.output()).contains("10500 MB").contains("at most 100 times its size");
    assertThat(bomb.output()).contains("a header of 8 GB");
    assertThat(bomb.code()).isZero();
  }

  @Test
  void aBundleOf500MegabytesIsAdmittedInASmallHeap() throws Exception {
    Ended honest = inASmallHeap("honest");

    System.out.print(honest.output());
    assertThat(honest.output()).contains("admitted");
    assertThat(honest.code()).isZero();
  }

  @Test
  void memoryDoesNotGrowWithWhatIsUnpackedToItsEnd() throws Exception {
    Ended walked = inASmallHeap("walk");

    System.out.print(walked.output());
    assertThat(walked.output()).contains(MEGABYTES + " MB unpacked to the end");
    assertThat(walked.code()).isZero();
  }

  @Test
  void theHeapIsTooSmallForAllOfIt() throws Exception {
    Ended hoarding = inASmallHeap("keep");

    System.out.println("Reliability S2 control: 100 MB unpacked into memory with -Xmx64m fails");
    assertThat(hoarding.output()).contains("OutOfMemoryError");
    assertThat(hoarding.code()).isNotZero();
  }

  /** What runs in the small heap. */
  static final class Main {
    private final Path folder;
    private final BundleAdmission usual = new BundleAdmission(BundleLimits.DEFAULT);

    private Main(Path folder) {
      this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
      Main main = new Main(Path.of(arguments[1]));
      switch (arguments[0]) {
        case "bomb" -> main.bomb();
        case "honest" -> main.honest();
        case "walk" -> main.walk();
        default -> main.keep();
      }
    }

    private void bomb() throws IOException {
      Path tar = folder.resolve("bomb.tgz");
      tarBomb(tar);
      tell("a gzip tar of 10500 MB", tar, usual.objection(TA, tar));
      Path zip = folder.resolve("bomb.zip");
      zipBomb(zip);
      tell("a zip of 10500 MB", zip, usual.objection(DEBUG, zip));
      Path name = folder.resolve("name.tgz");
      Files.write(name, new TarBytes().header("././@LongLink", 'L', (8L << 30) - 1, "").packed());
      tell("a name of 8192 MB", name, usual.objection(TA, name));
    }

    private static void tell(String what, Path file, Optional<String> reason) throws IOException {
      System.out.printf(
          "Reliability S2: %s from %s with -Xmx64m: %s%n",
          what,
          ByteSize.of(Files.size(file)),
          reason.orElseThrow(() -> new IllegalStateException(what + " is admitted")));
    }

    private void honest() throws IOException {
      Path file = folder.resolve("honest.tgz");
      writeTar(file, 10, HONEST / 10, new Random(42));
      Optional<String> objection = usual.objection(TA, file);
      System.out.printf(
          "Reliability S2: a bundle of %s with -Xmx64m: %s%n",
          ByteSize.of(Files.size(file)), objection.orElse("admitted"));
    }

    private void walk() throws IOException {
      Path file = folder.resolve("zeros.tgz");
      writeTar(file, 1, MEGABYTES, null);
      BundleAdmission open =
          new BundleAdmission(
              new BundleLimits(
                  10, ByteSize.ofMegabytes(1 << 20), ByteSize.ofMegabytes(1 << 20), 2000));
      if (open.objection(TA, file).isPresent()) {
        throw new IllegalStateException(open.objection(TA, file).get());
      }
      System.out.printf(
          "Reliability S2: %d MB unpacked to the end from %s with -Xmx64m%n",
          MEGABYTES, ByteSize.of(Files.size(file)));
    }

    private void keep() throws IOException {
      Path file = folder.resolve("zeros.tgz");
      writeTar(file, 1, 100, null);
      try (GzipStream stream = new GzipStream(Files.newInputStream(file))) {
        System.out.println(stream.readAllBytes().length);
      }
    }

    private static void writeTar(Path file, int entries, int megabytes, Random random)
        throws IOException {
      try (OutputStream out = Files.newOutputStream(file);
          TarArchiveOutputStream tar = new TarArchiveOutputStream(packing(out, random == null))) {
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        byte[] block = new byte[MEGABYTE];
        for (int i = 0; i < entries; i++) {
          TarArchiveEntry entry = new TarArchiveEntry("TA/" + i);
          entry.setSize((long) megabytes * MEGABYTE);
          tar.putArchiveEntry(entry);
          for (int j = 0; j < megabytes; j++) {
            if (random != null) {
              random.nextBytes(block);
            }
            tar.write(block);
          }
          tar.closeArchiveEntry();
        }
      }
    }

    private static OutputStream packing(OutputStream out, boolean isSmall) throws IOException {
      return new GZIPOutputStream(out, MEGABYTE) {
        {
          def.setLevel(isSmall ? Deflater.BEST_SPEED : Deflater.NO_COMPRESSION);
        }
      };
    }

    /** 525 files of 20 MB: the same 20 KB again and again. */
    private static void tarBomb(Path file) throws IOException {
      byte[] zeros = deflated(20, Deflater.FULL_FLUSH);
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0});
        for (int i = 0; i < 525; i++) {
          out.write(stored(header(i)));
          out.write(zeros);
        }
      }
    }

    /** The header block of a file that is not too large for one. */
    private static byte[] header(int number) throws IOException {
      byte[] packed = new TarBytes().header("TA/" + number, '0', 20L << 20, "").cut();
      return new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    }

    private static byte[] stored(byte[] bytes) {
      return RawZip.little(5 + bytes.length)
          .put((byte) 0)
          .putShort((short) bytes.length)
          .putShort((short) ~bytes.length)
          .put(bytes)
          .array();
    }

    private static void zipBomb(Path file) throws IOException {
      int megabytes = 20;
      byte[] zeros = deflated(megabytes, Deflater.NO_FLUSH);
      CRC32 crc = new CRC32();
      byte[] block = new byte[MEGABYTE];
      for (int i = 0; i < megabytes; i++) {
        crc.update(block);
      }
      RawZip zip = new RawZip();
      for (int i = 0; i < 525; i++) {
        zip.entry(
            i + ".log",
            0,
            each -> each.packedAs(zeros, (long) megabytes * MEGABYTE, (int) crc.getValue()));
      }
      Files.write(file, zip.bytes());
    }

    private static byte[] deflated(int megabytes, int flush) {
      Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[64 * 1024];
      for (int i = 0; i < megabytes; i++) {
        deflater.setInput(new byte[MEGABYTE]);
        boolean isLast = i == megabytes - 1;
        if (isLast && flush == Deflater.NO_FLUSH) {
          deflater.finish();
        }
        int mode = isLast ? flush : Deflater.NO_FLUSH;
        int length = deflater.deflate(buffer, 0, buffer.length, mode);
        while (length > 0) {
          out.write(buffer, 0, length);
          length = deflater.deflate(buffer, 0, buffer.length, mode);
        }
      }
      deflater.end();
      return out.toByteArray();
    }
  }
}
