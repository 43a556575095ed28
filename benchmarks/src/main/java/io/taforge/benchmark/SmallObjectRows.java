package io.taforge.benchmark;

import io.taforge.benchmark.peer.Peers;
import io.taforge.benchmark.workload.Work;
import io.taforge.benchmark.workload.Works;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** P1 to P3: objects of 1 KB and 64 KB, by sixteen threads. */
final class SmallObjectRows {
  private static final int THREADS = 16;
  private static final Map<String, Integer> SIZES = Map.of("1k", 1 << 10, "64k", 64 << 10);
  private static final Map<Place, String> PLACES =
      Map.of(Place.NULL_SERVER, "", Place.CEPH, "-ceph", Place.CEPH_TLS, "-ceph-tls");

  private SmallObjectRows() {}

  static List<Row> all() {
    return List.of(put(), get(), client());
  }

  private static Row put() {
    return row("P1", "put", Works::put, Targets::put);
  }

  private static Row get() {
    return row("P2", "get", Works::get, Targets::get);
  }

  private static Row row(
      String id,
      String verb,
      IntFunction<Work.Factory> work,
      BiFunction<Boolean, String, List<Target>> targetsAt) {
    List<Workload> workloads = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    for (Place place : List.of(Place.NULL_SERVER, Place.CEPH, Place.CEPH_TLS)) {
      String suffix = PLACES.getOrDefault(place, "");
      for (String size : List.of("1k", "64k")) {
        workloads.add(
            workload(
                verb + "-" + size + suffix,
                verb + " " + size.replace("k", " KB") + ", 16 threads",
                place,
                work.apply(SIZES.getOrDefault(size, 0))));
      }
      targets.addAll(targetsAt.apply(place.isCeph(), suffix));
    }
    return new Row(id, "S3: " + verb + " small objects", workloads, targets);
  }

  private static Row client() {
    List<Entry> entries =
        List.of(
            Entry.of(Names.TAFORGE, Peers.TAFORGE_ON_CLIENT, THREADS),
            Entry.of(Names.SAME_REQUEST, Peers.THAT_REQUEST, THREADS),
            Entry.of("the same client, directly", Peers.THAT_CLIENT, THREADS));
    return new Row(
        "P3",
        "Our client above a client of the AWS SDK",
        List.of(
            new Workload(
                "put",
                "put 1 KB, 16 threads",
                Place.NULL_SERVER,
                Works.put(1 << 10),
                Quantity.operations(),
                false,
                entries),
            new Workload(
                "get",
                "get 1 KB, 16 threads",
                Place.NULL_SERVER,
                Works.get(1 << 10),
                Quantity.operations(),
                false,
                entries)),
        Targets.client());
  }

  private static Workload workload(String id, String title, Place place, Work.Factory work) {
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.of(Names.TAFORGE, Peers.TAFORGE_S3, THREADS));
    entries.add(Entry.of(Names.AWS, Peers.AWS_DEFAULT, THREADS));
    entries.add(Entry.of(Names.AWS_TUNED, Peers.AWS_TUNED, THREADS));
    entries.add(Entry.of(Names.CRT_TUNED, Peers.AWS_CRT_TUNED, THREADS));
    entries.add(Entry.of(Names.NETTY, Peers.AWS_NETTY, THREADS));
    entries.add(Entry.of("taforge, MinIO", Peers.TAFORGE_MINIO, THREADS));
    entries.add(Entry.of(Names.MINIO, Peers.MINIO_DEFAULT, THREADS));
    entries.add(Entry.of(Names.JCLOUDS, Peers.JCLOUDS_S3, THREADS));
    entries.add(Entry.of(Names.OPENDAL, Peers.OPENDAL_S3, THREADS));
    if (!place.isCeph()) {
      entries.add(Entry.of(Names.SOCKET, Peers.SOCKET, THREADS));
    }
    return new Workload(id, title, place, work, Quantity.operations(), false, entries);
  }
}
