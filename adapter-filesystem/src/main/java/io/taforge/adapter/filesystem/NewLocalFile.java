package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.time.Instant;

/** A new file of the machine, which is written and synced through one channel. */
final class NewLocalFile implements Folder.NewFile {
  private final FileChannel channel;
  private final Folder folder;
  private final String name;

  /** Of this name in a folder; the channel is closed with this. */
  NewLocalFile(FileChannel channel, Folder folder, String name) {
    this.channel = channel;
    this.folder = folder;
    this.name = name;
  }

  @Override
  public void write(byte[] buffer, int offset, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, count);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void setModified(Instant time) throws IOException {
    folder.setModified(name, time);
  }

  /** An interrupt closes the channel; then it is done through another one. */
  @Override
  public void sync() throws IOException {
    boolean isInterrupted = Thread.interrupted();
    try {
      channel.force(true);
    } catch (ClosedByInterruptException e) {
      isInterrupted |= Thread.interrupted();
      folder.sync(name);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
