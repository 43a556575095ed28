package io.taforge.adapter.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What many do: resolve a path, look where it really leads, and then open it by its name. */
final class CheckedPathStore {
  private final SwapArena arena;
  private final Path file;

  CheckedPathStore(SwapArena arena) {
    this.arena = arena;
    this.file = arena.root().resolve("log-samples/" + arena.sample().key());
  }

  /** How many tries it took. */
  int triesUntilItEscapes(int most) {
    for (int i = 1; i <= most; i++) {
      try {
        if (i % 2 == 0) {
          arena.seen(get());
        } else {
          put();
        }
        if (arena.escapes() > 0 || i % 64 == 0 && !arena.isUntouched()) {
          return i;
        }
      } catch (IOException e) {
        // refused, or the file is gone for a moment
      }
    }
    return most;
  }

  private void put() throws IOException {
    if (file.getParent().toRealPath().startsWith(arena.root().toRealPath())
        && !Files.isSymbolicLink(file)) {
      Files.write(file, SwapArena.INSIDE.getBytes(UTF_8));
    }
  }

  private byte[] get() throws IOException {
    return file.toRealPath().startsWith(arena.root().toRealPath())
        ? Files.readAllBytes(file)
        : new byte[0];
  }
}
