package io.taforge.adapter.filesystem;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is taken away from a process, and given back.
 *
 * @param name of it
 * @param disk what it must work on; null for any folder
 * @param isOpenedAfterwards whether the store is opened when it is missing already
 * @param taking takes it away
 * @param giving gives it back
 */
record Hardship(
    String name, @Nullable Disk disk, boolean isOpenedAfterwards, Deed taking, Deed giving) {

  /** Makes a disk. */
  @FunctionalInterface
  interface Disk {
    LoopDisk make() throws Exception;
  }

  /** Does something to a root and the process that works there. */
  @FunctionalInterface
  interface Deed {
    void to(Path root, long process) throws Exception;
  }

  /** How it went: what failed, and what is wrong. */
  record Outcome(List<String> failures, List<String> wrong) {}

  /**
   * Lets a process live through it, in this folder or on a disk of its own.
   *
   * @param how the process goes about it: {@code sloppy}, or not
   */
  Outcome in(Path folder, String how) throws Exception {
    if (disk == null) {
      return in(folder.resolve("root"), folder, how);
    }
    try (LoopDisk own = disk.make()) {
      return in(own.path().resolve("root"), folder, how);
    }
  }

  private Outcome in(Path root, Path folder, String how) throws Exception {
    Files.createDirectories(root);
    Process process =
        Jvm.start(
            prefix(),
            Map.of(),
            List.of("-XX:TieredStopAtLevel=1"),
            List.of(
                HardshipSubject.class.getName(),
                root.toString(),
                Files.createTempDirectory(folder, "warm").toString(),
                how));
    try {
      return lived(root, new Conversation(process));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** The superuser may do everything, so he is told not to; where he is not, nothing is needed. */
  private List<String> prefix() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    return List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
  }

  private Outcome lived(Path root, Conversation subject) throws Exception {
    List<String> wrong = new ArrayList<>();
    subject.order("fill");
    if (isOpenedAfterwards) {
      subject.order("close");
      subject.order("open");
    }
    Map<String, String> during;
    taking.to(root, subject.process().pid());
    try {
      during = subject.order("try");
    } finally {
      giving.to(root, subject.process().pid());
    }
    List<String> failures = new ArrayList<>();
    during.forEach(
        (call, outcome) -> {
          if (!outcome.startsWith("ok")) {
            failures.add(call + ": " + outcome);
          }
          if (outcome.startsWith("raw")) {
            wrong.add(call + " fails with something untyped: " + outcome);
          }
        });
    String state = subject.order("state").getOrDefault("state", "");
    expect(state, "a", during.get("put over"), FaultWorld.OLD, FaultWorld.NEW, wrong);
    expect(state, "b", during.get("delete"), FaultWorld.OLD, FaultWorld.ABSENT, wrong);
    expect(state, "c", during.get("put new"), FaultWorld.ABSENT, FaultWorld.NEW, wrong);
    subject
        .order("try")
        .forEach(
            (call, outcome) -> {
              if (!outcome.startsWith("ok")) {
                wrong.add(call + " fails when all is well again: " + outcome);
              }
            });
    String after = subject.order("state").getOrDefault("state", "");
    if (!after.equals("{a=new, b=absent, c=new}")) {
      wrong.add("in the end there is " + after);
    }
    String temporaries = subject.order("tidy").getOrDefault("temporaries", "?");
    if (!temporaries.equals("0")) {
      wrong.add(temporaries + " temporary files are left");
    }
    return new Outcome(failures, wrong);
  }

  private static void expect(
      String state,
      String sample,
      @Nullable String outcome,
      String before,
      String after,
      List<String> wrong) {
    boolean isDone = outcome != null && outcome.startsWith("ok");
    boolean isAfter = state.contains(sample + "=" + after);
    boolean isBefore = state.contains(sample + "=" + before);
    if (!isAfter && (isDone || !isBefore)) {
      wrong.add(sample + " is not what it should be after " + outcome + ": " + state);
    }
  }

  /** Says what is to be done, and reads what became of it. */
  private record Conversation(Process process, BufferedReader told) {
    Conversation(Process process) {
      this(process, process.inputReader());
    }

    Map<String, String> order(String order) throws IOException {
      process.outputWriter().write(order + "\n");
      process.outputWriter().flush();
      Map<String, String> answers = new LinkedHashMap<>();
      for (String line = told.readLine();
          !("followed " + order).equals(line);
          line = told.readLine()) {
        if (line == null || !line.contains("|")) {
          throw new IOException("The process says: " + line);
        }
        String[] words = line.split("\\|", 2);
        answers.put(words[0], words[1]);
      }
      return answers;
    }
  }
}
