package io.taforge.benchmark;

import io.taforge.benchmark.Target.Itself;
import io.taforge.benchmark.Target.More;
import io.taforge.benchmark.Target.Subject;
import io.taforge.benchmark.Target.Times;
import java.util.ArrayList;
import java.util.List;

/** All gates and goals: what must hold, and what is gone for. */
final class Targets {
  private Targets() {}

  static List<Target> put(boolean isOnCeph, String place) {
    String peer = isOnCeph ? Names.AWS_TUNED : Names.AWS;
    List<Target> targets = new ArrayList<>();
    for (String size : List.of("1k", "64k")) {
      String workload = "put-" + size + place;
      String id = "P1." + size + place;
      double goal = size.equals("1k") ? 1.9 : 2.7;
      targets.add(
          Target.atMost(
              id + ".cpu",
              "CPU of " + workload + " to " + peer,
              Metric.CPU,
              ours(workload),
              new Subject(workload, peer),
              0.80));
      targets.add(
          speed(id + ".speed", "speed of " + workload + " to " + peer, workload, peer, 1.2)
              .goal(goal));
      if (!isOnCeph) {
        targets.add(
            speed(
                    id + ".opendal",
                    "speed of " + workload + " to OpenDAL",
                    workload,
                    Names.OPENDAL,
                    1)
                .onlyAsGoal());
      }
    }
    return targets;
  }

  static List<Target> get(boolean isOnCeph, String place) {
    String peer = isOnCeph ? Names.AWS_TUNED : Names.AWS;
    List<Target> targets = new ArrayList<>();
    for (String size : List.of("1k", "64k")) {
      String workload = "get-" + size + place;
      targets.add(
          speed(
                  "P2." + size + place + ".speed",
                  "speed of " + workload + " to " + peer,
                  workload,
                  peer,
                  1.0)
              .goal(1.25));
    }
    return targets;
  }

  static List<Target> client() {
    List<Target> targets = new ArrayList<>();
    for (String workload : List.of("put", "get")) {
      Subject direct = new Subject(workload, Names.SAME_REQUEST);
      targets.add(
          Target.atMost(
                  "P3." + workload + ".cpu",
                  "CPU of " + workload + " to the client below",
                  Metric.CPU,
                  ours(workload),
                  direct,
                  1.05)
              .goal(1.01));
      targets.add(
          Target.atMost(
              "P3." + workload + ".garbage",
              "KiB of garbage of " + workload + " beyond the client below",
              Metric.GARBAGE,
              ours(workload),
              new More(direct, 1024),
              4));
    }
    return targets;
  }

  static List<Target> upload(boolean isOnCeph, String place) {
    String workload = "upload" + place;
    String id = "P4" + place;
    if (isOnCeph) {
      return List.of(
          speed(
                  id + ".speed",
                  "speed of " + workload + " to " + Names.AWS_TUNED,
                  workload,
                  Names.AWS_TUNED,
                  1.6)
              .goal(5),
          inOneRequest(id, workload, Names.AWS_TUNED));
    }
    return List.of(
        speed(
                id + ".speed",
                "speed of " + workload + " to putObject of " + Names.AWS,
                workload,
                Names.AWS,
                1.6)
            .goal(5),
        inOneRequest(id, workload, Names.AWS),
        speed(id + ".socket", "speed to a raw socket", workload, Names.SOCKET, 0.85).onlyAsGoal(),
        speed(id + ".crt", "speed to the " + Names.CRT, workload, Names.CRT, 1.5).onlyAsGoal());
  }

  static List<Target> uploadStream() {
    return List.of(
        speed("P5.speed", "speed at -Xmx64m to the CRT's stream", "stream", Names.CRT, 0.95)
            .goal(1.8),
        Target.atLeast(
                "P5.one",
                "the same in one request",
                Metric.SPEED,
                new Subject("stream", Names.ONE_REQUEST),
                new Subject("stream", Names.CRT),
                0.95)
            .onlyAsGoal());
  }

  static List<Target> download(boolean isOnCeph, String place) {
    String workload = "download" + place;
    String id = "P6" + place;
    String peer = isOnCeph ? Names.AWS_TUNED : Names.AWS;
    String title = "speed of " + workload + " to toFile of " + peer;
    Target speed = speed(id + ".speed", title, workload, peer, 1.5).goal(2);
    Target digest =
        speed(id + ".sha256", "speed to SHA-256 alone", workload, Names.SHA256, 0.9).onlyAsGoal();
    return isOnCeph ? List.of(speed) : List.of(speed, digest);
  }

  static List<Target> link100() {
    String client = "taforge, 8 parts at once";
    Subject eight = new Subject("upload", client);
    return List.of(
        Target.atLeast(
            "P7.upload",
            "speed of 8 parts at once to a single put",
            Metric.SPEED,
            eight,
            new Subject("upload", Names.AWS),
            6),
        Target.atLeast(
                "P7.crt",
                "speed of 8 parts at once to the " + Names.CRT,
                Metric.SPEED,
                eight,
                new Subject("upload", Names.CRT),
                1)
            .onlyAsGoal(),
        Target.atLeast(
                "P7.download",
                "speed of a download, 8 ranges at once, to one get",
                Metric.SPEED,
                new Subject("download", client),
                new Subject("download", Names.AWS),
                4)
            .onlyAsGoal());
  }

  static List<Target> minio() {
    return List.of(
        speed("P8.file", "speed of a file to stock", "upload", Names.MINIO, 6).goal(8.5),
        inOneRequestToStock("P8.file.one", "file", "upload"),
        speed("P8.stream", "speed of a stream to stock", "stream", Names.MINIO, 6).goal(7.5),
        inOneRequestToStock("P8.stream.one", "stream", "stream"),
        speed("P8.put", "speed of put 1 KB to stock", "put-1k", Names.MINIO, 1).goal(1.7),
        speed("P8.get", "speed of get 1 KB to stock", "get-1k", Names.MINIO, 1).goal(1.7));
  }

  static List<Target> list(int count) {
    return List.of(
        time("P9.time", "time to the SDK's paginator", "list", Names.AWS, 0.20).goal(0.13),
        Target.atMost(
            "P9.garbage",
            "bytes of garbage a key",
            Metric.GARBAGE,
            ours("list"),
            new Itself(count),
            1024),
        speed("P9.scan", "speed at 20 ms a page to the paginator", "list-slow", Names.AWS, 3)
            .goal(5));
  }

  static List<Target> delete() {
    return List.of(
        time("P10.time", "time to the SDK's batches", "delete", Names.AWS, 1.05).goal(0.55),
        Target.atMost(
                "P10.minio",
                "time of the MinIO adapter to removeObjects",
                Metric.TIME,
                new Subject("delete", "taforge, MinIO"),
                new Subject("delete", Names.MINIO),
                0.2)
            .onlyAsGoal());
  }

  static List<Target> link() {
    return List.of(
        speed("P11.s3", "speed to S3Presigner", "link", Names.AWS, 10).goal(18),
        Target.atLeast(
                "P11.minio",
                "speed of the MinIO adapter to its SDK",
                Metric.SPEED,
                new Subject("link", "taforge, MinIO"),
                new Subject("link", Names.MINIO),
                10)
            .goal(18),
        Target.atLeast(
                "P11.local",
                "millions a second on a folder",
                Metric.SPEED,
                new Subject("link", "taforge, folder"),
                new Itself(1e6),
                1)
            .onlyAsGoal());
  }

  static List<Target> start() {
    Subject aws = new Subject("start", Names.AWS_COMMAND);
    return List.of(
        Target.atMost(
            "P12.filesystem",
            "time on a folder to aws",
            Metric.TIME,
            new Subject("start", "taforge, folder"),
            aws,
            0.75),
        Target.atMost(
            "P12.s3",
            "time on S3 to aws",
            Metric.TIME,
            new Subject("start", "taforge, S3"),
            aws,
            0.85),
        Target.atMost(
                "P12.s3.25",
                "time on S3 and JDK 25 to aws",
                Metric.TIME,
                new Subject("start", "taforge, S3, JDK 25"),
                aws,
                0.45)
            .onlyAsGoal(),
        Target.atMost(
                "P12.filesystem.25",
                "time on a folder and JDK 25 to a JVM that greets",
                Metric.TIME,
                new Subject("start", "taforge, folder, JDK 25"),
                new Subject("start", "JVM that greets, JDK 25"),
                2)
            .onlyAsGoal());
  }

  static List<Target> smallFiles() {
    Subject sixteen = new Subject("put", "taforge, 16 threads");
    return List.of(
        time("P13.put", "time of a put to NIO with the same promise", "put", Names.NIO, 1.10)
            .goal(1.03),
        Target.atMost(
                "P13.put16",
                "time of a put by 16 threads to NIO by as many",
                Metric.TIME,
                sixteen,
                new Subject("put", Names.NIO + ", 16 threads"),
                1.10)
            .goal(1.03),
        Target.atLeast(
                "P13.threads",
                "speed of 16 threads to one",
                Metric.SPEED,
                sixteen,
                ours("put"),
                3.5)
            .goal(4),
        time("P13.get", "time of a get to NIO", "get", Names.NIO, 1.15).goal(1.05),
        speed("P13.list", "speed of a list to findFiles of VFS", "list", Names.VFS, 3));
  }

  static List<Target> largeFiles() {
    return List.of(
        speed("P14.put", "speed of a durable put to SHA-256 alone", "put", Names.SHA256, 0.85)
            .goal(0.95),
        speed("P14.get", "speed of a verified get to SHA-256 alone", "get", Names.SHA256, 0.85)
            .goal(0.95));
  }

  static List<Target> memory() {
    List<Target> targets = new ArrayList<>();
    for (String backend : List.of("S3", "MinIO", "folder")) {
      String workload = "both-ways-" + backend;
      targets.add(
          Target.atMost(
              "P15." + backend + ".rss",
              "MB of RSS, both ways at -Xmx64m, " + backend,
              Metric.RSS,
              ours(workload),
              new Itself(1),
              200));
      targets.add(
          Target.done(
                  "P15." + backend + ".32m",
                  "both ways at -Xmx32m, " + backend,
                  new Subject(workload, "taforge, 32 MB"))
              .onlyAsGoal());
    }
    targets.add(Target.done("P15.sixteen", "sixteen uploads at once at -Xmx256m", ours("sixteen")));
    targets.add(Target.done("P15.million", "all keys listed at -Xmx64m", ours("million")));
    return targets;
  }

  /** Flat is what grows by no more than half from 10,000 objects to the most. */
  static List<Target> growth(String kind, String place, int from, int to) {
    String what = kind + "-" + place;
    Subject most = ours(what + "-" + to);
    Subject fewer = ours(what + "-" + from);
    return List.of(
        Target.atMost(
            "P16." + what + ".time",
            "time of an object, " + what + ", " + to + " to " + from,
            Metric.TIME,
            most,
            new Times(fewer, (double) to / from),
            1.5),
        Target.atMost(
            "P16." + what + ".memory",
            "RSS, " + what + ", " + to + " to " + from,
            Metric.RSS,
            most,
            fewer,
            1.5));
  }

  private static Target inOneRequest(String id, String workload, String peer) {
    return Target.atLeast(
            id + ".one",
            "speed of " + workload + " in one request to " + peer,
            Metric.SPEED,
            new Subject(workload, Names.ONE_REQUEST),
            new Subject(workload, peer),
            1.6)
        .onlyAsGoal();
  }

  private static Target inOneRequestToStock(String id, String what, String workload) {
    return Target.atLeast(
            id,
            "speed of a " + what + " in one request to stock",
            Metric.SPEED,
            new Subject(workload, Names.ONE_REQUEST),
            new Subject(workload, Names.MINIO),
            6)
        .onlyAsGoal();
  }

  private static Subject ours(String workload) {
    return new Subject(workload, Names.TAFORGE);
  }

  private static Target speed(String id, String title, String workload, String peer, double gate) {
    return Target.atLeast(
        id, title, Metric.SPEED, ours(workload), new Subject(workload, peer), gate);
  }

  private static Target time(String id, String title, String workload, String peer, double gate) {
    return Target.atMost(id, title, Metric.TIME, ours(workload), new Subject(workload, peer), gate);
  }
}
