package io.taforge.benchmark;

import io.taforge.benchmark.peer.Peers;
import io.taforge.benchmark.workload.Works;
import java.util.List;

/** P13 and P14: files in a folder. */
final class FolderRows {
  private static final int SIZE = 10 << 10;
  private static final int LISTED = 10_000;

  private FolderRows() {}

  static List<Row> all(Effort effort) {
    return List.of(small(), large(effort));
  }

  private static Row small() {
    List<Entry> put =
        List.of(
            entry(Names.TAFORGE, Peers.TAFORGE_FILESYSTEM),
            entry(Names.NIO, Peers.NIO),
            sixteen(Names.TAFORGE, Peers.TAFORGE_FILESYSTEM),
            sixteen(Names.NIO, Peers.NIO),
            entry(Names.NIO_ATTRIBUTES, Peers.NIO_ATTRIBUTES),
            entry("Commons VFS, not durable", Peers.VFS),
            entry("jclouds, not durable", Peers.JCLOUDS_FILESYSTEM),
            entry("OpenDAL, not durable", Peers.OPENDAL_FILESYSTEM));
    List<Entry> get =
        List.of(
            entry(Names.TAFORGE, Peers.TAFORGE_FILESYSTEM),
            entry(Names.NIO, Peers.NIO),
            entry(Names.VFS, Peers.VFS),
            entry(Names.JCLOUDS, Peers.JCLOUDS_FILESYSTEM),
            entry(Names.OPENDAL, Peers.OPENDAL_FILESYSTEM));
    return new Row(
        "P13",
        "Folder: files of 10 KB",
        List.of(
            new Workload(
                "put",
                "durable put",
                Place.FOLDER,
                Works.create(SIZE),
                Quantity.microsecondsFor(1, "file"),
                false,
                put),
            new Workload(
                "get",
                "verified get, 1 thread",
                Place.FOLDER,
                Works.get(SIZE),
                Quantity.microsecondsFor(1, "file"),
                false,
                get),
            new Workload(
                "list",
                "list " + LISTED,
                Place.FOLDER,
                Works.listOfOwn(LISTED, 10),
                Quantity.microsecondsFor(LISTED, "file"),
                false,
                get)),
        Targets.smallFiles());
  }

  private static Row large(Effort effort) {
    List<Entry> entries =
        List.of(
            entry(Names.TAFORGE, Peers.TAFORGE_FILESYSTEM),
            entry(Names.SHA256, Peers.SHA256),
            entry(Names.NIO, Peers.NIO),
            entry("Commons VFS, not durable", Peers.VFS),
            entry("jclouds, not durable", Peers.JCLOUDS_FILESYSTEM),
            entry("OpenDAL, not durable", Peers.OPENDAL_FILESYSTEM));
    Quantity speed = Quantity.megabytes(effort.bigFile());
    String size = ", " + (effort.bigFile() >> 20) + " MB";
    return new Row(
        "P14",
        "Folder: a large file",
        List.of(
            new Workload(
                "put",
                "durable put" + size,
                Place.FOLDER,
                Works.uploadNew(),
                speed,
                false,
                entries),
            new Workload(
                "get",
                "verified get into a file" + size,
                Place.FOLDER,
                Works.download(),
                speed,
                false,
                entries)),
        Targets.largeFiles());
  }

  private static Entry entry(String name, Peers peer) {
    return Entry.of(name, peer, 1);
  }

  private static Entry sixteen(String name, Peers peer) {
    return Entry.of(name + ", 16 threads", peer, 16);
  }
}
