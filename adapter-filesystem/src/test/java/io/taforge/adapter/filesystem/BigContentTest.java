package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 500 MB go in and out of a JVM with a heap of 64 MB, with their length known and unknown. */
@Tag("reliability")
class BigContentTest {
  @Test
  void memoryDoesNotGrowWithTheContent(@TempDir Path root) throws Exception {
    String output = inASmallHeap(root, "stream");

    System.out.printf("Reliability R1: a folder, 500 MB up and down with -Xmx64m: %s%n", output);
    assertThat(output).isEqualTo("known 524288000 524288000, unknown 524288000 524288000");
  }

  @Test
  void theHeapIsTooSmallForTheContent(@TempDir Path root) {
    assertThatThrownBy(() -> inASmallHeap(root, "hoard"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("OutOfMemoryError");
    System.out.println("Reliability R1 control: 500 MB kept in memory with -Xmx64m fail");
  }

  private static String inASmallHeap(Path root, String how)
      throws IOException, InterruptedException {
    return Jvm.run(
        Map.of(), List.of("-Xmx64m"), List.of(UpAndDown.class.getName(), root.toString(), how));
  }

  static final class UpAndDown {
    private static final long SIZE = 500L << 20;

    private UpAndDown() {}

    public static void main(String[] arguments) throws IOException {
      try (FilesystemArtifactStore store =
          FilesystemArtifactStore.open(FilesystemSettings.at(arguments[0]))) {
        store.createBuckets();
        if (arguments[1].equals("hoard")) {
          System.out.print(lines().readAllBytes().length);
          return;
        }
        run(store, "known", ContentSource.of(lines(), SIZE));
        System.out.print(", ");
        run(store, "unknown", ContentSource.of(lines()));
      }
    }

    private static void run(FilesystemArtifactStore store, String what, ContentSource source)
        throws IOException {
      LogSample sample = new LogSample(RequestId.random(), FileName.of(what + ".log"));
      long stored = store.put(sample, source, PutOptions.defaults()).size();
      try (ArtifactContent content = store.get(sample)) {
        long read = content.stream().transferTo(OutputStream.nullOutputStream());
        System.out.print(what + " " + stored + " " + read);
      }
      store.delete(sample);
    }

    /** A log that is made while it is read. */
    private static InputStream lines() {
      byte[] line = "GET /index.html 200\n".getBytes(StandardCharsets.UTF_8);
      return new InputStream() {
        private long left = SIZE;

        @Override
        public int read() {
          throw new UnsupportedOperationException("Nobody should read 500 MB byte by byte");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          if (left == 0) {
            return -1;
          }
          int count = (int) Math.min(length, left);
          for (int i = 0; i < count; i += line.length) {
            System.arraycopy(line, 0, buffer, offset + i, Math.min(line.length, count - i));
          }
          left -= count;
          return count;
        }
      };
    }
  }
}
