package io.taforge.testbed;

import java.util.List;

/**
 * Somebody who uses a server over a bad network: a store of ours, or an SDK as it comes, beside it.
 * All keys are those of artifacts.
 */
public interface NetworkCaller extends AutoCloseable {
  /** Reads all of an object. */
  byte[] get(String key) throws Exception;

  /** Stores an object, in parts if it is larger than one, in whatever place of another one. */
  void put(String key, byte[] content) throws Exception;

  /** Stores an object only if there is none. */
  void create(String key, byte[] content) throws Exception;

  /** The keys of all objects that begin like this, in pages of two. */
  List<String> list(String prefix) throws Exception;

  /** Removes an object. */
  void delete(String key) throws Exception;

  /** Whether this is one of the failures that its documentation tells of. */
  boolean isDocumented(Throwable failure);

  @Override
  void close();
}
