package io.taforge.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.storage.ArtifactStore;
import io.taforge.testbed.CephServer;
import io.taforge.testbed.Fault;
import io.taforge.testbed.FaultProxy;
import io.taforge.testbed.ProxiedRequest;
import io.taforge.testbed.S3Harness;
import io.taforge.testbed.S3ProxyServer;
import io.taforge.testbed.S3TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 64 clients at once, of whom each does a hundredth of everything wrong, on a way to the server on
 * which a hundredth of all requests comes to harm: whatever fails does so as is documented, and the
 * process does not fill up. {@code -Dload.seconds=600} makes it longer, {@code -Dload.seed} repeats
 * what the clients do; the servers' part is Ceph's if that runs.
 */
@Tag("reliability")
class LoadTest {
  private static final long SECONDS = Long.getLong("load.seconds", 2);
  private static final long SEED = Long.getLong("load.seed", System.nanoTime());
  private static final List<Course> COURSES = new ArrayList<>();

  @TempDir Path folder;

  @AfterAll
  static void draw() throws IOException {
    Path plots = Files.createDirectories(Path.of("target", "load"));
    LoadPlot.draw(COURSES, plots.resolve("load.png"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"filesystem", "links"})
  void aFolderStandsManyClients(String backend) throws Exception {
    check(run(backend, folder.toString(), "no"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "minio"})
  void aServerStandsManyClients(String backend) throws Exception {
    S3TestServer server =
        System.getProperty("ceph.endpoint") == null
            ? S3ProxyServer.running()
            : CephServer.running();
    S3Harness harness =
        new S3Harness(
            server, target -> Load.open(backend, target.encode()), Set.of(), NoOther.class);
    Thread weather = new Thread(() -> makeWeather(harness.proxy()), "weather");
    weather.start();
    try {
      check(run(backend, harness.target().encode(), "no"));
    } finally {
      weather.interrupt();
      weather.join();
      harness.cleanup();
    }
  }

  /** The check can fail: it finds out a client that closes nothing. */
  @Test
  void whatFillsUpIsFoundOut() throws Exception {
    Course course = course("filesystem", folder.toString(), 2, "leak");

    System.out.printf(
        "Reliability L1 control: nothing is closed (must fail): %s%n", growth(course));
    assertThat(isFlat(course)).isFalse();
  }

  private static Course run(String backend, String where, String leak) throws Exception {
    Course course = course(backend, where, SECONDS, leak);
    COURSES.add(course);
    System.out.printf(
        "Reliability L1: %s, 64 clients for %d s: %d acts, %s; %s (seed %d)%n",
        backend, SECONDS, course.acts(), course.outcomes(), growth(course), SEED);
    return course;
  }

  private static Course course(String backend, String where, long seconds, String leak)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Load.class.getName(),
                backend,
                where,
                Long.toString(seconds),
                Long.toString(SEED),
                leak)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines;
    try (BufferedReader output = process.inputReader(UTF_8)) {
      lines = output.lines().toList();
    }
    assertThat(process.waitFor()).as("%s", lines).isZero();
    return Course.of(backend, lines);
  }

  private static void check(Course course) {
    assertThat(course.outcomes().keySet())
        .noneMatch(outcome -> outcome.contains("OUTSIDE"))
        .doesNotContain(Client.WRONG, "a broken source was stored")
        .anyMatch(outcome -> outcome.startsWith("get"))
        .anyMatch(outcome -> outcome.startsWith("put"));
    assertThat(isFlat(course)).as(growth(course)).isTrue();
    assertThat(course.after().descriptors()).isLessThan(course.before().descriptors() + 30);
    assertThat(course.after().threads()).isLessThan(course.before().threads() + 20);
  }

  private static boolean isFlat(Course course) {
    return course.growth(Course.Look::heap) < 4e6 + 0.2 * course.median(Course.Look::heap)
        && course.growth(Course.Look::descriptors) < 2 * Load.CLIENTS
        && course.growth(Course.Look::threads) < 2 * Load.CLIENTS;
  }

  private static String growth(Course course) {
    return String.format(
        "heap %.1f MB %+.1f, descriptors %.0f %+.0f, threads %.0f %+.0f",
        course.median(Course.Look::heap) / 1e6,
        course.growth(Course.Look::heap) / 1e6,
        course.median(Course.Look::descriptors),
        course.growth(Course.Look::descriptors),
        course.median(Course.Look::threads),
        course.growth(Course.Look::threads));
  }

  /** A hundredth of all requests comes to harm, each in one of six ways. */
  private static void makeWeather(FaultProxy proxy) {
    Random dice = new Random(SEED);
    Predicate<ProxiedRequest> rarely = request -> dice.nextInt(600) == 0;
    List<Fault> faults =
        List.of(
            Fault.slowDown().on(rarely),
            Fault.hangUp().on(rarely),
            Fault.silence().on(rarely),
            Fault.lostAnswer().on(rarely.and(ProxiedRequest::isWrite)),
            Fault.cutAfter(500).on(rarely.and(ProxiedRequest::isDownload)),
            Fault.flippedBitAt(100).on(rarely.and(ProxiedRequest::isDownload)));
    while (!Thread.currentThread().isInterrupted()) {
      faults.forEach(proxy::injectAlways);
      try {
        Thread.sleep(10_000);
      } catch (InterruptedException e) {
        return;
      }
      proxy.heal(); // lets go of those who were met with silence
      proxy.forgetRequests();
    }
  }

  /** The harness' way into other processes, which {@link Load} does not need. */
  static final class NoOther implements Function<String, ArtifactStore> {
    @Override
    public ArtifactStore apply(String target) {
      throw new AssertionError("The process under load opens its store itself");
    }
  }
}
