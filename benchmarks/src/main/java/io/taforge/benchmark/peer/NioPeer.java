package io.taforge.benchmark.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Files through {@code java.nio}, by hand, with what taforge promises: the content durably and all
 * at once, and its SHA-256 with it.
 */
final class NioPeer implements Peer {
  private static final int PIECE = 256 << 10;

  private final Path root;
  private final Path work;
  private final boolean hasRecords;
  private final AtomicLong names = new AtomicLong();

  /**
   * In the site's folder.
   *
   * @param hasRecords whether the SHA-256 is in a file beside the content, which copies keep, or in
   *     an attribute of the file, which they lose
   */
  NioPeer(Site site, boolean hasRecords) throws IOException {
    this.root = Files.createDirectories(site.folder().resolve("nio"));
    this.work = Files.createDirectories(root.resolve("work"));
    this.hasRecords = hasRecords;
  }

  @Override
  public void put(String key, byte[] content) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Path part = newPart();
    try (FileChannel out = create(part)) {
      digest.update(content);
      write(out, ByteBuffer.wrap(content));
      finish(out, part, digest);
    }
    publish(part, key, digest);
  }

  @Override
  public void upload(String key, Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Path part = newPart();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    try (FileChannel in = FileChannel.open(file);
        FileChannel out = create(part)) {
      while (in.read(piece.clear()) >= 0) {
        digest.update(piece.flip());
        write(out, piece.rewind());
      }
      finish(out, part, digest);
    }
    publish(part, key, digest);
  }

  @Override
  public long get(String key) throws Exception {
    ByteBuffer piece = ByteBuffer.allocate(16 << 10);
    return read(key, piece, null);
  }

  @Override
  public void download(String key, Path file) throws Exception {
    try (FileChannel out = create(file)) {
      read(key, ByteBuffer.allocateDirect(PIECE), out);
    }
  }

  @Override
  public long list() throws IOException {
    AtomicLong count = new AtomicLong();
    Files.walkFileTree(
        root.resolve("samples"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            count.incrementAndGet();
            return FileVisitResult.CONTINUE;
          }
        });
    return count.get();
  }

  @Override
  public void delete(List<String> keys) throws IOException {
    for (String key : keys) {
      Files.delete(root.resolve(key));
    }
  }

  @Override
  public void close() {
    // nothing is open
  }

  private long read(String key, ByteBuffer piece, @Nullable FileChannel out) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Path file = root.resolve(key);
    long length = 0;
    try (FileChannel in = FileChannel.open(file)) {
      while (in.read(piece.clear()) >= 0) {
        length += piece.flip().remaining();
        digest.update(piece);
        if (out != null) {
          write(out, piece.rewind());
        }
      }
    }
    String known =
        hasRecords ? Files.readString(root.resolve("records").resolve(key)) : attribute(file);
    if (!HexFormat.of().formatHex(digest.digest()).equals(known)) {
      throw new IOException(key + " is damaged");
    }
    return length;
  }

  private void finish(FileChannel out, Path part, MessageDigest digest) throws IOException {
    if (!hasRecords) {
      Files.getFileAttributeView(part, UserDefinedFileAttributeView.class)
          .write("sha256", ByteBuffer.wrap(bytes(digest)));
    }
    out.force(true);
  }

  private void publish(Path part, String key, MessageDigest digest) throws IOException {
    if (hasRecords) {
      Path record = newPart();
      try (FileChannel out = create(record)) {
        write(out, ByteBuffer.wrap(bytes(digest)));
        out.force(true);
      }
      move(record, root.resolve("records").resolve(key));
    }
    move(part, root.resolve(key));
  }

  private static void move(Path part, Path target) throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException(target + " is in no folder");
    }
    makeFolder(folder);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(folder);
  }

  /** Durably, or what is in it is lost with it. */
  private static void makeFolder(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent == null || Files.isDirectory(folder)) {
      return;
    }
    makeFolder(parent);
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      // by another thread, which may not have synced it yet
    }
    sync(parent);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel opened = FileChannel.open(folder)) {
      opened.force(true);
    }
  }

  private Path newPart() {
    return work.resolve(Long.toString(names.incrementAndGet()));
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static String attribute(Path file) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    ByteBuffer value = ByteBuffer.allocate(64);
    view.read("sha256", value);
    return new String(value.array(), 0, value.position(), StandardCharsets.US_ASCII);
  }

  /** The digest is asked once, when all content has gone through it. */
  private static byte[] bytes(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII);
  }
}
