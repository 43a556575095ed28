package io.taforge.adapter.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Watches threads with {@code strace}, and may let a system call of each of them fail. */
final class Injection implements AutoCloseable {
  private static final Pattern CALL =
      Pattern.compile("(\\d+) +(?:<\\.\\.\\. )?([a-z0-9_]+)(\\(| resumed).*");

  private final Process strace;
  private final List<Long> threads;
  private final Path log;

  private Injection(Process strace, List<Long> threads, Path log) {
    this.strace = strace;
    this.threads = threads;
    this.log = log;
  }

  /** Why nothing can be injected here; empty if it can. */
  static Optional<String> unavailable() {
    if (!System.getProperty("os.name", "").startsWith("Linux")) {
      return Optional.of("System calls are watched as Linux has them");
    }
    if (!LoopDisk.isInstalled("strace")) {
      return Optional.of("strace is not installed (Debian: strace)");
    }
    return mayWatch() ? Optional.empty() : Optional.of("Only root may watch other processes here");
  }

  private static boolean mayWatch() {
    try {
      Path scope = Path.of("/proc/sys/kernel/yama/ptrace_scope");
      return "root".equals(System.getProperty("user.name"))
          || Files.notExists(scope)
          || Files.readString(scope).strip().equals("0");
    } catch (IOException e) {
      return false;
    }
  }

  /** Watches what these threads call of these system calls. */
  static Injection watching(List<Long> threads, List<String> calls) throws IOException {
    return attached(threads, List.of("-e", "trace=" + known(calls)));
  }

  /** Lets the nth such call of each of these threads fail. */
  static Injection failing(List<Long> threads, FaultPoint point) throws IOException {
    String call = known(List.of(point.call()));
    String how = ":error=" + point.error() + ":when=" + point.nth();
    return attached(threads, List.of("-e", "trace=" + call, "-e", "inject=" + call + how));
  }

  /** With a question mark strace minds no call that this machine does not have. */
  private static String known(List<String> calls) {
    return "?" + String.join(",?", calls);
  }

  private static Injection attached(List<Long> threads, List<String> what) throws IOException {
    Path log = Files.createTempFile("taforge-strace", ".log");
    List<String> command = new ArrayList<>(List.of("strace", "-o", log.toString()));
    command.addAll(what);
    threads.forEach(thread -> command.addAll(List.of("-p", Long.toString(thread))));
    Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader told = strace.inputReader();
    int attached = 0;
    List<String> strange = new ArrayList<>();
    while (attached < threads.size()) {
      String line = told.readLine();
      if (line == null) {
        Files.delete(log);
        throw new IOException("strace cannot attach: " + strange);
      }
      if (line.endsWith(" attached")) {
        attached++;
      } else {
        strange.add(line);
      }
    }
    return new Injection(strace, threads, log);
  }

  /** How often each thread has called each system call; to be asked after it was stopped. */
  Map<Long, Map<String, Integer>> calls() throws IOException {
    Map<Long, Map<String, Integer>> calls = new HashMap<>();
    for (String line : lines()) {
      Matcher call = CALL.matcher(line);
      if (call.matches() && call.group(3).equals("(")) {
        calls
            .computeIfAbsent(Long.valueOf(call.group(1)), unknown -> new HashMap<>())
            .merge(call.group(2), 1, Integer::sum);
      }
    }
    return calls;
  }

  /** The threads of which a call has failed; to be asked after it was stopped. */
  Set<Long> hit() throws IOException {
    Set<Long> hit = new HashSet<>();
    for (String line : lines()) {
      Matcher call = CALL.matcher(line);
      if (call.matches() && line.endsWith("(INJECTED)")) {
        hit.add(Long.valueOf(call.group(1)));
      }
    }
    return hit;
  }

  /** What strace has written; of a single thread it does not say which it is. */
  private List<String> lines() throws IOException {
    String prefix = threads.size() == 1 ? threads.get(0) + " " : "";
    return Files.readAllLines(log, UTF_8).stream().map(line -> prefix + line).toList();
  }

  /** Lets the threads alone. */
  void stop() throws InterruptedException {
    strace.destroy();
    strace.waitFor();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stop();
    Files.deleteIfExists(log);
  }
}
