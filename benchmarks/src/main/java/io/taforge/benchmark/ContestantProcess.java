package io.taforge.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A contestant's process, as seen by the one that has started it. */
final class ContestantProcess implements AutoCloseable {
  private static final Duration TO_PREPARE = Duration.ofMinutes(10);
  private static final Duration FOR_A_TURN = Duration.ofMinutes(10);
  private static final String GONE = Turns.FAILED + "its process has ended";

  private final Assignment assignment;
  private final Process process;
  private final BufferedWriter out;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final List<Round> rounds = new ArrayList<>();
  private Optional<String> problem = Optional.empty();
  private double allocatedBytes = Double.NaN;
  private double peakMegabytes = Double.NaN;

  private ContestantProcess(Assignment assignment, Process process) {
    this.assignment = assignment;
    this.process = process;
    this.out = process.outputWriter(StandardCharsets.UTF_8);
    Thread listener = new Thread(this::listen, "listener");
    listener.setDaemon(true);
    listener.start();
  }

  /** Starts it and waits until it is ready; what its libraries print goes to the file. */
  static ContestantProcess start(Assignment assignment, List<String> options, Path log)
      throws IOException {
    List<String> all = new ArrayList<>(options);
    all.add("-Djmh.ignoreLock=true"); // there are several at once, but they take turns
    ProcessBuilder builder =
        Jvm.command(
                all,
                Contestant.class,
                assignment.arguments(),
                jar -> Names.isTransferManager(assignment.entry()) || !isTransferManager(jar))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put(Assignment.SECRET, assignment.site().secretKey());
    assignment
        .site()
        .certificate()
        .ifPresent(file -> builder.environment().put("SSL_CERT_FILE", file.toString()));
    ContestantProcess contestant = new ContestantProcess(assignment, builder.start());
    contestant.expect(Turns.READY, TO_PREPARE);
    return contestant;
  }

  /** It has all clients of a JVM copy the configuration of each request that has one. */
  private static boolean isTransferManager(String jar) {
    return jar.contains("s3-transfer-manager");
  }

  boolean isAlive() {
    return problem.isEmpty();
  }

  /** Gives it one turn. */
  void takeTurn(boolean isWarmUp, boolean isLast) {
    say(Turns.GO);
    Optional<String> line = expect(Turns.ROUND, FOR_A_TURN);
    if (line.isPresent() && !isWarmUp) {
      String[] numbers = line.get().split(" ", -1);
      rounds.add(new Round(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])));
    }
    if (line.isPresent() && !isLast) {
      expect(Turns.READY, FOR_A_TURN);
    }
  }

  /** What it has done. */
  Measurement result() {
    if (problem.isEmpty()) {
      expect(Turns.END, FOR_A_TURN)
          .map(line -> line.split(" ", -1))
          .ifPresent(
              numbers -> {
                allocatedBytes = Double.parseDouble(numbers[0]);
                peakMegabytes = Double.parseDouble(numbers[1]);
              });
    }
    return problem
        .map(text -> Measurement.failed(assignment.workload(), assignment.entry(), text))
        .orElseGet(
            () ->
                new Measurement(
                    assignment.workload(),
                    assignment.entry(),
                    rounds,
                    allocatedBytes,
                    peakMegabytes,
                    Optional.empty()));
  }

  @Override
  public void close() throws InterruptedException {
    if (!process.waitFor(3, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** The rest of a line that begins like this; empty if it is another. */
  private Optional<String> expect(String start, Duration within) {
    String line = next(within);
    if (line.startsWith(start)) {
      return Optional.of(line.substring(start.length()));
    }
    problem =
        Optional.of(line.startsWith(Turns.FAILED) ? line.substring(Turns.FAILED.length()) : line);
    return Optional.empty();
  }

  private String next(Duration within) {
    try {
      String line = said.poll(within.toSeconds(), TimeUnit.SECONDS);
      return line == null ? Turns.FAILED + "it did not come to an end within " + within : line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Turns.FAILED + "the run was interrupted";
    }
  }

  private void say(String line) {
    try {
      out.write(line);
      out.newLine();
      out.flush();
    } catch (IOException e) {
      said.add(GONE);
    }
  }

  private void listen() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      in.lines().filter(Turns::isWord).forEach(said::add); // a JVM may print, too
    } catch (IOException | UncheckedIOException e) {
      // it has gone
    }
    said.add(GONE);
  }
}
