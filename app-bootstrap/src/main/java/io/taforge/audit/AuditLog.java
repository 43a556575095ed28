package io.taforge.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageAuditException;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.audit.AuditTrail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes events to files, one for each day (UTC), one JSON object in a line. Each line holds the
 * hash of the line before it, over all files; the file {@code head} holds the hash of the last one,
 * and {@code beginning} that of the last one that has gone with its time. Several processes may
 * write to a folder at once.
 *
 * <p>A reserve of 64 KB is kept beside the files and given up when the disk is full, so that what
 * {@link #prepare} has let pass can be recorded.
 */
public final class AuditLog implements AuditTrail {
  private static final int RESERVE_BYTES = 64 * 1024;

  /** For all logs of this process: the system's locks only keep processes apart. */
  private static final ReentrantLock WRITERS = new ReentrantLock();

  private static final FailureContext WRITING = FailureContext.of(Operation.AUDIT);

  private final Path folder;
  private final Duration retention;
  private final boolean isStrict;
  private final Clock clock;

  /**
   * In this folder, which is made with the first event.
   *
   * @param retention for how long files are kept, counted from the end of their day
   * @param isStrict whether an operation that cannot be recorded is not done
   * @param clock tells which day it is
   */
  public AuditLog(Path folder, Duration retention, boolean isStrict, Clock clock) {
    this.folder = folder;
    this.retention = retention;
    this.isStrict = isStrict;
    this.clock = clock;
  }

  @Override
  public void prepare(FailureContext context) {
    try {
      exclusively(this::reserve);
    } catch (IOException e) {
      stop(context, e);
    }
  }

  @Override
  public void record(AuditEvent event) {
    try {
      exclusively(() -> append(event));
    } catch (IOException e) {
      stop(WRITING, e);
    }
  }

  private void stop(FailureContext context, IOException failure) {
    if (isStrict) {
      throw new StorageAuditException(
          context,
          "it cannot be recorded in "
              + folder
              + " ("
              + failure.getClass().getSimpleName()
              + ": "
              + failure.getMessage()
              + "), and AUDIT_LOG_STRICT says that it must be",
          failure);
    }
  }

  /** Something that touches the files. */
  @FunctionalInterface
  private interface Touching {
    void run() throws IOException;
  }

  /** While no other thread and no other process does. */
  private void exclusively(Touching work) throws IOException {
    WRITERS.lock();
    try {
      Files.createDirectories(folder);
      try (FileChannel file =
              FileChannel.open(
                  folder.resolve(AuditFiles.LOCK),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = file.lock()) {
        work.run();
      }
    } finally {
      WRITERS.unlock();
    }
  }

  private void reserve() throws IOException {
    Path reserve = folder.resolve(AuditFiles.RESERVE);
    if (Files.exists(reserve) && Files.size(reserve) == RESERVE_BYTES) {
      return;
    }
    try {
      write(reserve, new byte[RESERVE_BYTES], StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(reserve);
      throw e;
    }
  }

  private void append(AuditEvent event) throws IOException {
    AuditFiles files = AuditFiles.in(folder);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Path file = files.of(today);
    if (!Files.exists(file)) {
      removeBefore(today.minusDays(retention.toDays()), files);
    }
    AuditLine line = AuditLine.of(event, files.last());
    String begin = AuditFiles.endsInALine(file) ? "" : "\n"; // a process died while it wrote
    byte[] text = (begin + line.text() + "\n").getBytes(UTF_8);
    byte[] head = (line.hash() + "\n").getBytes(UTF_8);
    long size = Files.exists(file) ? Files.size(file) : 0;
    try {
      write(file, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      truncate(file, size);
      Files.deleteIfExists(folder.resolve(AuditFiles.RESERVE));
      write(file, text, StandardOpenOption.APPEND);
    }
    write(folder.resolve(AuditFiles.HEAD), head, StandardOpenOption.WRITE);
  }

  private void removeBefore(LocalDate first, AuditFiles files) throws IOException {
    Optional<AuditBeginning> beginning = files.beginningWithout(first);
    if (beginning.isPresent()) { // it is told first, so that a process that dies spoils nothing
      byte[] text = (beginning.get().text() + "\n").getBytes(UTF_8);
      write(folder.resolve(AuditFiles.BEGINNING), text, StandardOpenOption.WRITE);
      files.removeBefore(first);
    }
  }

  private static void truncate(Path file, long size) throws IOException {
    if (Files.exists(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(size);
      }
    }
  }

  private static void write(Path file, byte[] bytes, StandardOpenOption how) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
    }
  }
}
