package io.taforge.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * A workload and what came of it.
 *
 * @param workload with those contestants that took part
 * @param measurements one for each
 * @param reason why there are none; empty if there are
 */
record Measured(Workload workload, List<Measurement> measurements, Optional<String> reason) {}
