package io.taforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taforge.config.Backend;
import io.taforge.testbed.S3ProxyServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command with an environment and a folder of its own. */
abstract class CommandTest {
  @TempDir Path folder;

  final Map<String, String> environment = new HashMap<>();
  byte[] input = new byte[0];
  Clock clock = Clock.systemUTC();

  record Ended(int code, byte[] bytes, String err) {
    String out() {
      return new String(bytes, UTF_8);
    }

    JsonNode json() throws IOException {
      assertThat(code).as(err).isZero();
      return new ObjectMapper().readTree(bytes);
    }
  }

  /** The command that serves, until the test closes it. */
  final class Serving implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final Future<Integer> code;

    Serving(String... arguments) throws InterruptedException {
      Surroundings around =
          new Surroundings(
              environment,
              folder,
              InputStream.nullInputStream(),
              out,
              err,
              Clock.systemUTC(),
              false);
      code = threads.submit(() -> Taforge.run(around, arguments));
      while (out.size() == 0 && !code.isDone()) {
        Thread.sleep(10);
      }
      assertThat(code.isDone()).as("ended with: %s", err).isFalse();
    }

    /** What it has printed so far. */
    String out() {
      return out.toString(UTF_8);
    }

    /** What it has warned of so far. */
    String err() {
      return err.toString(UTF_8);
    }

    @Override
    public void close() {
      threads.shutdownNow();
    }
  }

  /** The settings for a backend that has no buckets yet. */
  static Map<String, String> settings(Backend backend) {
    if (backend == Backend.FILESYSTEM) {
      return Map.of("STORAGE_BACKEND", "filesystem");
    }
    S3ProxyServer server = S3ProxyServer.running();
    String id = UUID.randomUUID().toString();
    return Map.of(
        "STORAGE_BACKEND", backend.toString(),
        "MINIO_ENDPOINT", server.endpoint().toString(),
        "MINIO_ACCESS_KEY", server.owner().id(),
        "MINIO_SECRET_KEY", server.owner().secret(),
        "MINIO_BUCKET_SAMPLES", "samples-" + id,
        "MINIO_BUCKET_TAS", "bundles-" + id,
        "MINIO_BUCKET_DEBUG", "debug-" + id);
  }

  final Ended taforge(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Taforge.run(
            new Surroundings(
                environment, folder, new ByteArrayInputStream(input), out, err, clock, false),
            arguments);
    return new Ended(code, out.toByteArray(), err.toString(UTF_8));
  }

  final String uploaded(String... arguments) throws IOException {
    String[] all = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
    return taforge(all).json().get("storage_key").asText();
  }

  final Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  /** The bundle of a real add-on. */
  final byte[] bundle(String name) throws IOException {
    try (InputStream real = CommandTest.class.getResourceAsStream("TA-vyos.tgz")) {
      byte[] bytes = Objects.requireNonNull(real).readAllBytes();
      Files.write(folder.resolve(name), bytes);
      return bytes;
    }
  }

  /** Of a file in it with this content. */
  final void debugBundle(String name, String content) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      zip.putNextEntry(new ZipEntry("validation.log"));
      zip.write(content.getBytes(UTF_8));
    }
  }

  /** For tests in which it does not matter what is in a bundle. */
  final void admitAnything() {
    environment.put("STORAGE_ADMISSION", "false");
  }

  final void assertRefused(int code, String words, String... arguments) {
    Ended ended = taforge(arguments);
    assertThat(ended.err()).startsWith("taforge: ").contains(words).hasLineCount(1);
    assertThat(ended.err()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(ended.code()).isEqualTo(code);
    assertThat(ended.out()).isEmpty();
  }
}
