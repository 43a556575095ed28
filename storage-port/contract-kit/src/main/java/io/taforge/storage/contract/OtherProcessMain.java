package io.taforge.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.WriteCondition;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Creates many samples in a process of its own, and says which of them it was the first to. */
final class OtherProcessMain {
  private static final String READY = "ready";

  private OtherProcessMain() {}

  /** Starts when a line comes in; then each line that goes out is a name that was won. */
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    RequestId request = RequestId.parse(args[2]);
    int races = Integer.parseInt(args[3]);
    ContentSource content = ContentSource.of(args[4].getBytes(UTF_8));
    try (ArtifactStore store = opener(args[0]).apply(args[1])) {
      System.out.println(READY);
      in.readLine();
      for (int i = 0; i < races; i++) {
        FileName name = FileName.of(i + ".log");
        try {
          store.put(
              new LogSample(request, name),
              content,
              PutOptions.defaults().on(WriteCondition.ifAbsent()));
          System.out.println(name);
        } catch (StorageConflictException e) {
          // the other one was first
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Function<String, ArtifactStore> opener(String name)
      throws ReflectiveOperationException {
    return (Function<String, ArtifactStore>)
        Class.forName(name).asSubclass(Function.class).getDeclaredConstructor().newInstance();
  }

  static Running start(OtherProcess other, RequestId request, int races, String name)
      throws IOException {
    return new Running(
        name,
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcessMain.class.getName(),
                other.opener().getName(),
                other.space(),
                request.toString(),
                Integer.toString(races),
                name)
            .redirectError(Redirect.INHERIT)
            .start());
  }

  /** The other end of such a process. */
  record Running(String name, Process process) {
    void awaitReady() throws IOException {
      String line = process.inputReader(UTF_8).readLine();
      if (!READY.equals(line)) {
        throw new AssertionError("The process " + name + " did not start: " + line);
      }
    }

    void go() {
      try (BufferedWriter out =
          new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8))) {
        out.newLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    List<String> awaitWon() throws InterruptedException {
      List<String> won = process.inputReader(UTF_8).lines().toList();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError("The process " + name + " did not end well");
      }
      return won;
    }
  }
}
