package io.taforge.adapter.filesystem;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which system call of a thread fails, and how. None is {@code close}: on Linux it always closes,
 * whatever it says, and one that is made to fail does not.
 *
 * @param call its name
 * @param error what it says
 * @param nth counted from 1, among those of its name
 */
record FaultPoint(String call, String error, int nth) {
  private static final Map<String, List<String>> ERRORS =
      Map.ofEntries(
          Map.entry("access", List.of("EIO")),
          Map.entry("dup", List.of("EMFILE")),
          Map.entry("faccessat", List.of("EIO")),
          Map.entry("fchmod", List.of("EIO")),
          Map.entry("fcntl", List.of("EIO", "ENOLCK")),
          Map.entry("fdatasync", List.of("EIO", "ENOSPC")),
          Map.entry("fstat", List.of("EIO")),
          Map.entry("fsync", List.of("EIO", "ENOSPC")),
          Map.entry("ftruncate", List.of("EIO")),
          Map.entry("getdents64", List.of("EIO")),
          Map.entry("lseek", List.of("EIO")),
          Map.entry("lstat", List.of("EIO")),
          Map.entry("mkdir", List.of("EIO", "ENOSPC")),
          Map.entry("mkdirat", List.of("EIO", "ENOSPC")),
          Map.entry("newfstatat", List.of("EIO")),
          Map.entry("open", List.of("EIO", "EMFILE", "ENOSPC")),
          Map.entry("openat", List.of("EIO", "EMFILE", "ENOSPC")),
          Map.entry("pread64", List.of("EIO")),
          Map.entry("pwrite64", List.of("EIO", "ENOSPC")),
          Map.entry("read", List.of("EIO")),
          Map.entry("readlink", List.of("EIO")),
          Map.entry("rename", List.of("EIO", "ENOSPC")),
          Map.entry("renameat", List.of("EIO", "ENOSPC")),
          Map.entry("renameat2", List.of("EIO", "ENOSPC")),
          Map.entry("rmdir", List.of("EIO")),
          Map.entry("stat", List.of("EIO")),
          Map.entry("statx", List.of("EIO")),
          Map.entry("unlink", List.of("EIO")),
          Map.entry("unlinkat", List.of("EIO")),
          Map.entry("utimensat", List.of("EIO")),
          Map.entry("write", List.of("EIO", "ENOSPC")));

  /** All system calls that may be made to fail. */
  static List<String> calls() {
    return ERRORS.keySet().stream().sorted().toList();
  }

  /** All ways for the first so many calls of this name to fail. */
  static Stream<FaultPoint> upTo(String call, int most) {
    return ERRORS.get(call).stream()
        .flatMap(
            error ->
                IntStream.rangeClosed(1, most).mapToObj(nth -> new FaultPoint(call, error, nth)));
  }

  /** Whether what was to be removed stays for a while, whatever anybody does about it. */
  boolean isRemoval() {
    return call.startsWith("unlink") || call.equals("rmdir");
  }

  @Override
  public String toString() {
    return call + " no. " + nth + " says " + error;
  }

  /** Whether a success in spite of it would be a lie of what must be on the disk. */
  boolean isSync() {
    return call.equals("fsync") || call.equals("fdatasync");
  }
}
