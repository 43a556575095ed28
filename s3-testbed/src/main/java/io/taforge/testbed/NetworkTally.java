package io.taforge.testbed;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Counts what became of calls over a bad network. */
final class NetworkTally {
  /** What became of a call. */
  enum Result {
    /** It succeeded, and what it came to is true. */
    SUCCESS("ok"),
    /** It failed in a way that is documented, and left nothing that is neither old nor new. */
    FAILURE("failed"),
    /** It came to what is not true, or left what is neither old nor new. */
    WRONG("WRONG"),
    /** It came to what is not true, and nobody could have known. */
    UNKNOWABLE("unknowable"),
    /** It did not come to an end. */
    HANG("HANG"),
    /** It failed in a way that no documentation tells of. */
    OTHER("OTHER");

    private final String word;

    Result(String word) {
      this.word = word;
    }
  }

  private record Cell(FaultKind kind, NetworkTask task, Result result) {}

  private final Map<Cell, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> examples = new ConcurrentLinkedQueue<>();
  private final AtomicInteger orphans = new AtomicInteger();
  private final AtomicLong strays = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();

  void add(FaultKind kind, NetworkTask task, Result result, String detail, long nanos, int open) {
    counts
        .computeIfAbsent(new Cell(kind, task, result), any -> new AtomicInteger())
        .incrementAndGet();
    orphans.addAndGet(open);
    longestNanos.accumulateAndGet(nanos, Math::max);
    if (result != Result.SUCCESS && result != Result.FAILURE) {
      examples.add(result.word + ": " + task + " with " + kind.words() + ", " + detail);
    }
  }

  /** So many requests went to a host that nobody was to ask. */
  void strayed(long requests) {
    strays.addAndGet(requests);
  }

  /** How many requests went to a host that nobody was to ask. */
  long strays() {
    return strays.get();
  }

  int count(Result result) {
    return counts.entrySet().stream()
        .filter(each -> each.getKey().result() == result)
        .mapToInt(each -> each.getValue().get())
        .sum();
  }

  int count(NetworkTask task, Result result) {
    return counts.entrySet().stream()
        .filter(each -> each.getKey().task() == task && each.getKey().result() == result)
        .mapToInt(each -> each.getValue().get())
        .sum();
  }

  /** What is neither a success nor a documented failure, in words. */
  List<String> examples() {
    return List.copyOf(examples);
  }

  Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  /** All in one line. */
  String line() {
    return counts.values().stream().mapToInt(AtomicInteger::get).sum()
        + " calls, "
        + count(Result.SUCCESS)
        + " verified successes, "
        + count(Result.FAILURE)
        + " documented failures, "
        + count(Result.WRONG)
        + " silently wrong, "
        + count(Result.HANG)
        + " hangs, "
        + count(Result.OTHER)
        + " other exceptions, "
        + count(Result.UNKNOWABLE)
        + " wrong listings that nobody can know, "
        + orphans
        + " uploads left open, "
        + strays
        + " requests to another host, longest call "
        + longest().toMillis()
        + " ms";
  }

  /** A row for each kind, in Markdown. */
  String table() {
    StringBuilder table = new StringBuilder("| fault |");
    Arrays.stream(NetworkTask.values()).forEach(task -> table.append(" " + words(task) + " |"));
    table.append("\n|---|").append("---|".repeat(NetworkTask.values().length)).append("\n");
    for (FaultKind kind : FaultKind.values()) {
      table.append("| " + kind.words() + " |");
      for (NetworkTask task : NetworkTask.values()) {
        table.append(" " + cell(kind, task) + " |");
      }
      table.append("\n");
    }
    return table.toString();
  }

  private String cell(FaultKind kind, NetworkTask task) {
    Map<Result, Integer> found = new EnumMap<>(Result.class);
    counts.forEach(
        (cell, count) -> {
          if (cell.kind() == kind && cell.task() == task) {
            found.put(cell.result(), count.get());
          }
        });
    return found.entrySet().stream()
        .map(each -> each.getValue() + " " + each.getKey().word)
        .collect(Collectors.joining(", "));
  }

  private static String words(NetworkTask task) {
    return task.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
