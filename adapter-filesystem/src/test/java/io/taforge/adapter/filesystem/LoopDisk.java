package io.taforge.adapter.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A disk of our own, which is a file that this class has made and removes, mounted through a loop
 * device; its power can be cut. Nothing is ever done to any other file system.
 */
final class LoopDisk implements AutoCloseable {
  /** What mkfs.xfs wants at least, and a little more. */
  private static final long SIZE = 512L << 20;

  /**
   * The file system stops at once, without writing its log: what was not brought to the disk before
   * is not there. It refuses a folder on which nothing is mounted.
   */
  private static final String SHUTDOWN =
      "opendir(my $d, $ARGV[0]) or die; my @own = stat($d); my @parent = stat(\"$ARGV[0]/..\");"
          + " die 'not a mount point' if $own[0] == $parent[0];"
          + " open(my $f, '<', $ARGV[0]) or die; my $how = pack('L', 2);"
          + " defined(ioctl($f, 0x8004587d, $how)) or die \"ioctl: $!\";";

  private final Path folder;
  private final Path image;
  private final Path mountPoint;
  private boolean isMounted;

  private LoopDisk(Path folder) {
    this.folder = folder;
    this.image = folder.resolve("disk.img");
    this.mountPoint = folder.resolve("disk");
  }

  /** Why there can be none here; empty if there can. */
  static Optional<String> unavailable(String type) {
    if (!Boolean.getBoolean("reliability.faults")) {
      return Optional.of("Mounts file systems of its own: only with -Pfaults");
    }
    if (!System.getProperty("os.name", "").startsWith("Linux")) {
      return Optional.of("Loop devices and their power are asked for as Linux has them");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("Only root may mount");
    }
    return Stream.of("mkfs." + type, "perl", "mount", "umount")
        .filter(tool -> !isInstalled(tool))
        .findFirst()
        .map(tool -> tool + " is not installed (Debian: e2fsprogs, xfsprogs, perl, mount)");
  }

  /** Makes one with a file system of this type, with more options if need be, and mounts it. */
  static LoopDisk make(String type, String... options) throws IOException, InterruptedException {
    LoopDisk disk = new LoopDisk(MemoryFolder.make("taforge-disk"));
    try {
      try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
        file.setLength(SIZE);
      }
      Files.createDirectory(disk.mountPoint);
      List<String> command = new ArrayList<>(List.of("mkfs." + type, "-q"));
      command.addAll(List.of(options));
      command.add(disk.image.toString());
      run(command.toArray(String[]::new));
      disk.mount();
      return disk;
    } catch (IOException | InterruptedException | RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  /** Where its files are, while it is mounted. */
  Path path() {
    return mountPoint;
  }

  /** From now on every access fails, until it is mounted again. */
  void cutPower() throws IOException, InterruptedException {
    if (!isMounted) {
      throw new IllegalStateException("Nothing of ours is mounted at " + mountPoint);
    }
    run("perl", "-e", SHUTDOWN, mountPoint.toString());
  }

  void mount() throws IOException, InterruptedException {
    run("mount", "-o", "loop", image.toString(), mountPoint.toString());
    isMounted = true;
  }

  /** Unmounts it; whoever has files open there gets a moment to close them. */
  void unmount() throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        run("umount", mountPoint.toString());
        isMounted = false;
        return;
      } catch (IOException e) {
        if (attempt == 20) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (isMounted) {
      unmount();
    }
    Files.deleteIfExists(mountPoint);
    Files.deleteIfExists(image);
    Files.deleteIfExists(folder);
  }

  /** Runs a command to its end, which must be a good one. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(
          List.of(command) + " ended with " + process.exitValue() + ": " + output);
    }
    return output;
  }

  /** Whether there is such a command. */
  static boolean isInstalled(String tool) {
    return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
