package io.taforge.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

/** The document with all that was measured, from which all else is made. */
final class Results {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final ObjectNode document;

  private Results(ObjectNode document) {
    this.document = document;
  }

  /** Of a run that begins now. */
  static Results begin(RunPlan plan) throws IOException {
    ObjectNode document = JSON.createObjectNode();
    document.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    document.put("run", plan.effort().name().toLowerCase(Locale.ROOT));
    document.put("command", plan.command());
    document.put("machine", Machine.description());
    document.set("versions", JSON.valueToTree(Machine.versions()));
    document.putArray("rows");
    return new Results(document);
  }

  /** Those in a file; empty if there is none. */
  static Optional<Results> read(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(new Results((ObjectNode) JSON.readTree(file.toFile())))
        : Optional.empty();
  }

  JsonNode document() {
    return document;
  }

  List<JsonNode> rows() {
    return StreamSupport.stream(document.path("rows").spliterator(), false).toList();
  }

  /** Adds what was measured for a row, and what that says. */
  void add(Row row, List<Measured> measured, List<Verdict> verdicts) {
    ObjectNode node = ((ArrayNode) document.path("rows")).addObject();
    node.put("id", row.id()).put("title", row.title());
    node.put("date", document.path("date").asText()).put("run", document.path("run").asText());
    ArrayNode workloads = node.putArray("workloads");
    measured.forEach(each -> add(workloads.addObject(), each));
    ArrayNode targets = node.putArray("targets");
    for (int i = 0; i < verdicts.size(); i++) {
      add(targets.addObject(), row.targets().get(i), verdicts.get(i));
    }
  }

  /** With those rows of an earlier run that this one has not. */
  Results together(Results earlier) {
    List<String> here = rows().stream().map(each -> each.path("id").asText()).toList();
    List<JsonNode> all = new ArrayList<>(rows());
    earlier.rows().stream()
        .filter(each -> !here.contains(each.path("id").asText()))
        .forEach(all::add);
    all.sort(
        (one, other) ->
            Integer.compare(
                Integer.parseInt(one.path("id").asText().substring(1)),
                Integer.parseInt(other.path("id").asText().substring(1))));
    ObjectNode copy = document.deepCopy();
    copy.putArray("rows").addAll(all);
    return new Results(copy);
  }

  /** The value of a target; empty if it has none. */
  OptionalDouble value(String target) {
    return rows().stream()
        .flatMap(row -> StreamSupport.stream(row.path("targets").spliterator(), false))
        .filter(each -> each.path("id").asText().equals(target) && each.path("value").isNumber())
        .mapToDouble(each -> each.path("value").asDouble())
        .findFirst();
  }

  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, JSON.writeValueAsString(document) + "\n");
  }

  private static void add(ObjectNode node, Measured measured) {
    Workload workload = measured.workload();
    node.put("id", workload.id()).put("title", workload.title());
    node.put("place", workload.place().title()).put("unit", workload.quantity().unit());
    if (measured.reason().isPresent()) {
      node.put("notMeasured", measured.reason().get());
    }
    ArrayNode entries = node.putArray("entries");
    for (Measurement each : measured.measurements()) {
      ObjectNode entry = entries.addObject().put("name", each.entry());
      if (each.problem().isPresent()) {
        entry.put("problem", each.problem().get());
        continue;
      }
      put(entry, "value", workload.quantity().of(Metric.SPEED.of(each)));
      put(entry, "cpuMicroseconds", Metric.CPU.of(each) * 1e6);
      put(entry, "allocatedBytes", each.allocatedBytes());
      put(entry, "peakMegabytes", each.peakMegabytes());
      ArrayNode rounds = entry.putArray("rounds");
      each.rounds()
          .forEach(
              round -> rounds.add(rounded(workload.quantity().of(round.operationsPerSecond()))));
    }
  }

  private static void add(ObjectNode node, Target target, Verdict verdict) {
    node.put("id", target.id()).put("title", target.title());
    node.put("better", target.isAtLeast() ? "more" : "less");
    target.gate().ifPresent(limit -> node.put("gate", limit));
    target.goal().ifPresent(limit -> node.put("goal", limit));
    put(node, "value", verdict.value());
    verdict.gate().ifPresent(holds -> node.put("gateHolds", holds));
    verdict.goal().ifPresent(holds -> node.put("goalHolds", holds));
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, rounded(value));
    }
  }

  /** To four digits: more are noise. */
  private static double rounded(double value) {
    return value == 0 ? 0 : new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }
}
