package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** All that may be missing. */
final class Hardships {
  private static final String EVERYTHING = "rwxr-xr-x";
  private static final String OF_REQUEST =
      "log-samples/samples/" + FaultWorld.sample("a").request();

  private Hardships() {}

  /** What needs no file system of its own. */
  static List<Hardship> inAnyFolder() {
    return List.of(
        forbidden("the bucket may not be written to", "log-samples/samples", "r-xr-xr-x"),
        forbidden("the bucket may not be entered", "log-samples", "---------"),
        forbidden("the folder of a request may not be written to", OF_REQUEST, "r-xr-xr-x"),
        forbidden(
            "the records may not be written to", ".taforge/records/" + OF_REQUEST, "r-xr-xr-x"),
        forbidden("the folder for work may not be written to", ".taforge/work", "r-xr-xr-x", true),
        forbidden(
            "a file may not be read", "log-samples/" + FaultWorld.sample("a").key(), "---------"),
        forbidden("the root may not be entered", "", "---------"),
        limited("there are no descriptors", "nofile", "20"),
        limited("files may not be larger than 4096 bytes", "fsize", "4096"));
  }

  /** What is done to a disk. */
  static List<Hardship> onDisks() {
    return List.of(
        new Hardship(
            "the disk is full",
            () -> LoopDisk.make("ext4"),
            false,
            (root, process) -> fill(root.resolveSibling("filler")),
            (root, process) -> Files.delete(root.resolveSibling("filler"))),
        new Hardship(
            "there are no inodes",
            () -> LoopDisk.make("ext4", "-N", "64"),
            false,
            (root, process) -> useUpInodes(root.resolveSibling("files")),
            (root, process) -> FolderHarness.delete(root.resolveSibling("files"))),
        new Hardship(
            "the disk is read-only",
            () -> LoopDisk.make("ext4"),
            true,
            (root, process) -> remount(root, "ro"),
            (root, process) -> remount(root, "rw")),
        new Hardship(
            "a file may not be changed",
            () -> LoopDisk.make("ext4"),
            false,
            (root, process) -> LoopDisk.run("chattr", "+i", sampleIn(root)),
            (root, process) -> LoopDisk.run("chattr", "-i", sampleIn(root))));
  }

  private static Hardship forbidden(String name, String place, String mode) {
    return forbidden(name, place, mode, false);
  }

  private static Hardship forbidden(
      String name, String place, String mode, boolean isOpenedAfterwards) {
    return new Hardship(
        name,
        null,
        isOpenedAfterwards,
        (root, process) -> allow(root.resolve(place), mode),
        (root, process) -> allow(root.resolve(place), EVERYTHING));
  }

  private static void allow(Path place, String mode) throws IOException {
    try (Stream<Path> below = Files.isDirectory(place) ? Files.list(place) : Stream.of(place)) {
      below.count(); // it must be there, or nothing is forbidden
    }
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
  }

  /** The soft limit only, which anybody may raise again. */
  private static Hardship limited(String name, String what, String limit) {
    return new Hardship(
        name,
        null,
        false,
        (root, process) -> limit(process, what, limit),
        (root, process) -> limit(process, what, what.equals("nofile") ? "1024" : "unlimited"));
  }

  private static void limit(long process, String what, String soft) throws Exception {
    LoopDisk.run("prlimit", "--pid", Long.toString(process), "--" + what + "=" + soft + ":");
  }

  private static void fill(Path filler) throws IOException {
    byte[] much = new byte[1 << 20];
    try (OutputStream file = Files.newOutputStream(filler)) {
      for (int size = much.length; size > 0; size /= 2) {
        fill(file, much, size);
      }
    }
  }

  private static void fill(OutputStream file, byte[] much, int size) {
    try {
      while (true) {
        file.write(much, 0, size);
      }
    } catch (IOException e) {
      // there is not so much left
    }
  }

  private static void useUpInodes(Path folder) throws IOException {
    Files.createDirectory(folder);
    try {
      for (int i = 0; i < 100_000; i++) {
        Files.createFile(folder.resolve(Integer.toString(i)));
      }
      throw new IllegalStateException("There is no end of inodes");
    } catch (IOException e) {
      // that was the last one
    }
  }

  private static void remount(Path root, String how) throws Exception {
    LoopDisk.run("mount", "-o", "remount," + how, root.getParent().toString());
  }

  private static String sampleIn(Path root) {
    return root.resolve("log-samples/" + FaultWorld.sample("a").key()).toString();
  }
}
