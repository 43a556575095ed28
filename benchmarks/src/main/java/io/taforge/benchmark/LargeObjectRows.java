package io.taforge.benchmark;

import io.taforge.benchmark.peer.Peers;
import io.taforge.benchmark.workload.Work;
import io.taforge.benchmark.workload.Works;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** P4 to P8: one object of hundreds of megabytes. */
final class LargeObjectRows {
  private static final Map<Place, String> PLACES =
      Map.of(Place.NULL_SERVER, "", Place.CEPH, "-ceph", Place.CEPH_TLS, "-ceph-tls");

  private final Effort effort;

  private LargeObjectRows(Effort effort) {
    this.effort = effort;
  }

  static List<Row> all(Effort effort) {
    LargeObjectRows rows = new LargeObjectRows(effort);
    return List.of(rows.upload(), rows.stream(), rows.download(), rows.link(), rows.minio());
  }

  private Row upload() {
    List<Workload> workloads = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    for (Place place : List.of(Place.NULL_SERVER, Place.CEPH, Place.CEPH_TLS)) {
      String suffix = PLACES.getOrDefault(place, "");
      List<Entry> entries = new ArrayList<>(clients(place));
      entries.add(1, entry(Names.ONE_REQUEST, Peers.TAFORGE_S3_ONE_REQUEST));
      workloads.add(
          workload("upload" + suffix, "upload from a file", place, Works.upload(), entries));
      targets.addAll(Targets.upload(place.isCeph(), suffix));
    }
    return new Row("P4", "S3: upload a large file", workloads, targets);
  }

  private Row stream() {
    List<Entry> entries =
        List.of(
            entry(Names.TAFORGE, Peers.TAFORGE_S3).withHeap("64m"),
            entry(Names.ONE_REQUEST, Peers.TAFORGE_S3_ONE_REQUEST).withHeap("64m"),
            entry(Names.CRT, Peers.AWS_CRT),
            entry(Names.MINIO, Peers.MINIO_DEFAULT),
            entry(Names.OPENDAL, Peers.OPENDAL_S3));
    return new Row(
        "P5",
        "S3: upload a stream of unknown length",
        List.of(
            workload(
                "stream",
                "upload from a stream",
                Place.NULL_SERVER,
                Works.uploadStream(),
                entries)),
        Targets.uploadStream());
  }

  private Row download() {
    List<Workload> workloads = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    for (Place place : List.of(Place.NULL_SERVER, Place.CEPH, Place.CEPH_TLS)) {
      String suffix = PLACES.getOrDefault(place, "");
      List<Entry> entries = new ArrayList<>(clients(place));
      entries.add(entry(Names.SHA256, Peers.SHA256));
      workloads.add(
          workload("download" + suffix, "download into a file", place, Works.download(), entries));
      targets.addAll(Targets.download(place.isCeph(), suffix));
    }
    return new Row("P6", "S3: download a large file, verified", workloads, targets);
  }

  private Row link() {
    List<Entry> entries =
        List.of(
            entry(Names.TAFORGE, Peers.TAFORGE_S3),
            entry("taforge, 8 parts at once", Peers.TAFORGE_S3_EIGHT),
            entry(Names.AWS, Peers.AWS_DEFAULT),
            entry(Names.CRT, Peers.AWS_CRT));
    return new Row(
        "P7",
        "S3: on a link that is slow for each connection",
        List.of(
            workload("upload", "upload from a file", Place.NARROW_LINK, Works.upload(), entries),
            workload(
                "download", "download into a file", Place.NARROW_LINK, Works.download(), entries)),
        Targets.link100());
  }

  private Row minio() {
    List<Entry> entries =
        List.of(
            entry(Names.TAFORGE, Peers.TAFORGE_MINIO),
            entry(Names.ONE_REQUEST, Peers.TAFORGE_MINIO_ONE_REQUEST),
            entry(Names.MINIO, Peers.MINIO_DEFAULT),
            entry(Names.MINIO_TUNED, Peers.MINIO_TUNED));
    List<Entry> sixteen =
        List.of(
            Entry.of(Names.TAFORGE, Peers.TAFORGE_MINIO, 16),
            Entry.of(Names.MINIO, Peers.MINIO_DEFAULT, 16),
            Entry.of(Names.MINIO_TUNED, Peers.MINIO_TUNED, 16));
    return new Row(
        "P8",
        "MinIO SDK",
        List.of(
            workload("upload", "upload from a file", Place.NULL_SERVER, Works.upload(), entries),
            workload(
                "stream", "upload from a stream", Place.NULL_SERVER, Works.uploadStream(), entries),
            small("put-1k", "put 1 KB, 16 threads", Works.put(1 << 10), sixteen),
            small("get-1k", "get 1 KB, 16 threads", Works.get(1 << 10), sixteen)),
        Targets.minio());
  }

  private static List<Entry> clients(Place place) {
    List<Entry> entries =
        new ArrayList<>(
            List.of(
                entry(Names.TAFORGE, Peers.TAFORGE_S3),
                entry(Names.AWS, Peers.AWS_DEFAULT),
                entry(Names.AWS_TUNED, Peers.AWS_TUNED),
                entry(Names.CRT, Peers.AWS_CRT),
                entry(Names.CRT_TUNED, Peers.AWS_CRT_TUNED),
                entry(Names.NETTY, Peers.AWS_NETTY),
                entry("taforge, MinIO", Peers.TAFORGE_MINIO),
                entry(Names.MINIO, Peers.MINIO_DEFAULT),
                entry(Names.JCLOUDS, Peers.JCLOUDS_S3),
                entry(Names.OPENDAL, Peers.OPENDAL_S3)));
    if (!place.isCeph()) {
      entries.add(Entry.command(Names.AWS_COMMAND, Peers.AWS_COMMAND));
      entries.add(Entry.command(Names.S3CMD, Peers.S3CMD));
      entries.add(Entry.command(Names.RCLONE, Peers.RCLONE));
      entries.add(entry(Names.SOCKET, Peers.SOCKET));
    }
    return entries;
  }

  private static Entry entry(String name, Peers peer) {
    return Entry.of(name, peer, 1);
  }

  private static Workload small(String id, String title, Work.Factory work, List<Entry> entries) {
    return new Workload(id, title, Place.NULL_SERVER, work, Quantity.operations(), false, entries);
  }

  private Workload workload(
      String id, String title, Place place, Work.Factory work, List<Entry> entries) {
    long size = place.isCeph() ? Effort.onCeph(effort.bigFile()) : effort.bigFile();
    return new Workload(
        id,
        title + ", " + (size >> 20) + " MB",
        place,
        work,
        Quantity.megabytes(size),
        false,
        entries);
  }
}
