package io.taforge.adapter.filesystem;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.InvalidKeyException;
import io.taforge.storage.ListQuery;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Walks a bucket in the order of keys, from a query's position on, and finds the artifacts. It goes
 * only into folders that the query wants, follows no links, and holds nothing open between steps.
 */
final class KeyWalk {
  private static final int CHUNK = 1000;

  /** An artifact and its content file. */
  record Found(Artifact artifact, FileFacts file) {}

  private final Root root;
  private final List<String> top;
  private final ListQuery query;
  private final int depth;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Queue<Found> ready = new ArrayDeque<>();

  /** Below this folder, which keys are relative to: that of a bucket, or of its records. */
  KeyWalk(Root root, List<String> top, ListQuery query) {
    this.root = root;
    this.top = top;
    this.query = query;
    this.depth = query.prefix().kind().folderDepth();
    levels.push(new Level(""));
  }

  /** The next artifact; empty after the last one. */
  Optional<Found> next() throws IOException {
    while (ready.isEmpty() && !levels.isEmpty()) {
      Level level = levels.element();
      if (level.holdsFiles()) {
        if (!level.makeReady()) {
          levels.pop();
        }
      } else {
        level
            .names
            .next()
            .ifPresentOrElse(folder -> levels.push(new Level(level.key + folder)), levels::pop);
      }
    }
    return Optional.ofNullable(ready.poll());
  }

  /** The folders directly below the query's prefix, whatever is in them. */
  Optional<SortedNames> folders() {
    Level level = new Level(query.prefix().value());
    return level.holdsFiles() ? Optional.empty() : Optional.of(level.names);
  }

  /** One folder on the way down. */
  private final class Level {
    private final String key;
    private final List<String> path;
    private final SortedNames names;

    Level(String key) {
      this.key = key;
      this.path = new ArrayList<>(top);
      if (!key.isEmpty()) {
        path.addAll(List.of(key.split("/")));
      }
      this.names =
          holdsFiles()
              ? new SortedNames(root, path, "", this::wantsFile, SortedNames.WINDOW)
              : new SortedNames(root, path, "/", this::wantsFolder, SortedNames.WINDOW);
    }

    boolean holdsFiles() {
      return path.size() - top.size() == depth;
    }

    private boolean wantsFile(String name) {
      String whole = key + name;
      return whole.startsWith(query.prefix().value()) && query.isAhead(whole);
    }

    private boolean wantsFolder(String name) {
      String whole = key + name;
      String prefix = query.prefix().value();
      String after = query.after();
      boolean isOnTheWay = whole.startsWith(prefix) || prefix.startsWith(whole);
      boolean isAhead = query.isAhead(whole) || (after.startsWith(whole) && !after.equals(whole));
      return isOnTheWay && isAhead;
    }

    /** Makes some files ready; whether there were any names left. */
    boolean makeReady() throws IOException {
      List<String> chunk = new ArrayList<>();
      for (Optional<String> name = names.next(); name.isPresent(); name = names.next()) {
        chunk.add(name.get());
        if (chunk.size() == CHUNK) {
          break;
        }
      }
      try (Root.Pause pause = root.pause(Root.Access.LOOKING)) {
        Optional<Folder> found = chunk.isEmpty() ? Optional.empty() : root.find(path);
        if (found.isPresent()) {
          try (Folder folder = found.get()) {
            for (String name : chunk) {
              makeReady(folder, name);
            }
          }
        }
      }
      return !chunk.isEmpty();
    }

    private void makeReady(Folder folder, String name) throws IOException {
      Optional<Artifact> artifact = artifact(key + name);
      if (artifact.isPresent()) {
        folder.facts(name).ifPresent(file -> ready.add(new Found(artifact.get(), file)));
      }
    }
  }

  /** Whatever else lies in a bucket is not an artifact. */
  private static Optional<Artifact> artifact(String key) {
    try {
      return Optional.of(Artifact.at(ArtifactKey.of(key)));
    } catch (InvalidKeyException e) {
      return Optional.empty();
    }
  }
}
