package io.taforge.benchmark.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is started anew for each transfer, as in a shell. */
final class CommandPeer implements Peer {
  /** The words of a command. */
  interface Words {
    List<String> of(Site site, String key, Path file);
  }

  private final Site site;
  private final Map<String, String> environment;
  private final Words upload;
  private final Words download;

  CommandPeer(Site site, Map<String, String> environment, Words upload, Words download) {
    this.site = site;
    this.environment = environment;
    this.upload = upload;
    this.download = download;
  }

  @Override
  public void upload(String key, Path file) throws IOException, InterruptedException {
    run(upload.of(site, key, file));
  }

  @Override
  public void download(String key, Path file) throws IOException, InterruptedException {
    run(download.of(site, key, file));
  }

  @Override
  public void close() {
    // each has ended
  }

  private void run(List<String> words) throws IOException, InterruptedException {
    Path first = Path.of(words.get(0));
    if (first.isAbsolute() && !Files.isExecutable(first)) {
      throw new UnsupportedOperationException(first + " is not installed");
    }
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(words));
    builder.environment().remove("AWS_CA_BUNDLE"); // rclone does not start with it
    builder.environment().putAll(environment);
    builder.directory(site.folder().toFile()).redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String said;
    try (InputStream output = process.getInputStream()) {
      said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", words) + ": " + said);
    }
  }
}
