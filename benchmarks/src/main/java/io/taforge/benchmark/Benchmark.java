package io.taforge.benchmark;

import io.taforge.benchmark.report.PerformancePage;
import io.taforge.benchmark.report.ProfilesPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures what is wanted and tells what came of it. */
public final class Benchmark {
  private final RunPlan plan;
  private final Optional<CephSite> ceph = CephSite.ofProperties();
  private final Console console;

  private Benchmark(RunPlan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /**
   * Runs as the system's properties say; see {@link RunPlan}. If they say {@code report} it
   * measures nothing and writes the documentation anew, from the results that are published.
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    RunPlan plan = RunPlan.of(System.getProperties());
    Benchmark benchmark = new Benchmark(plan, new Console(System.out));
    if (plan.isReportOnly()) {
      benchmark.report();
    } else {
      benchmark.run();
    }
  }

  private void report() throws IOException {
    Path docs = plan.home().resolve("docs");
    PerformancePage.write(
        Results.read(published()).orElseThrow().document(),
        docs.resolve("performance.md"),
        docs.resolve("performance"));
    console.tell("written: " + docs.resolve("performance.md"));
  }

  private void run() throws IOException, InterruptedException {
    Results results = Results.begin(plan);
    Optional<Regressions> regressions = Results.read(published()).map(Regressions::new);
    console.tell("taforge benchmarks, " + results.document().path("machine").asText());
    List<String> warnings = new ArrayList<>();
    if (plan.isProfiled()) {
      ProfilesPage.clear(Files.createDirectories(plan.folder()));
    }
    try (Scratch scratch = Scratch.in(plan.folder());
        Tournament tournament = new Tournament(plan, scratch, ceph)) {
      if (ceph.isPresent()) {
        CephBuckets.create(ceph.get(), Tournament.BUCKET);
      }
      for (Row row : Rows.of(plan.effort()).chosen(plan.rows(), plan.effort())) {
        List<Verdict> verdicts = measure(row, tournament, results);
        results.write(plan.folder().resolve("results.json")); // should it be ended half-way
        tournament.tidy();
        console.tell(row, verdicts);
        regressions.ifPresent(each -> warnings.addAll(each.of(row, verdicts)));
      }
    }
    publish(results);
    warnings.forEach(each -> console.tell("warning: " + each));
  }

  private List<Verdict> measure(Row row, Tournament tournament, Results results)
      throws IOException, InterruptedException {
    List<Measured> measured = new ArrayList<>();
    for (Workload workload : row.workloads()) {
      Workload chosen = plan.hasEverybody() ? workload : workload.with(row.named(workload));
      boolean isLeftOut = plan.effort().isHasty() && plan.rows().isBlank() && !measured.isEmpty();
      if (chosen.entries().isEmpty() || isLeftOut) {
        continue;
      }
      Measured each =
          tournament.hasPlaceFor(chosen)
              ? new Measured(chosen, tournament.hold(row, chosen), Optional.empty())
              : new Measured(chosen, List.of(), Optional.of("no -Dceph.endpoint was given"));
      measured.add(each);
      console.tell(row, each);
    }
    List<Measurement> all =
        measured.stream().flatMap(each -> each.measurements().stream()).toList();
    List<Verdict> verdicts = row.targets().stream().map(target -> Verdict.on(target, all)).toList();
    results.add(row, measured, verdicts);
    return verdicts;
  }

  private void publish(Results results) throws IOException {
    Path folder = plan.folder();
    results.write(folder.resolve("results.json"));
    PerformancePage.write(
        results.document(), folder.resolve("performance.md"), folder.resolve("performance"));
    console.tell("written: " + folder.resolve("performance.md"));
    if (plan.isPublished() && plan.isProfiled()) { // which takes time, so the numbers are no good
      ProfilesPage.write(folder, published().resolveSibling("profiles.md"));
    } else if (plan.isPublished()) {
      Optional<Results> earlier = Results.read(published());
      (earlier.isPresent() ? results.together(earlier.get()) : results).write(published());
      report();
    }
  }

  private Path published() {
    return plan.home().resolve("docs/performance/results.json");
  }
}
