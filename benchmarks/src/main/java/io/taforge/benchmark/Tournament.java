package io.taforge.benchmark;

import io.taforge.benchmark.peer.Site;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets the contestants of a workload take turns, round by round. */
final class Tournament implements AutoCloseable {
  static final String BUCKET = "log-samples";
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  private final RunPlan plan;
  private final Effort effort;
  private final Scratch scratch;
  private final Optional<CephSite> ceph;
  private final List<Path> folders = new ArrayList<>();
  private final Map<Place, ServerProcess> servers = new EnumMap<>(Place.class);
  private boolean isCephResting;

  Tournament(RunPlan plan, Scratch scratch, Optional<CephSite> ceph) {
    this.plan = plan;
    this.effort = plan.effort();
    this.scratch = scratch;
    this.ceph = ceph;
  }

  /** Whether there is what the workload is done on. */
  boolean hasPlaceFor(Workload workload) {
    return !workload.place().isCeph()
        || ceph.filter(each -> each.has(workload.place())).isPresent();
  }

  /** All measurements of a workload. */
  List<Measurement> hold(Row row, Workload workload) throws IOException, InterruptedException {
    List<ContestantProcess> contestants = new ArrayList<>();
    try {
      haveCephReady(workload);
      for (Entry entry : workload.entries()) {
        Path folder = scratch.newFolder();
        folders.add(folder);
        contestants.add(start(row, workload, entry, folder));
      }
      int warmups = workload.isOnce() ? 0 : effort.warmups();
      int all = warmups + effort.rounds();
      for (int round = 0; round < all; round++) {
        for (ContestantProcess each : contestants) {
          if (each.isAlive()) {
            each.takeTurn(round < warmups, round == all - 1);
          }
        }
      }
      List<Measurement> results = new ArrayList<>();
      for (int i = 0; i < contestants.size(); i++) {
        Measurement result = contestants.get(i).result();
        results.add(workload.entries().get(i).isCommand() ? result.ofOtherProcesses() : result);
      }
      return results;
    } finally {
      for (ContestantProcess each : contestants) {
        each.close();
      }
    }
  }

  /** Its daemons take their part of the processors even when nobody asks them anything. */
  private void haveCephReady(Workload workload) throws IOException, InterruptedException {
    if (ceph.isPresent() && workload.place().isCeph() == isCephResting) {
      isCephResting = !isCephResting;
      if (isCephResting) {
        ceph.get().rest();
      } else {
        ceph.get().wake();
      }
    }
  }

  /**
   * Removes what contestants have left. Not between the workloads of a row: a file system that
   * deletes many files is slow to create others.
   */
  void tidy() throws IOException {
    for (Path each : folders) {
      Scratch.remove(each);
    }
    folders.clear();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (ceph.isPresent() && isCephResting) {
      ceph.get().wake();
    }
    for (ServerProcess each : servers.values()) {
      each.close();
    }
  }

  private ContestantProcess start(Row row, Workload workload, Entry entry, Path folder)
      throws IOException {
    Site site = site(workload.place(), folder, entry.threads());
    List<String> options = new ArrayList<>(entry.options());
    if (site.certificate().isPresent()) {
      options.addAll(TrustStore.options(site.certificate().get(), scratch.folder()));
    }
    if (plan.isProfiled()) {
      String name = String.join("-", row.id(), workload.id(), entry.name());
      options.add(
          "-XX:StartFlightRecording=settings=profile,filename="
              + plan.folder().resolve(name.replaceAll("[^A-Za-z0-9]+", "-") + ".jfr"));
    }
    return ContestantProcess.start(
        new Assignment(effort, row.id(), workload.id(), entry.name(), site),
        options,
        scratch.folder().resolveSibling("contestants.log"));
  }

  private Site site(Place place, Path folder, int threads) throws IOException {
    if (place.isCeph()) {
      CephSite there = ceph.orElseThrow();
      return new Site(
          there.at(place),
          there.accessKey(),
          there.secretKey(),
          place == Place.CEPH_TLS ? there.certificate() : Optional.empty(),
          BUCKET,
          folder,
          scratch.bigFile(Effort.onCeph(effort.bigFile())),
          plan.home(),
          threads);
    }
    return new Site(
        server(place),
        "benchmark",
        "benchmark-secret",
        Optional.empty(),
        BUCKET,
        folder,
        scratch.bigFile(effort.bigFile()),
        plan.home(),
        threads);
  }

  private URI server(Place place) throws IOException {
    if (place.plan().isEmpty()) {
      return NOWHERE;
    }
    ServerProcess server = servers.get(place);
    if (server == null) {
      server = ServerProcess.start(place.plan().get());
      servers.put(place, server);
    }
    return server.endpoint();
  }
}
