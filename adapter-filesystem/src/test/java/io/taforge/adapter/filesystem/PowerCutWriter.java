package io.taforge.adapter.filesystem;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that writes with several threads until it cannot any more, again and again, and tells
 * of each step that is done. Each line of its input names the first step of each thread.
 */
final class PowerCutWriter {
  private PowerCutWriter() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      write(arguments[0], Path.of(arguments[1]), order.split(" "));
    }
    Runtime.getRuntime().halt(0);
  }

  private static void write(String name, Path root, String[] first) throws Exception {
    Contestant contestant = Contestant.open(name, root);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      int thread = i;
      int number = Integer.parseInt(first[i]);
      threads.add(new Thread(() -> write(contestant, thread, number)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    try {
      contestant.close();
    } catch (Exception e) {
      // there is no disk any more; what was open is closed all the same
    }
    System.out.println("stopped");
  }

  private static void write(Contestant contestant, int thread, int first) {
    try {
      for (int number = first; ; number++) {
        DurableStep step = new DurableStep(thread, number);
        if (step.isDelete()) {
          contestant.delete(step.sample());
        } else {
          contestant.put(step);
        }
        System.out.println("done " + thread + " " + number + ".");
      }
    } catch (Exception e) {
      String what = e.toString().lines().findFirst().orElse("");
      System.out.println("failed " + thread + " " + what);
    }
  }
}
