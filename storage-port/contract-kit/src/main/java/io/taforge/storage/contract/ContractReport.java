package io.taforge.storage.contract;

import io.taforge.storage.Capability;
import io.taforge.storage.contract.CaseOutcome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Says what became of each case of the contract: one line on standard output, and {@code
 * target/contract-report/<test class>.json} with every case's result, duration, and why it failed
 * or did not run. {@code -Dcontract.report=DIR} sets another folder, {@code -Dcontract.report=off}
 * none.
 *
 * <p>Only a report that says {@code "complete": true} is about the whole contract; with a filter,
 * or with one case started in an IDE, it is about what ran.
 */
public final class ContractReport
    implements BeforeAllCallback,
        BeforeEachCallback,
        BeforeTestExecutionCallback,
        AfterAllCallback,
        TestWatcher {
  private static final ExtensionContext.Namespace MINE =
      ExtensionContext.Namespace.create(ContractReport.class);
  private static final String FOLDER = "contract.report";

  /** What is known so far of one contract class. */
  private static final class Results {
    final Level level;
    final Map<String, CaseOutcome> cases = new ConcurrentSkipListMap<>();
    final Set<Capability> capabilities = new ConcurrentSkipListSet<>();

    Results(Level level) {
      this.level = level;
    }
  }

  /** Made by JUnit. */
  public ContractReport() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    level(context)
        .ifPresent(
            level -> {
              level.checkIds();
              context.getStore(MINE).put(Results.class, new Results(level));
            });
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(MINE).put("startedAt", System.nanoTime());
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    if (context.getRequiredTestInstance() instanceof ContractCases cases) {
      results(context).ifPresent(r -> r.capabilities.addAll(cases.harness().capabilities()));
    }
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    add(context, Result.PASSED, "");
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    Result result = cause instanceof InconclusiveError ? Result.INCONCLUSIVE : Result.FAILED;
    add(context, result, String.valueOf(cause.getMessage()));
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    add(context, Result.NOT_RUN, String.valueOf(cause.getMessage()));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    add(context, Result.NOT_RUN, reason.orElse("it is disabled"));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    String folder = context.getConfigurationParameter(FOLDER).orElse("target/contract-report");
    if (level(context).isEmpty() || folder.equals("off")) {
      return;
    }
    Results results = results(context).orElseThrow();
    String store = context.getRequiredTestClass().getSimpleName();
    Files.createDirectories(Path.of(folder));
    Files.writeString(Path.of(folder, store + ".json"), json(store, results));
    System.out.println(line(store, results));
  }

  private static Optional<Level> level(ExtensionContext context) {
    return Level.of(context.getRequiredTestClass());
  }

  private static Optional<Results> results(ExtensionContext context) {
    return Optional.ofNullable(context.getStore(MINE).get(Results.class, Results.class));
  }

  private static void add(ExtensionContext context, Result result, String reason) {
    Case is = context.getRequiredTestMethod().getAnnotation(Case.class);
    if (is == null) {
      return; // a test of the adapter's own
    }
    Long startedAt = context.getStore(MINE).get("startedAt", Long.class);
    long millis = startedAt == null ? 0 : (System.nanoTime() - startedAt) / 1_000_000;
    String name = context.getRequiredTestMethod().getName();
    results(context)
        .ifPresent(
            r ->
                r.cases.put(is.value(), new CaseOutcome(is.value(), name, result, reason, millis)));
  }

  private static String line(String store, Results results) {
    Collection<CaseOutcome> outcomes = results.cases.values();
    int all = results.level.ids().size();
    long inconclusive = CaseOutcome.count(outcomes, Result.INCONCLUSIVE);
    String notRun =
        CaseOutcome.byReason(outcomes, Result.NOT_RUN).entrySet().stream()
            .map(each -> each.getValue() + ": " + each.getKey())
            .collect(Collectors.joining(", "));
    return String.format(
        "Contract %s on %s: %d%s cases, %d passed, %d failed, %s%d not run%s",
        results.level,
        store,
        outcomes.size(),
        outcomes.size() == all ? "" : " of " + all,
        CaseOutcome.count(outcomes, Result.PASSED),
        CaseOutcome.count(outcomes, Result.FAILED),
        inconclusive == 0 ? "" : inconclusive + " INCONCLUSIVE, ",
        CaseOutcome.count(outcomes, Result.NOT_RUN),
        notRun.isEmpty() ? "" : " (" + notRun + ")");
  }

  private static String json(String store, Results results) {
    Collection<CaseOutcome> outcomes = results.cases.values();
    return "{\n"
        + ("  \"contract\": " + CaseOutcome.quoted(results.level.toString()) + ",\n")
        + ("  \"store\": " + CaseOutcome.quoted(store) + ",\n")
        + ("  \"complete\": " + (outcomes.size() == results.level.ids().size()) + ",\n")
        + ("  \"passed\": " + CaseOutcome.count(outcomes, Result.PASSED) + ",\n")
        + ("  \"failed\": " + CaseOutcome.count(outcomes, Result.FAILED) + ",\n")
        + ("  \"inconclusive\": " + CaseOutcome.count(outcomes, Result.INCONCLUSIVE) + ",\n")
        + ("  \"notRun\": " + CaseOutcome.count(outcomes, Result.NOT_RUN) + ",\n")
        + results.capabilities.stream()
            .map(each -> CaseOutcome.quoted(each.name()))
            .collect(Collectors.joining(", ", "  \"capabilities\": [", "],\n"))
        + outcomes.stream()
            .map(each -> "    " + each.json())
            .collect(Collectors.joining(",\n", "  \"cases\": [\n", "\n  ]\n"))
        + "}\n";
  }
}
