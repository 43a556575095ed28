package io.taforge.benchmark.workload;

import io.taforge.benchmark.peer.Peer;
import io.taforge.benchmark.peer.Site;

/** Something to be done again and again, by many threads at once if it is said so. */
public interface Work extends AutoCloseable {
  /** Prepares it. */
  @FunctionalInterface
  interface Factory {
    /** Prepares it for this client at this site; to be closed. */
    Work prepare(Peer.Factory peer, Site site) throws Exception;
  }

  /** Does it once. */
  void run() throws Exception;

  /** Clears away what was left by doing it once; not measured where an operation is a large one. */
  void clear() throws Exception;

  @Override
  void close() throws Exception;
}
