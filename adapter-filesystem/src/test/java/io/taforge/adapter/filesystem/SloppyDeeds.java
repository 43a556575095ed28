package io.taforge.adapter.filesystem;

import static io.taforge.adapter.filesystem.FaultWorld.NEW;
import static io.taforge.adapter.filesystem.FaultWorld.OLD;
import static io.taforge.adapter.filesystem.FaultWorld.content;
import static io.taforge.adapter.filesystem.FaultWorld.sample;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageUploadException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What careless stores do when a system call fails; each is to be found out. */
final class SloppyDeeds {
  private SloppyDeeds() {}

  static List<Deed> all() {
    return List.of(
        Deed.changing(
            "sloppy: ignores that a sync failed", NEW, Map.of(), SloppyDeeds::ignoresSync),
        Deed.looking("sloppy: leaves a file open", OLD, SloppyDeeds::leavesOpen),
        Deed.looking("sloppy: throws what comes", OLD, SloppyDeeds::throwsWhatComes),
        Deed.looking("sloppy: lists what it could read", "2", SloppyDeeds::listsSome),
        Deed.changing("sloppy: writes in place", OLD, Map.of(), SloppyDeeds::writesInPlace),
        Deed.looking("sloppy: leaves a temporary file", OLD, SloppyDeeds::leavesPart));
  }

  private static Path file(FaultWorld world) {
    return world.root().resolve("log-samples/" + sample("a").key());
  }

  private static String ignoresSync(FaultWorld world) {
    try (FileChannel file = FileChannel.open(file(world), StandardOpenOption.WRITE)) {
      file.force(true);
    } catch (IOException e) {
      // as if it did not matter
    }
    return NEW;
  }

  private static String leavesOpen(FaultWorld world) {
    try {
      DirectoryStream<Path> folder = Files.newDirectoryStream(file(world).getParent());
      FileChannel.open(file(world)).close();
      folder.close();
      return OLD;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static String throwsWhatComes(FaultWorld world) {
    try (InputStream file = Files.newInputStream(file(world))) {
      file.readAllBytes();
      return OLD;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String listsSome(FaultWorld world) {
    File[] found = file(world).toFile().getParentFile().listFiles();
    return "" + (found == null ? 0 : found.length);
  }

  private static String writesInPlace(FaultWorld world) {
    try {
      Files.write(file(world), content("a", OLD));
      return OLD;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static String leavesPart(FaultWorld world) {
    try (Stream<Path> before = Files.list(world.root())) {
      before.count();
      Path part = world.root().resolve("x.part");
      Files.write(part, content("a", OLD));
      Files.delete(part);
      return OLD;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static StorageUploadException failure(IOException cause) {
    return new StorageUploadException(FailureContext.of(Operation.PUT), "it failed", cause);
  }
}
