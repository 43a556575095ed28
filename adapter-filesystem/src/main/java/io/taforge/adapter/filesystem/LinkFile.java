package io.taforge.adapter.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.storage.link.LinkBook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys of signed links, and where they lead, in {@code <root>/.taforge/links}, which only
 * its owner may read. It is replaced as a whole, by one process at a time.
 */
final class LinkFile {
  /** From the root. */
  static final List<String> PATH = List.of(Place.PRIVATE, "links");

  private static final String NAME = PATH.get(1);
  private static final List<String> FOLDER = List.of(Place.PRIVATE);
  private static final long NEW_FOR = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_BYTES = 1 << 20;

  private final Root root;
  private final Writers writers;
  private final boolean isDurable;
  private volatile @Nullable Known known;

  LinkFile(Root root, Writers writers, boolean isDurable) {
    this.root = root;
    this.writers = writers;
    this.isDurable = isDurable;
  }

  /** Where writers of the root find each other. */
  @FunctionalInterface
  interface Writers {
    WriterSpace space() throws IOException;
  }

  /** A book, and when it was read, in the time of {@link System#nanoTime}. */
  private record Known(LinkBook book, long readAt) {}

  /** What the file has said within the last second. */
  LinkBook recent() throws IOException {
    Known last = known;
    if (last != null && System.nanoTime() - last.readAt() < NEW_FOR) {
      return last.book();
    }
    return newest();
  }

  /** What the file says. */
  LinkBook newest() throws IOException {
    return remember(readFile());
  }

  LinkBook update(UnaryOperator<LinkBook> change) throws IOException {
    WriterSpace space = writers.space();
    try (KeyLocks.Held held = space.locks().lockHousekeeping()) {
      LinkBook old = readFile();
      LinkBook fresh = change.apply(old);
      if (!fresh.equals(old)) {
        write(fresh, space.workshop());
      }
      return remember(fresh);
    }
  }

  private LinkBook remember(LinkBook book) {
    known = new Known(book, System.nanoTime());
    return book;
  }

  private LinkBook readFile() throws IOException {
    Optional<Folder> found = root.find(FOLDER);
    if (found.isEmpty()) {
      return LinkBook.empty();
    }
    try (Folder folder = found.get();
        InputStream file = folder.read(NAME, 0)) {
      return LinkBook.parse(new String(file.readNBytes(MOST_BYTES), UTF_8));
    } catch (NoSuchFileException e) {
      return LinkBook.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the file .taforge/links is damaged; without it a new key is made, and the links that"
              + " are out cease to work");
    }
  }

  private void write(LinkBook book, Workshop workshop) throws IOException {
    String part = workshop.newName();
    try (Folder work = workshop.folder();
        Folder folder = root.open(FOLDER)) {
      byte[] text = book.format().getBytes(UTF_8);
      try {
        try (Folder.NewFile file = work.createPrivate(part)) {
          file.write(text, 0, text.length);
          if (isDurable) {
            file.sync();
          }
        }
        work.move(part, folder, NAME);
      } finally {
        work.delete(part);
      }
      if (isDurable) {
        folder.sync();
      }
    }
  }
}
