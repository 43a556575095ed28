package io.taforge.adapter.filesystem;

import io.taforge.storage.StorageException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that does every {@link Deed}, each in a thread of its own, while somebody lets system
 * calls of these threads fail. It reads what to do next, line by line.
 */
final class FaultSubject {
  private FaultSubject() {}

  public static void main(String[] arguments) throws Exception {
    Path base = Path.of(arguments[0]);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<FaultTrial> trials = new ArrayList<>();
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ");
      switch (words[0]) {
        case "prepare" -> {
          Path round = Files.createTempDirectory(base, "round");
          for (String index : List.of(words).subList(1, words.length)) {
            Deed deed = deeds().get(Integer.parseInt(index));
            trials.add(FaultTrial.begin(deed, round.resolve(index)));
          }
          System.out.println(
              trials.stream()
                  .map(trial -> Long.toString(trial.thread()))
                  .collect(Collectors.joining(" ", "threads ", "")));
        }
        case "run" -> {
          for (FaultTrial trial : trials) {
            trial.run();
          }
          System.out.println("ran");
        }
        case "judge" -> {
          for (FaultTrial trial : trials) {
            System.out.println("verdict " + trial.verdict());
          }
          System.out.println("judged");
          trials.clear();
          try (Stream<Path> rounds = Files.list(base)) {
            for (Path round : rounds.toList()) {
              FolderHarness.delete(round);
            }
          }
        }
        default -> throw new IllegalArgumentException(order);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /** In this order everywhere. */
  static List<Deed> deeds() {
    return Stream.concat(Deeds.all().stream(), SloppyDeeds.all().stream()).toList();
  }

  /** In one line. */
  static String told(Throwable failure) {
    String what = failure instanceof StorageException ? "" : "raw ";
    return what + failure.getClass().getSimpleName() + ": " + oneLine(failure.getMessage());
  }

  static String oneLine(String text) {
    return String.valueOf(text).replaceAll("[|\\s]+", " ");
  }
}
