package io.taforge.storage.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageRejectedException;
import io.taforge.storage.bundle.HostileBundles.Hostile;
import io.taforge.storage.client.Admission;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleAdmissionTest {
  private static final byte[] LONG_AGO = "what was there before".getBytes(UTF_8);

  @TempDir Path spool;
  private final ObjectStorageClient unguarded =
      new ObjectStorageClient(new InMemoryArtifactStore(new InMemorySpace(Clock.systemUTC())));

  BundleAdmissionTest() {
    unguarded.initializeBuckets();
  }

  private static Artifact artifactOf(ArtifactKind kind) {
    return switch (kind) {
      case LOG_SAMPLE -> new LogSample(RequestId.random(), FileName.of("a.log"));
      case TA_BUNDLE -> new TaBundle(RequestId.random(), BundleVersion.of(1), RevisionId.random());
      case DEBUG_BUNDLE -> new DebugBundle(ValidationRunId.random(), FileName.of("a.zip"));
    };
  }

  private ObjectStorageClient guardedBy(Admission admission) {
    return unguarded.admitting(admission, spool);
  }

  private ObjectStorageClient guarded() {
    return guardedBy(new BundleAdmission(HostileBundles.LIMITS));
  }

  static Stream<Hostile> hostile() {
    return HostileBundles.all().stream();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aHostileBundleIsRefusedWithItsReasonAndTheOldOneStays(Hostile hostile) throws IOException {
    Artifact artifact = artifactOf(hostile.kind());
    unguarded.upload(artifact, ContentSource.of(LONG_AGO), PutOptions.defaults());

    assertThatThrownBy(
            () ->
                guarded()
                    .upload(
                        artifact,
                        ContentSource.of(new ByteArrayInputStream(hostile.bytes())),
                        PutOptions.defaults()))
        .isInstanceOf(StorageRejectedException.class)
        .hasMessageContaining("it is not admitted: ")
        .hasMessageContaining(hostile.reason())
        .hasMessageNotContaining("\n");

    assertThat(unguarded.readBytes(artifact, LONG_AGO.length)).isEqualTo(LONG_AGO);
    assertThat(spool).isEmptyDirectory();
  }

  @Test
  void nothingOfAHostileBundleIsStored() {
    ObjectStorageClient client = guarded();
    AtomicInteger refused = new AtomicInteger();
    hostile()
        .forEach(
            each -> {
              try {
                client.upload(
                    artifactOf(each.kind()), ContentSource.of(each.bytes()), PutOptions.defaults());
              } catch (StorageRejectedException e) {
                assertThat(e.httpStatus()).isEqualTo(422);
                assertThat(e.isRetryable()).isFalse();
                refused.incrementAndGet();
              }
            });

    System.out.printf(
        "Reliability S2: %d hostile bundles, %d refused, %d stored%n",
        hostile().count(), refused.get(), stored());
    assertThat(stored()).isZero();
    assertThat(refused).hasValue((int) hostile().count()).hasValueGreaterThan(100);
  }

  /** What many do, and what is not enough. */
  @Test
  void whoeverLooksAtTheFirstBytesOnlyLetsThemIn() {
    Admission magic =
        (artifact, file) -> {
          try (InputStream bytes = Files.newInputStream(file)) {
            byte[] start = bytes.readNBytes(2);
            byte[] wanted =
                artifact.kind() == ArtifactKind.TA_BUNDLE
                    ? new byte[] {0x1F, (byte) 0x8B}
                    : new byte[] {'P', 'K'};
            return Arrays.equals(start, wanted) ? Optional.empty() : Optional.of("other magic");
          }
        };
    ObjectStorageClient client = guardedBy(magic);
    long admitted =
        hostile()
            .filter(
                each -> {
                  try {
                    client.upload(
                        artifactOf(each.kind()),
                        ContentSource.of(each.bytes()),
                        PutOptions.defaults());
                    return true;
                  } catch (StorageRejectedException e) {
                    return false;
                  }
                })
            .count();

    System.out.printf(
        "Reliability S2 control: looking at the first bytes only, %d of %d hostile bundles stored%n",
        admitted, hostile().count());
    assertThat(admitted).isGreaterThan(100);
    assertThat(stored()).isEqualTo(admitted);
  }

  private long stored() {
    return unguarded.storageStats().objects();
  }

  /** A good bundle, and how it was made. */
  record Good(String what, ArtifactKind kind, byte[] bytes) {
    @Override
    public String toString() {
      return kind + ": " + what;
    }
  }

  static Stream<Good> good() throws IOException {
    return Stream.of(
        new Good("by hand", ArtifactKind.TA_BUNDLE, handMade()),
        new Good("of POSIX", ArtifactKind.TA_BUNDLE, tar(TarArchiveOutputStream.LONGFILE_POSIX)),
        new Good("of GNU", ArtifactKind.TA_BUNDLE, tar(TarArchiveOutputStream.LONGFILE_GNU)),
        new Good("by hand", ArtifactKind.DEBUG_BUNDLE, handMadeZip()),
        new Good("in one go", ArtifactKind.DEBUG_BUNDLE, zip(Zip64Mode.AsNeeded)),
        new Good("for large files", ArtifactKind.DEBUG_BUNDLE, zip(Zip64Mode.Always)),
        new Good("by the JDK", ArtifactKind.DEBUG_BUNDLE, jdkZip()));
  }

  @ParameterizedTest
  @MethodSource("good")
  void aGoodBundleIsStoredAsItIs(Good good) throws IOException {
    Artifact artifact = artifactOf(good.kind());
    Path file =
        Files.write(Files.createTempDirectory("taforge-good").resolve("bundle"), good.bytes());

    for (ContentSource source :
        List.of(
            ContentSource.of(good.bytes()),
            ContentSource.of(file),
            ContentSource.of(new ByteArrayInputStream(good.bytes())))) {
      guarded().upload(artifact, source, PutOptions.defaults());
      assertThat(unguarded.readBytes(artifact, good.bytes().length)).isEqualTo(good.bytes());
      unguarded.delete(artifact);
    }
    assertThat(spool).isEmptyDirectory();
    assertThat(file).exists();
  }

  @Test
  void aLogSampleIsNotLookedAt() {
    guarded().uploadLogSample(RequestId.random(), FileName.of("a.log"), ContentSource.of(LONG_AGO));

    assertThat(unguarded.amountOf(KeyPrefix.all(ArtifactKind.LOG_SAMPLE)).objects()).isOne();
  }

  @Test
  void whatCannotBeReadIsNoRefusal() {
    Admission failing =
        (artifact, file) -> {
          throw new IOException("disk on fire");
        };

    assertThatThrownBy(
            () ->
                guardedBy(failing)
                    .uploadDebugBundle(
                        ValidationRunId.random(), FileName.of("a.zip"), ContentSource.of(LONG_AGO)))
        .isInstanceOf(io.taforge.storage.StorageUploadException.class)
        .hasRootCauseMessage("disk on fire");
    assertThat(spool).isEmptyDirectory();
  }

  private static byte[] handMade() {
    return new TarBytes()
        .pax('g', "comment=1234")
        .folder("./")
        .folder("./TA/")
        .folder("./TA/default/")
        .pax('x', "path=TA/default/" + "ä".repeat(100) + ".conf", "mtime=1.5", "SCHILY.xattr.a=b")
        .file("TA/default/a.conf", 700)
        .link("TA/default/link.conf", '2', "../default/./app.conf")
        .link("TA/up", '2', "default")
        .file("TA/app.conf", 512)
        .link("TA/hard.conf", '1', "./TA/app.conf")
        .content(new byte[9000])
        .packed();
  }

  private static byte[] handMadeZip() {
    return new RawZip()
        .entry("folder/", 0, each -> each.mode = 0x41ED)
        .entry("folder/ä.log", 3000, each -> each.mode = 0x81A4)
        .entry("described.log", 300, each -> each.described(300))
        .entry("inner.zip", 0, each -> each.holding(new RawZip().entry("x", 3).bytes()))
        .zip64Counting(4)
        .comment("by hand".getBytes(UTF_8))
        .bytes();
  }

  private static byte[] tar(int longNames) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(packed), "UTF-8")) {
      tar.setLongFileMode(longNames);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(longNames == TarArchiveOutputStream.LONGFILE_POSIX);
      tar.putArchiveEntry(new TarArchiveEntry("TA/"));
      tar.closeArchiveEntry();
      for (String name :
          List.of("TA/app.conf", "TA/" + "long/".repeat(30) + "ü.conf", "TA/empty")) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        byte[] content = name.contains("empty") ? new byte[0] : name.getBytes(UTF_8);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return packed.toByteArray();
  }

  /** To a stream, so that sizes come behind the content. */
  private static byte[] zip(Zip64Mode mode) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(packed)) {
      zip.setUseZip64(mode);
      for (String name : List.of("a.log", "folder/", "folder/ü.log", "empty.log")) {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        if (!name.endsWith("/") && !name.startsWith("empty")) {
          zip.write(new byte[5000]);
        }
        zip.closeArchiveEntry();
      }
    }
    return packed.toByteArray();
  }

  private static byte[] jdkZip() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var zip = new java.util.zip.ZipOutputStream(packed)) {
      for (String name : List.of("a.log", "folder/", "folder/ü.log")) {
        zip.putNextEntry(new java.util.zip.ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(new byte[5000]);
        }
      }
    }
    return packed.toByteArray();
  }
}
