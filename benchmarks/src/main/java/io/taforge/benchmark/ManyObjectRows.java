package io.taforge.benchmark;

import io.taforge.benchmark.peer.Peers;
import io.taforge.benchmark.workload.Upkeep;
import io.taforge.benchmark.workload.Work;
import io.taforge.benchmark.workload.Works;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** P9 to P11 and P16: many keys at once, and links to them. */
final class ManyObjectRows {
  private static final int KEYS = 100_000;
  private static final int DELETED = 10_000;
  private static final int LITTLE = 10_000;

  private ManyObjectRows() {}

  static List<Row> all(Effort effort) {
    return List.of(list(), delete(), link(), growth(effort));
  }

  private static Row list() {
    List<Entry> entries =
        List.of(
            entry(Names.TAFORGE, Peers.TAFORGE_S3),
            entry(Names.AWS, Peers.AWS_DEFAULT),
            entry("taforge, MinIO", Peers.TAFORGE_MINIO),
            entry(Names.MINIO, Peers.MINIO_DEFAULT),
            entry(Names.JCLOUDS, Peers.JCLOUDS_S3),
            entry(Names.OPENDAL, Peers.OPENDAL_S3));
    Quantity time = Quantity.microsecondsFor(KEYS, "key");
    return new Row(
        "P9",
        "List 100,000 keys",
        List.of(
            new Workload("list", "list", Place.NULL_SERVER, Works.list(KEYS), time, false, entries),
            new Workload(
                "list-slow",
                "list",
                Place.SLOW_SERVER,
                Works.list(KEYS),
                time,
                false,
                entries.subList(0, 2))),
        Targets.list(KEYS));
  }

  private static Row delete() {
    List<Entry> entries =
        List.of(
            entry(Names.TAFORGE, Peers.TAFORGE_S3),
            entry(Names.AWS, Peers.AWS_DEFAULT),
            entry("AWS SDK, one by one", Peers.AWS_ONE_BY_ONE),
            entry("taforge, MinIO", Peers.TAFORGE_MINIO),
            entry(Names.MINIO, Peers.MINIO_DEFAULT),
            entry(Names.JCLOUDS, Peers.JCLOUDS_S3));
    return new Row(
        "P10",
        "Delete 10,000 objects",
        List.of(
            new Workload(
                "delete",
                "delete",
                Place.NULL_SERVER,
                Works.delete(DELETED),
                Quantity.microsecondsFor(DELETED, "key"),
                false,
                entries)),
        Targets.delete());
  }

  private static Row link() {
    List<Entry> entries =
        List.of(
            entry(Names.TAFORGE, Peers.TAFORGE_S3),
            entry(Names.AWS, Peers.AWS_DEFAULT),
            entry("taforge, MinIO", Peers.TAFORGE_MINIO),
            entry(Names.MINIO, Peers.MINIO_DEFAULT),
            entry("taforge, folder", Peers.TAFORGE_FILESYSTEM));
    return new Row(
        "P11",
        "Sign a link",
        List.of(
            new Workload(
                "link",
                "sign, 1 thread",
                Place.FOLDER,
                Works.link(),
                Quantity.microsecondsFor(1, "link"),
                false,
                entries)),
        Targets.link());
  }

  private static Row growth(Effort effort) {
    List<Workload> workloads = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    for (Upkeep.Kind kind : Upkeep.Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      for (int count = 1000; count <= effort.mostObjects(); count *= 10) {
        workloads.add(
            workload(
                name + "-s3-" + count,
                name + " of " + count + " objects",
                Place.NULL_SERVER,
                Upkeep.onServer(kind, count),
                count,
                Peers.TAFORGE_S3));
        workloads.add(
            workload(
                name + "-folder-" + count,
                name + " of " + count + " objects",
                Place.FOLDER,
                Upkeep.onFolder(kind, count),
                count,
                Peers.TAFORGE_FILESYSTEM));
      }
      if (effort.mostObjects() > LITTLE) {
        targets.addAll(Targets.growth(name, "s3", LITTLE, effort.mostObjects()));
        targets.addAll(Targets.growth(name, "folder", LITTLE, effort.mostObjects()));
      }
    }
    return new Row("P16", "Growth, at -Xmx64m", workloads, targets);
  }

  private static Workload workload(
      String id, String title, Place place, Work.Factory work, int count, Peers peer) {
    return new Workload(
        id,
        title,
        place,
        work,
        Quantity.microsecondsFor(count, "object"),
        true,
        List.of(entry(Names.TAFORGE, peer).withHeap("64m")));
  }

  private static Entry entry(String name, Peers peer) {
    return Entry.of(name, peer, 1);
  }
}
