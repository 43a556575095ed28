package io.taforge.adapter.filesystem;

import io.taforge.artifact.LogSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What comes to mind first: a file for the content, one for the rest, and a look before both. */
final class RacedFiles implements RacedStore {
  private final Path root;

  RacedFiles(Path root) {
    this.root = root;
  }

  @Override
  public void put(LogSample sample, long number) throws IOException {
    Files.write(file(sample), RacedStore.content(number));
    Files.writeString(beside(sample), Long.toString(number));
  }

  @Override
  public boolean create(LogSample sample, long number) throws IOException {
    if (Files.exists(file(sample))) {
      return false;
    }
    put(sample, number);
    return true;
  }

  @Override
  public boolean increment(LogSample sample) throws IOException {
    OptionalLong found = get(sample);
    if (found.isEmpty() || found.getAsLong() == MIXED) {
      return false;
    }
    put(sample, found.getAsLong() + 1);
    return true;
  }

  @Override
  public void delete(LogSample sample) throws IOException {
    Files.deleteIfExists(file(sample));
    Files.deleteIfExists(beside(sample));
  }

  @Override
  public OptionalLong get(LogSample sample) throws IOException {
    try {
      byte[] content = Files.readAllBytes(file(sample));
      return OptionalLong.of(RacedStore.number(content, Files.readString(beside(sample))));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    // nothing is held open
  }

  private Path file(LogSample sample) {
    return root.resolve(sample.fileName().value());
  }

  private Path beside(LogSample sample) {
    return root.resolve(sample.fileName().value() + ".number");
  }
}
