package io.taforge.storage.client;

import io.taforge.artifact.Artifact;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageRejectedException;
import io.taforge.storage.StorageUploadException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets content through to the store once it has been admitted. */
final class Gate {
  private final @Nullable Admission admission;
  private final Path folder;

  /** Copies what is no file to one in this folder first. */
  Gate(Admission admission, Path folder) {
    this.admission = admission;
    this.folder = folder;
  }

  private Gate() {
    this.admission = null;
    this.folder = Path.of("");
  }

  /** Everything comes through. */
  static Gate open() {
    return new Gate();
  }

  <T> T let(
      Artifact artifact,
      ContentSource content,
      PutOptions options,
      FailureContext context,
      Function<ContentSource, T> put) {
    if (admission == null || !admission.concerns(artifact.kind())) {
      return put.apply(content);
    }
    if (content.file().isPresent()) {
      check(admission, artifact, content.file().get(), context);
      return put.apply(content);
    }
    // the store gets the copy, too, so that it need not make one of its own
    try (Spool spool = Spool.of(content, folder, options, context)) {
      check(admission, artifact, spool.file(), context);
      return put.apply(spool.source());
    }
  }

  private static void check(
      Admission admission, Artifact artifact, Path file, FailureContext context) {
    Optional<String> objection;
    try {
      objection = admission.objection(artifact, file);
    } catch (ClosedByInterruptException e) {
      throw new StorageInterruptedException(context, "the thread was interrupted", e);
    } catch (IOException e) {
      throw new StorageUploadException(context, "the content cannot be read to be admitted", e);
    }
    objection.ifPresent(
        reason -> {
          throw new StorageRejectedException(context, reason);
        });
  }
}
