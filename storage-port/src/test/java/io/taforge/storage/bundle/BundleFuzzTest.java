package io.taforge.storage.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That whatever comes is refused with a reason, or is read alike by programs that are not as
 * strict, and leads nowhere else. A build tries what the corpus beside the tests holds; with {@code
 * JAZZER_FUZZ=1} in the environment one of them looks for more, guided by coverage.
 */
class BundleFuzzTest {
  private static final BundleLimits LIMITS =
      new BundleLimits(100, ByteSize.ofMegabytes(1), ByteSize.ofMegabytes(2), 1000);
  private static final Path FOLDER = Path.of("/unpacked");

  /** Without the gzip around it, whose checksum nobody would guess. */
  @FuzzTest(maxDuration = "30s")
  void aTarThatIsAdmittedStaysBelowItsTop(byte[] archive) throws IOException {
    try {
      checkTar(archive);
    } catch (Refusal refusal) {
      assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n");
      return;
    }
    List<String> tops = new ArrayList<>();
    try (TarArchiveInputStream other =
        new TarArchiveInputStream(new ByteArrayInputStream(archive), "UTF-8")) {
      TarArchiveEntry entry = other.getNextEntry();
      while (entry != null) {
        Path place = FOLDER.resolve(entry.getName()).normalize();
        assertThat(place).startsWithRaw(FOLDER);
        if (!place.equals(FOLDER)) {
          tops.add(FOLDER.relativize(place).getName(0).toString());
          checkLink(entry, place);
        }
        entry = other.getNextEntry();
      }
    } catch (IOException e) {
      // records of one vendor or another, of which we know nothing: who refuses them unpacks
      // nothing
      assertThat(e).hasMessageContaining("Corrupted");
      return;
    }
    assertThat(tops.stream().distinct().count()).isEqualTo(tops.isEmpty() ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"time-that-is-none", "owner-that-is-none"})
  void whatOthersStumbleOverIsRefused(String input) throws IOException {
    byte[] archive =
        Files.readAllBytes(
            Path.of("src/test/resources/io/taforge/storage/bundle/BundleFuzzTestInputs")
                .resolve("aTarThatIsAdmittedStaysBelowItsTop")
                .resolve(input));

    assertThatThrownBy(() -> checkTar(archive))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no number");
  }

  private static void checkTar(byte[] archive) throws IOException {
    new TarCheck(new ByteArrayInputStream(archive), new Expansion(LIMITS, archive.length), LIMITS)
        .check();
  }

  private static void checkLink(TarArchiveEntry entry, Path place) {
    assertThat(entry.isFile() || entry.isDirectory() || entry.isLink() || entry.isSymbolicLink())
        .isTrue();
    if (entry.isSymbolicLink()) {
      Path target = place.resolveSibling(entry.getLinkName()).normalize();
      assertThat(target).startsWithRaw(FOLDER.resolve(FOLDER.relativize(place).getName(0)));
    }
  }

  @FuzzTest(maxDuration = "30s")
  void aZipThatIsAdmittedIsTheSameFromBothEnds(byte[] archive) throws IOException {
    BundleAdmission admission = new BundleAdmission(LIMITS);
    if (admission
        .objection(ArtifactKind.DEBUG_BUNDLE, new SeekableInMemoryByteChannel(archive))
        .isPresent()) {
      return;
    }
    List<String> fromTheEnd = new ArrayList<>();
    try (ZipFile file =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(archive)).get()) {
      for (ZipArchiveEntry each : Collections.list(file.getEntries())) {
        fromTheEnd.add(each.getName());
        assertThat(FOLDER.resolve(each.getName()).normalize()).startsWithRaw(FOLDER);
        assertThat(each.isUnixSymlink()).isFalse();
        try (InputStream content = file.getInputStream(each)) {
          assertThat(content.readAllBytes()).hasSize((int) each.getSize());
        }
      }
    }
    List<String> fromTheBeginning = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        fromTheBeginning.add(entry.getName());
      }
      assertThat(fromTheBeginning).isEqualTo(fromTheEnd);
    } catch (ZipException e) {
      // the JDK does not know all that may stand behind content, and says so: that is not another
      // meaning, as long as it has found nothing else before
      assertThat(fromTheEnd.subList(0, fromTheBeginning.size())).isEqualTo(fromTheBeginning);
    }
  }

  @FuzzTest(maxDuration = "30s")
  void aGzipFileIsReadOrRefused(byte[] packed) throws IOException {
    try (GzipStream stream = new GzipStream(new ByteArrayInputStream(packed))) {
      assertThat(stream.readNBytes(1 << 20).length).isNotNegative();
    } catch (Refusal refusal) {
      assertThat(refusal.getMessage()).isNotBlank();
    }
  }
}
