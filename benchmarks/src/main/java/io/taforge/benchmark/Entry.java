package io.taforge.benchmark;

import io.taforge.benchmark.peer.Peer;
import java.util.List;

/**
 * One contestant of a workload.
 *
 * @param name as it is called in tables
 * @param peer the client
 * @param threads how many call it at once
 * @param options of its JVM
 * @param isCommand whether other processes do the work, so that this one's figures tell nothing
 */
record Entry(String name, Peer.Factory peer, int threads, List<String> options, boolean isCommand) {
  /** In a JVM with defaults, but for a heap that does not depend on the machine. */
  static Entry of(String name, Peer.Factory peer, int threads) {
    return new Entry(name, peer, threads, List.of("-Xmx2g"), false);
  }

  /** A program that is started anew each time. */
  static Entry command(String name, Peer.Factory peer) {
    return new Entry(name, peer, 1, List.of("-Xmx64m"), true);
  }

  /** With so much heap. */
  Entry withHeap(String size) {
    return new Entry(name, peer, threads, List.of("-Xmx" + size), isCommand);
  }
}
