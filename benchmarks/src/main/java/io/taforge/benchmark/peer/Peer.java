package io.taforge.benchmark.peer;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A client: what it offers it does in the way that its documentation shows. Safe for use by many
 * threads.
 */
public interface Peer extends AutoCloseable {
  /** Opens one. */
  @FunctionalInterface
  interface Factory {
    /** Opens it at a site; to be closed. */
    Peer open(Site site) throws Exception;
  }

  /** Stores some bytes. */
  default void put(String key, byte[] content) throws Exception {
    throw notOffered("put");
  }

  /** Reads some bytes, all of them; says how many. */
  default long get(String key) throws Exception {
    throw notOffered("get");
  }

  /** Stores a file. */
  default void upload(String key, Path file) throws Exception {
    throw notOffered("upload of a file");
  }

  /** Stores a stream of which it is not told how long it is. */
  default void upload(String key, InputStream content) throws Exception {
    throw notOffered("upload of a stream");
  }

  /** Brings content into a file that is not there yet. */
  default void download(String key, Path file) throws Exception {
    throw notOffered("download");
  }

  /** Lists everything; says how many there were. */
  default long list() throws Exception {
    throw notOffered("list");
  }

  /** Removes all of these. */
  default void delete(List<String> keys) throws Exception {
    throw notOffered("delete");
  }

  /** Signs a link to download; says how long it is. */
  default int link(String key) throws Exception {
    throw notOffered("link");
  }

  @Override
  void close() throws Exception;

  private UnsupportedOperationException notOffered(String what) {
    return new UnsupportedOperationException(getClass().getSimpleName() + " has no " + what);
  }
}
