package io.taforge.storage.contract;

import io.taforge.storage.Capability;
import io.taforge.storage.contract.CaseOutcome.Result;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private static final String CORE = "A14 B9 C11 D9 E8 F11 G8 H12 N9 O9";

  /** What is known so far of one contract class. */
  private static final class Results {
    final Map<String, CaseOutcome> cases = new ConcurrentSkipListMap<>();
    final Set<Capability> capabilities = new ConcurrentSkipListSet<>();
  }

  /** Made by JUnit. */
  public ContractReport() {}

  /** The ids of level Core. */
  static List<String> core() {
    return Stream.of(CORE.split(" "))
        .flatMap(
            area ->
                IntStream.rangeClosed(1, Integer.parseInt(area.substring(1)))
                    .mapToObj(number -> String.format("%s%02d", area.charAt(0), number)))
        .toList();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isContract(context)) {
      checkIds();
      context.getStore(MINE).put(Results.class, new Results());
    }
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
    add(context, Result.FAILED, String.valueOf(cause.getMessage()));
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
    if (!isContract(context) || folder.equals("off")) {
      return;
    }
    Results results = results(context).orElseThrow();
    String store = context.getRequiredTestClass().getSimpleName();
    Files.createDirectories(Path.of(folder));
    Files.writeString(Path.of(folder, store + ".json"), json(store, results));
    System.out.println(line(store, results.cases.values()));
  }

  private static boolean isContract(ExtensionContext context) {
    return ArtifactStoreContract.class.isAssignableFrom(context.getRequiredTestClass());
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

  /** The methods that are cases, in no order. */
  static Stream<Method> methods() {
    return Arrays.stream(ArtifactStoreContract.class.getDeclaredClasses())
        .flatMap(area -> Arrays.stream(area.getSuperclass().getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Case.class));
  }

  /** Each id must be there once; whatever part of the contract is about to run. */
  private static void checkIds() {
    List<String> ids = methods().map(method -> method.getAnnotation(Case.class).value()).toList();
    Set<String> missing = new TreeSet<>(core());
    missing.removeAll(Set.copyOf(ids));
    List<String> tooMany = new ArrayList<>(ids);
    core().forEach(tooMany::remove);
    if (!missing.isEmpty() || !tooMany.isEmpty()) {
      throw new IllegalStateException(
          "The contract is not level Core: missing " + missing + ", too many " + tooMany);
    }
  }

  private static String line(String store, Collection<CaseOutcome> outcomes) {
    String notRun =
        CaseOutcome.notRun(outcomes).entrySet().stream()
            .map(each -> each.getValue() + ": " + each.getKey())
            .collect(Collectors.joining(", "));
    String total = outcomes.size() == core().size() ? "" : " of " + core().size();
    return String.format(
        "Contract Core on %s: %d%s cases, %d passed, %d failed, %d not run%s",
        store,
        outcomes.size(),
        total,
        CaseOutcome.count(outcomes, Result.PASSED),
        CaseOutcome.count(outcomes, Result.FAILED),
        CaseOutcome.count(outcomes, Result.NOT_RUN),
        notRun.isEmpty() ? "" : " (" + notRun + ")");
  }

  private static String json(String store, Results results) {
    Collection<CaseOutcome> outcomes = results.cases.values();
    return "{\n"
        + ("  \"contract\": \"Core\",\n  \"store\": " + CaseOutcome.quoted(store) + ",\n")
        + ("  \"complete\": " + (outcomes.size() == core().size()) + ",\n")
        + ("  \"passed\": " + CaseOutcome.count(outcomes, Result.PASSED) + ",\n")
        + ("  \"failed\": " + CaseOutcome.count(outcomes, Result.FAILED) + ",\n")
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
