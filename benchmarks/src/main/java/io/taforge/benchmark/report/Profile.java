package io.taforge.benchmark.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a contestant's time went, by what JDK Flight Recorder has seen of its threads: Java that
 * ran, and native calls, whether they did something or waited. What the JDK does counts for who has
 * called it, unless it is one of those things that many call and that take long.
 */
final class Profile {
  private static final String JAVA = "jdk.ExecutionSample";
  private static final String NATIVE = "jdk.NativeMethodSample";
  private static final String TURNS = "io.taforge.benchmark.Turns";
  private static final String ELSE = "the JDK itself";

  private static final Map<String, String> CALLS =
      Map.of(
          "sun.security.provider.SHA2", "SHA-256",
          "sun.security.provider.DigestBase", "SHA-256",
          "sun.nio.ch.SocketDispatcher", "calls of sockets, waiting included",
          "sun.nio.ch.Net", "calls of sockets, waiting included",
          "sun.nio.ch.NioSocketImpl", "calls of sockets, waiting included",
          "sun.nio.ch.FileDispatcherImpl", "calls of files, waiting included",
          "sun.nio.fs.UnixNativeDispatcher", "calls of files, waiting included",
          "java.io.RandomAccessFile", "calls of files, waiting included",
          "java.io.FileInputStream", "calls of files, waiting included",
          "sun.nio.ch.EPoll", "calls of sockets, waiting included");

  private static final List<String> OWNERS =
      List.of(
          "io.taforge.benchmark",
          "io.taforge.adapter",
          "io.taforge.storage.remote",
          "io.taforge.storage",
          "io.taforge.artifact",
          "software.amazon.awssdk",
          "io.minio",
          "okhttp3",
          "okio",
          "org.apache.commons",
          "com.fasterxml",
          "org.openjdk.jmh");

  private final Map<String, Integer> samples = new TreeMap<>();
  private int total;

  private Profile() {}

  /** Of a recording. */
  static Profile of(Path recording) throws IOException {
    Profile profile = new Profile();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        String type = event.getEventType().getName();
        if ((type.equals(JAVA) || type.equals(NATIVE)) && event.getStackTrace() != null) {
          profile.add(event.getStackTrace());
        }
      }
    }
    return profile;
  }

  private void add(RecordedStackTrace stack) {
    String owner = owner(stack.getFrames());
    boolean isWaitingForTurn =
        owner.equals("org.openjdk.jmh")
            || stack.getFrames().stream().anyMatch(each -> isOf(each, TURNS));
    if (!isWaitingForTurn) {
      samples.merge(owner, 1, Integer::sum);
      total++;
    }
  }

  private static boolean isOf(RecordedFrame frame, String type) {
    return frame.getMethod().getType().getName().equals(type);
  }

  private static String owner(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      String type = frame.getMethod().getType().getName();
      String call = CALLS.get(type.replaceFirst("\\$.*", ""));
      if (call != null) {
        return call;
      }
      for (String each : OWNERS) {
        if (type.startsWith(each + ".")) {
          return each;
        }
      }
    }
    return ELSE;
  }

  boolean isEmpty() {
    return total == 0;
  }

  /** The largest parts first, as rows of a table; those below a hundredth are left out. */
  List<String> rows() {
    return samples.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .filter(each -> 100 * each.getValue() >= total)
        .map(
            each ->
                "| " + each.getKey() + " | " + Math.round(100.0 * each.getValue() / total) + " % |")
        .toList();
  }
}
