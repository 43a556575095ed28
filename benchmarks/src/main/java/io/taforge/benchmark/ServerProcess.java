package io.taforge.benchmark;

import io.taforge.benchmark.server.NullServer;
import io.taforge.benchmark.server.ServerPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A null server in a process of its own, so that its CPU is nobody else's. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final URI endpoint;

  private ServerProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  static ServerProcess start(ServerPlan plan) throws IOException {
    Process process =
        Jvm.command(
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                NullServer.class,
                List.of(Long.toString(plan.delayNanos()), Long.toString(plan.bytesPerSecond())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (line == null) {
      process.destroyForcibly();
      throw new IOException("The null server does not start");
    }
    return new ServerProcess(process, URI.create(line));
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(3, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
