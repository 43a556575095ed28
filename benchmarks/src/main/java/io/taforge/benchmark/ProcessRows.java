package io.taforge.benchmark;

import io.taforge.benchmark.peer.Peers;
import io.taforge.benchmark.workload.Work;
import io.taforge.benchmark.workload.Works;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** P12 and P15: how a process starts, and how much memory it takes. */
final class ProcessRows {
  private static final Map<String, Peers> BACKENDS =
      Map.of(
          "S3", Peers.TAFORGE_S3,
          "MinIO", Peers.TAFORGE_MINIO,
          "folder", Peers.TAFORGE_FILESYSTEM);

  private ProcessRows() {}

  static List<Row> all(Effort effort) {
    return List.of(start(), memory(effort));
  }

  private static Row start() {
    List<Entry> entries =
        List.of(
            Entry.command("taforge, folder", Peers.COMMAND_FILESYSTEM),
            Entry.command("taforge, S3", Peers.COMMAND_S3),
            Entry.command("taforge, folder, JDK 25", Peers.COMMAND_FILESYSTEM_25),
            Entry.command("taforge, S3, JDK 25", Peers.COMMAND_S3_25),
            Entry.command("JVM that greets, JDK 25", Peers.GREETING_25),
            Entry.command(Names.AWS_COMMAND, Peers.AWS_COMMAND),
            Entry.command(Names.S3CMD, Peers.S3CMD),
            Entry.command(Names.RCLONE, Peers.RCLONE));
    return new Row(
        "P12",
        "From the start of a command to a stored sample",
        List.of(
            new Workload(
                "start",
                "start, store 10 KB, end",
                Place.NULL_SERVER,
                Works.uploadSmall(10 << 10),
                Quantity.milliseconds(),
                false,
                entries)),
        Targets.start());
  }

  private static Row memory(Effort effort) {
    Quantity speed = Quantity.megabytes(2 * effort.bigFile());
    List<Workload> workloads = new ArrayList<>();
    for (String backend : List.of("S3", "MinIO", "folder")) {
      Peers peer = BACKENDS.getOrDefault(backend, Peers.TAFORGE_S3);
      workloads.add(
          once(
              "both-ways-" + backend,
              "up and down, " + (effort.bigFile() >> 20) + " MB, " + backend,
              Works.bothWays(),
              speed,
              List.of(
                  entry(Names.TAFORGE, peer).withHeap("64m"),
                  entry("taforge, 32 MB", peer).withHeap("32m"))));
    }
    workloads.add(
        once(
            "sixteen",
            "16 uploads at once",
            Works.uploads(16),
            Quantity.megabytes(16 * effort.bigFile()),
            List.of(entry(Names.TAFORGE, Peers.TAFORGE_S3).withHeap("256m"))));
    workloads.add(
        once(
            "million",
            "list of " + effort.mostObjects() + " keys",
            Works.list(effort.mostObjects()),
            Quantity.microsecondsFor(effort.mostObjects(), "key"),
            List.of(entry(Names.TAFORGE, Peers.TAFORGE_S3).withHeap("64m"))));
    return new Row("P15", "Memory", workloads, Targets.memory());
  }

  private static Workload once(
      String id, String title, Work.Factory work, Quantity quantity, List<Entry> entries) {
    return new Workload(id, title, Place.NULL_SERVER, work, quantity, true, entries);
  }

  private static Entry entry(String name, Peers peer) {
    return Entry.of(name, peer, 1);
  }
}
