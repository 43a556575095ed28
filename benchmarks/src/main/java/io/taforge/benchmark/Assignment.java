package io.taforge.benchmark;

import io.taforge.benchmark.peer.Site;
import io.taforge.benchmark.workload.Work;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one process has to do.
 *
 * @param effort of the whole run
 * @param row the row's id
 * @param workload the workload's id
 * @param entry the contestant's name
 * @param site where
 */
record Assignment(Effort effort, String row, String workload, String entry, Site site) {
  /** Name of the environment variable with the secret key. */
  static final String SECRET = "BENCHMARK_SECRET_KEY";

  /** As arguments of a process; the secret is not among them, see {@link #SECRET}. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(effort.name());
    arguments.add(row);
    arguments.add(workload);
    arguments.add(entry);
    arguments.add(site.endpoint().toString());
    arguments.add(site.accessKey());
    arguments.add(site.certificate().map(Path::toString).orElse(""));
    arguments.add(site.bucket());
    arguments.add(site.folder().toString());
    arguments.add(site.bigFile().path().toString());
    arguments.add(Long.toString(site.bigFile().size()));
    arguments.add(site.home().toString());
    arguments.add(Integer.toString(site.threads()));
    return arguments;
  }

  static Assignment parse(String[] arguments, String secretKey) {
    return new Assignment(
        Effort.of(arguments[0]),
        arguments[1],
        arguments[2],
        arguments[3],
        new Site(
            URI.create(arguments[4]),
            arguments[5],
            secretKey,
            arguments[6].isEmpty() ? Optional.empty() : Optional.of(Path.of(arguments[6])),
            arguments[7],
            Path.of(arguments[8]),
            new Site.BigFile(Path.of(arguments[9]), Long.parseLong(arguments[10])),
            Path.of(arguments[11]),
            Integer.parseInt(arguments[12])));
  }

  Workload workloadOfRow() {
    return Rows.of(effort).row(row).workload(workload);
  }

  Work prepare() throws Exception {
    Workload workload = workloadOfRow();
    return workload.work().prepare(workload.entry(entry).peer(), site);
  }
}
