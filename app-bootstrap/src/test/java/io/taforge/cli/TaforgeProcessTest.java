package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.config.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No class of a backend's SDK is loaded unless that backend is chosen. */
class ClassLoadingTest extends CommandTest {
  private static final Map<Backend, List<String>> SDKS =
      Map.of(
          Backend.FILESYSTEM, List.of("org.apache.commons.vfs2."),
          Backend.MINIO, List.of("io.minio.", "okhttp3."),
          Backend.S3, List.of("software.amazon."));

  @ParameterizedTest
  @EnumSource(Backend.class)
  void theChosenSdkIsLoadedAndNoOther(Backend chosen) throws Exception {
    environment.putAll(settings(chosen));
    taforge("init");
    file("a.log", "x");

    List<String> loaded = loadedBy("samples", "upload", "a.log");
    SDKS.forEach(
        (backend, packages) ->
            packages.forEach(
                each -> {
                  Stream<String> ofSdk = loaded.stream().filter(name -> name.startsWith(each));
                  if (backend == chosen) {
                    assertThat(ofSdk).as("classes of %s", each).isNotEmpty();
                  } else {
                    assertThat(ofSdk).as("classes of %s", each).isEmpty();
                  }
                }));
  }

  /** The names of all classes that a JVM loads which runs this command and nothing else. */
  private List<String> loadedBy(String... arguments) throws IOException, InterruptedException {
    Path log = folder.resolve("classes");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:file=" + log + "::filecount=0",
            "-cp",
            System.getProperty("java.class.path"),
            Taforge.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(environment);
    Process process =
        builder
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    int code = process.waitFor();

    assertThat(folder.resolve("err")).isEmptyFile();
    assertThat(code).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains(" source: "))
          .map(line -> line.replaceAll("^(\\[[^]]*\\])*\\s*(\\S+) source: .*", "$2"))
          .toList();
    }
  }
}
