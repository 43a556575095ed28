package io.taforge.benchmark.workload;

import io.taforge.benchmark.peer.Peer;
import io.taforge.benchmark.peer.Site;

/** Work with a client that is opened for it. */
final class PeerWork implements Work {
  /** One call of the client. */
  @FunctionalInterface
  interface Step {
    void run(Peer peer) throws Exception;
  }

  private final Peer peer;
  private final Step step;
  private final Step after;

  private PeerWork(Peer peer, Step step, Step after) {
    this.peer = peer;
    this.step = step;
    this.after = after;
  }

  /** Opens the client and does once what has to be done before. */
  static Work of(Peer.Factory factory, Site site, Step before, Step step) throws Exception {
    return of(factory, site, before, step, each -> {});
  }

  /** The same with something to be done behind each step. */
  static Work of(Peer.Factory factory, Site site, Step before, Step step, Step after)
      throws Exception {
    Peer peer = factory.open(site);
    try {
      before.run(peer);
      return new PeerWork(peer, step, after);
    } catch (Exception e) {
      peer.close();
      throw e;
    }
  }

  @Override
  public void run() throws Exception {
    step.run(peer);
  }

  @Override
  public void clear() throws Exception {
    after.run(peer);
  }

  @Override
  public void close() throws Exception {
    peer.close();
  }
}
