package io.taforge.adapter.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Lease;
import io.taforge.storage.LeaseTerms;
import io.taforge.storage.StorageConflictException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A lease as the file {@code <root>/.taforge/lease}, which is read and replaced by one process at a
 * time. It names the {@link Workshop} of its holder: if that process is no more, whatever has ended
 * it, nobody has the lease.
 */
final class FolderLease {
  private static final String NAME = "lease";
  private static final List<String> FOLDER = List.of(Place.PRIVATE);
  private static final int MOST_BYTES = 1 << 12;

  private final Root root;
  private final Clock clock;
  private final FailureContext context;

  FolderLease(Root root, Clock clock, FailureContext context) {
    this.root = root;
    this.clock = clock;
    this.context = context;
  }

  /** Does something with files, and says what its failures mean. */
  @FunctionalInterface
  interface Translating {
    void run(Work work);

    /** What is done. */
    @FunctionalInterface
    interface Work {
      void run() throws IOException;
    }
  }

  /**
   * Takes it.
   *
   * @param space of this process
   * @param translating how what is done later fails
   */
  Lease acquire(LeaseTerms terms, WriterSpace space, Translating translating) throws IOException {
    try (KeyLocks.Held held = space.locks().lockHousekeeping()) {
      Optional<LeaseNote> found = read();
      if (found.isPresent() && isValid(found.get(), space)) {
        throw taken(StorageConflictException.Condition.ABSENT, found);
      }
      String id = UUID.randomUUID().toString();
      write(note(id, terms, space), space);
      return new Held(id, terms, space, translating);
    }
  }

  private boolean isValid(LeaseNote note, WriterSpace space) throws IOException {
    return clock.instant().isBefore(note.end()) && space.workshop().isAlive(note.owner());
  }

  private LeaseNote note(String id, LeaseTerms terms, WriterSpace space) {
    return new LeaseNote(
        id, space.workshop().owner(), clock.instant().plus(terms.period()), terms.holder());
  }

  private StorageConflictException taken(
      StorageConflictException.Condition condition, Optional<LeaseNote> found) {
    String reason =
        found
            .map(note -> note.holder() + " has it until " + note.end())
            .orElse("it has run out, and somebody else had it since");
    return new StorageConflictException(context, condition, reason);
  }

  private Optional<LeaseNote> read() throws IOException {
    Optional<Folder> found = root.find(FOLDER);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (Folder folder = found.get();
        InputStream file = folder.read(NAME, 0)) {
      return Optional.of(LeaseNote.parse(new String(file.readNBytes(MOST_BYTES), UTF_8)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the file .taforge/lease is damaged; remove it if nobody cleans up at the moment");
    }
  }

  private void write(LeaseNote note, WriterSpace space) throws IOException {
    String part = space.workshop().newName();
    try (Folder work = space.workshop().folder();
        Folder folder = root.open(FOLDER)) {
      boolean isWritten = false;
      try {
        byte[] text = note.format().getBytes(UTF_8);
        try (Folder.NewFile file = work.create(part)) {
          file.write(text, 0, text.length);
        }
        work.move(part, folder, NAME);
        isWritten = true;
      } finally {
        if (!isWritten) { // else nothing may fail any more: nobody would give the lease back
          work.delete(part);
        }
      }
    }
  }

  private void remove() throws IOException {
    try (Folder folder = root.open(FOLDER)) {
      folder.delete(NAME);
    }
  }

  /** That we have it, as long as the file has our id. */
  private final class Held implements Lease {
    private final String id;
    private final LeaseTerms terms;
    private final WriterSpace space;
    private final Translating translating;

    Held(String id, LeaseTerms terms, WriterSpace space, Translating translating) {
      this.id = id;
      this.terms = terms;
      this.space = space;
      this.translating = translating;
    }

    @Override
    public void renew() {
      translating.run(
          () -> {
            try (KeyLocks.Held held = space.locks().lockHousekeeping()) {
              Optional<LeaseNote> found = read();
              if (!isOurs(found)) {
                throw taken(StorageConflictException.Condition.UNCHANGED, found);
              }
              write(note(id, terms, space), space);
            }
          });
    }

    /** Also in a thread that is interrupted, which it is again afterwards. */
    @Override
    public void close() {
      boolean isInterrupted = Thread.interrupted();
      try {
        translating.run(
            () -> {
              try (KeyLocks.Held held = space.locks().lockHousekeeping()) {
                if (isOurs(read())) {
                  remove();
                }
              }
            });
      } finally {
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private boolean isOurs(Optional<LeaseNote> found) {
      return found.filter(note -> note.id().equals(id)).isPresent();
    }
  }
}
