package io.taforge.adapter.filesystem;

import io.taforge.artifact.LogSample;
import java.nio.file.Path;

/** Something that keeps files; when a call has returned, it says that the work is done. */
interface Contestant extends AutoCloseable {
  /** What is found when there is nothing. */
  int NOTHING = -1;

  /** What is found when something is there that nobody has written. */
  int DAMAGED = -2;

  void put(DurableStep step) throws Exception;

  void delete(LogSample sample) throws Exception;

  /** The step whose content is there, {@link #NOTHING} or {@link #DAMAGED}. */
  int find(int thread, LogSample sample) throws Exception;

  /** How many files there are beyond those that can be found, or cannot be listed. */
  default int strays(int found) throws Exception {
    return 0;
  }

  @Override
  void close() throws Exception;

  /** The one of this name, in this folder. */
  static Contestant open(String name, Path root) throws Exception {
    return switch (name) {
      case "taforge" -> new TaforgeContestant(root, FilesystemSettings.Durability.FULL);
      case "taforge-none" -> new TaforgeContestant(root, FilesystemSettings.Durability.NONE);
      case "commons-vfs" -> new VfsContestant(root);
      case "jclouds" -> new JcloudsContestant(root);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
