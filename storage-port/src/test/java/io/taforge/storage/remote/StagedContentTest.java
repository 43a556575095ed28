package io.taforge.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ByteSize;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageUploadException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedContentTest {
  private static final FailureContext CONTEXT = FailureContext.of(Operation.PUT);
  private static final byte[] SMALL = bytes(1000);
  private static final byte[] MIDDLE = bytes(3 << 20);
  private static final byte[] LARGE = bytes((11 << 20) + 1);

  @TempDir Path folder;

  @Test
  void contentOfAnySortIsKnownAndCanBeReadAgain() throws IOException {
    for (byte[] content : List.of(new byte[0], SMALL, MIDDLE, LARGE)) {
      Path file = Files.write(folder.resolve("content"), content);
      for (ContentSource source :
          List.of(
              ContentSource.of(content),
              ContentSource.of(file),
              ContentSource.of(new ByteArrayInputStream(content)),
              ContentSource.of(new ByteArrayInputStream(content), content.length))) {
        try (StagedContent staged = stage(source)) {
          assertThat(staged.size()).isEqualTo(content.length);
          assertThat(staged.sha256()).isEqualTo(Sha256.of(content));
          assertThat(staged.isOnePiece()).isEqualTo(content.length <= 5 << 20);
          for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(together(staged)).isEqualTo(content);
          }
        }
        assertThat(spooled()).isEmpty();
      }
    }
  }

  @Test
  void asMuchGoesAsAWholeAsThePlanSays() throws IOException {
    PartPlan plan =
        new PartPlan(ByteSize.ofMegabytes(11), ByteSize.ofMegabytes(5)); // LARGE has a byte more
    Path file = folder.resolve("content");
    for (int size : List.of(LARGE.length - 1, LARGE.length)) {
      byte[] content = Arrays.copyOf(LARGE, size);
      Files.write(file, content);
      for (ContentSource source :
          List.of(
              ContentSource.of(content),
              ContentSource.of(file),
              ContentSource.of(new ByteArrayInputStream(content)))) {
        try (StagedContent staged =
            StagedContent.of(source, PutOptions.defaults(), plan, spoolFolder(), CONTEXT)) {
          assertThat(staged.parts()).hasSize(size < LARGE.length ? 1 : 3);
          assertThat(staged.sha256()).isEqualTo(Sha256.of(content));
          assertThat(together(staged)).isEqualTo(content);
        }
      }
    }
  }

  @Test
  void partsAreReadSideBySideInPiecesOfAnySizeAndByThreadsThatAreInterrupted() throws Exception {
    Path file = Files.write(folder.resolve("content"), LARGE);
    for (ContentSource source :
        List.of(ContentSource.of(file), ContentSource.of(new ByteArrayInputStream(LARGE)))) {
      try (StagedContent staged = stage(source);
          SideBySide threads = new SideBySide(3, "test")) {
        List<Sha256> read =
            threads.each(
                staged.parts(),
                part -> {
                  Thread.currentThread().interrupt();
                  return Sha256.of(inPieces(staged.open(part)));
                },
                CONTEXT);

        assertThat(read).isEqualTo(staged.parts().stream().map(Part::sha256).toList());
      }
    }
  }

  private static byte[] inPieces(InputStream bytes) {
    Random random = new Random();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[100_000];
    try (bytes) {
      int read = bytes.read();
      while (read >= 0) {
        all.write(read);
        int size = bytes.read(buffer, 0, 1 + random.nextInt(buffer.length));
        all.write(buffer, 0, Math.max(0, size));
        read = bytes.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toByteArray();
  }

  @Test
  void aSpoolFileHasNoNameWhileItIsThere() throws IOException {
    try (StagedContent staged = stage(ContentSource.of(new ByteArrayInputStream(LARGE)))) {
      assertThat(spooled()).isEmpty(); // so that it is gone whatever happens to this process
      assertThat(together(staged)).isEqualTo(LARGE);
    }
  }

  @Test
  void aSourceThatFailsLeavesNothingBehind() throws IOException {
    InputStream failing =
        new ByteArrayInputStream(LARGE) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            if (pos > 6 << 20) {
              throw new IllegalStateException("a scratch");
            }
            return super.read(buffer, offset, length);
          }
        };

    assertThatThrownBy(() -> stage(ContentSource.of(failing)))
        .isInstanceOf(StorageUploadException.class)
        .hasMessageContaining("a scratch");
    assertThat(spooled()).isEmpty();
  }

  @Test
  void aFileThatBecomesShorterIsNotSent() throws IOException {
    Path file = Files.write(folder.resolve("content"), LARGE);
    try (StagedContent staged = stage(ContentSource.of(file))) {
      Files.write(file, SMALL);

      assertThatThrownBy(() -> together(staged)).hasMessageContaining("has become shorter");
    }
  }

  @Test
  void aFileThatIsReplacedIsSentAsItWas() throws IOException {
    Path file = Files.write(folder.resolve("content"), LARGE);
    try (StagedContent staged = stage(ContentSource.of(file))) {
      Files.move(
          Files.write(folder.resolve("other"), SMALL),
          file,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);

      assertThat(together(staged)).isEqualTo(LARGE);
    }
  }

  @Test
  void aFileThatGrowsIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("content"), LARGE);
    ContentSource source = ContentSource.of(file);
    Files.write(file, SMALL, java.nio.file.StandardOpenOption.APPEND);

    assertThatThrownBy(() -> stage(source)).isInstanceOf(StorageIntegrityException.class);
  }

  @Test
  void whatIsCancelledIsNotReadAnyMore() throws IOException {
    try (StagedContent staged = stage(ContentSource.of(LARGE))) {
      InputStream part = staged.open(staged.parts().get(1));
      assertThat(part.read()).isNotNegative();
      staged.cancel();

      assertThatThrownBy(part::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void progressIsThatOfTheFurthestAttempt() throws IOException {
    List<Long> steps = new ArrayList<>();
    PutOptions options = PutOptions.defaults().telling((bytes, total) -> steps.add(bytes));
    try (StagedContent staged =
        StagedContent.of(
            ContentSource.of(LARGE), options, PartPlan.defaults(), spoolFolder(), CONTEXT)) {
      staged.open(staged.parts().get(2)).readNBytes(1000);
      together(staged);
      together(staged);
    }

    assertThat(steps).isSorted().startsWith(0L).endsWith((long) LARGE.length);
  }

  @Test
  void aSpoolFolderThatCannotBeMadeIsSaid() throws IOException {
    Path file = Files.write(folder.resolve("a-file"), SMALL);

    assertThatThrownBy(
            () ->
                StagedContent.of(
                    ContentSource.of(new ByteArrayInputStream(LARGE)),
                    PutOptions.defaults(),
                    PartPlan.defaults(),
                    file.resolve("below"),
                    CONTEXT))
        .isInstanceOf(StorageUploadException.class)
        .hasMessageContaining("spooled");
  }

  private StagedContent stage(ContentSource source) {
    return StagedContent.of(
        source, PutOptions.defaults(), PartPlan.defaults(), spoolFolder(), CONTEXT);
  }

  private Path spoolFolder() {
    return folder.resolve("spool");
  }

  private List<Path> spooled() throws IOException {
    if (!Files.exists(spoolFolder())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(spoolFolder())) {
      return files.toList();
    }
  }

  private static byte[] together(StagedContent staged) throws IOException {
    byte[] all = new byte[(int) staged.size()];
    for (Part part : staged.parts()) {
      try (InputStream bytes = staged.open(part)) {
        byte[] piece = bytes.readAllBytes();
        assertThat(Sha256.of(piece)).isEqualTo(part.sha256());
        System.arraycopy(piece, 0, all, (int) part.offset(), piece.length);
      }
    }
    return all;
  }

  private static byte[] bytes(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }
}
