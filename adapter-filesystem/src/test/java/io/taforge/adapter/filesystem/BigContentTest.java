package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

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
    String output =
        Jvm.run(Map.of(), List.of("-Xmx64m"), List.of(UpAndDown.class.getName(), root.toString()));

    assertThat(output.lines().toList())
        .containsExactly("known: 524288000 524288000", "unknown: 524288000 524288000");
  }

  static final class UpAndDown {
    private static final long SIZE = 500L << 20;

    private UpAndDown() {}

    public static void main(String[] arguments) throws IOException {
      try (FilesystemArtifactStore store =
          FilesystemArtifactStore.open(FilesystemSettings.at(arguments[0]))) {
        store.createBuckets();
        run(store, "known", ContentSource.of(lines(), SIZE));
        run(store, "unknown", ContentSource.of(lines()));
      }
    }

    private static void run(FilesystemArtifactStore store, String what, ContentSource source)
        throws IOException {
      LogSample sample = new LogSample(RequestId.random(), FileName.of(what + ".log"));
      long stored = store.put(sample, source, PutOptions.defaults()).size();
      try (ArtifactContent content = store.get(sample)) {
        long read = content.stream().transferTo(OutputStream.nullOutputStream());
        System.out.println(what + ": " + stored + " " + read);
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
