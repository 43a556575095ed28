package io.taforge.adapter.filesystem;

import io.taforge.artifact.ArtifactKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The names in a folder in the order of keys, however many there are, in bounded memory: so many at
 * a time, and then the folder is read again for those that follow. The folder is not held open.
 */
final class SortedNames {
  static final int WINDOW = 32_768;

  private final Root root;
  private final List<String> path;
  private final String suffix;
  private final Predicate<String> wanted;
  private final int windowSize;
  private final List<String> window = new ArrayList<>(); // to sort a list is faster than a tree
  private int next;
  private @Nullable String last;
  private boolean isMore = true;

  /**
   * Of the folder at this path.
   *
   * @param suffix put behind each name, and counts in the order: a slash for folders
   * @param wanted is asked with the suffix
   */
  SortedNames(
      Root root, List<String> path, String suffix, Predicate<String> wanted, int windowSize) {
    this.root = root;
    this.path = path;
    this.suffix = suffix;
    this.wanted = wanted;
    this.windowSize = windowSize;
  }

  /** The next name, with its suffix; empty after the last one. */
  Optional<String> next() throws IOException {
    if (next == window.size() && isMore) {
      fill();
    }
    last = next < window.size() ? window.get(next++) : null;
    return Optional.ofNullable(last);
  }

  private void fill() throws IOException {
    isMore = false;
    window.clear();
    next = 0;
    String passed = last;
    try (Root.Pause pause = root.pause(Root.Access.LOOKING)) {
      Optional<Folder> found = root.find(path);
      if (found.isPresent()) {
        try (Folder folder = found.get()) {
          folder.forEachName(name -> add(name + suffix, passed));
        }
      }
    }
    sort();
  }

  private void add(String name, @Nullable String passed) {
    boolean isBehind = passed != null && ArtifactKey.UTF_8_ORDER.compare(name, passed) <= 0;
    if (isBehind || !wanted.test(name)) {
      return;
    }
    window.add(name);
    if (window.size() == 2 * windowSize) {
      sort();
    }
  }

  /** Leaves those that are first. */
  private void sort() {
    window.sort(ArtifactKey.UTF_8_ORDER);
    if (window.size() > windowSize) {
      window.subList(windowSize, window.size()).clear();
      isMore = true;
    }
  }
}
