package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A contract proves something only if a store that is wrong fails it. So each of many broken stores
 * must be found out, and each case must find out at least one of them. Which case finds which is
 * printed, and is in {@code target/kill-matrix.txt}.
 */
@DisabledIfSystemProperty(named = "contract.controls", matches = "off")
class NegativeControlsTest {
  /** Nothing that a store does can make these fail; the reason is beside each. */
  private static final Map<String, String> CANNOT_FAIL = Map.of();

  private static final Map<Control, Set<String>> KILLS = new LinkedHashMap<>();

  /** The broken store that the thread is at. */
  private static final ThreadLocal<Control> CONTROL = new ThreadLocal<>();

  /** Its contract. */
  static class OnBrokenStore extends ArtifactStoreContract {
    @Override
    protected ArtifactStoreHarness harness() {
      return CONTROL.get().harness().get();
    }
  }

  /** And that of its links. */
  static class OnBrokenLinks extends SignedLinksContract {
    @Override
    protected ArtifactStoreHarness harness() {
      return CONTROL.get().harness().get();
    }
  }

  /** And that of its buckets. */
  static class OnBrokenBuckets extends AdminContract {
    @Override
    protected ArtifactStoreHarness harness() {
      return CONTROL.get().harness().get();
    }
  }

  /** And that of its retention. */
  static class OnBrokenRetention extends RetentionContract {
    @Override
    protected ArtifactStoreHarness harness() {
      return CONTROL.get().harness().get();
    }
  }

  @BeforeAll
  static void runTheContractOnEachBrokenStore() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Map<Control, Future<Set<String>>> runs = new LinkedHashMap<>();
      controls().forEach(each -> runs.put(each, threads.submit(() -> failingCases(each))));
      for (Map.Entry<Control, Future<Set<String>>> run : runs.entrySet()) {
        KILLS.put(run.getKey(), run.getValue().get());
      }
    } finally {
      threads.shutdownNow();
    }
    String matrix = matrix();
    System.out.println(matrix);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "kill-matrix.txt"), matrix);
  }

  @TestFactory
  Stream<DynamicTest> eachBrokenStoreIsFoundOut() {
    return KILLS.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey().flaw(), () -> assertThat(each.getValue()).isNotEmpty()));
  }

  @Test
  void eachCaseFindsOutABrokenStore() {
    assertThat(survivors()).isEqualTo(CANNOT_FAIL.keySet());
  }

  @Test
  void eachFlawIsThereOnce() {
    assertThat(controls()).extracting(Control::flaw).doesNotHaveDuplicates();
  }

  private static List<Control> controls() {
    return Stream.of(
            BrokenWriting.controls(),
            BrokenReading.controls(),
            BrokenNaming.controls(),
            BrokenDescribing.controls(),
            BrokenConditions.controls(),
            BrokenDeleting.controls(),
            BrokenListing.controls(),
            BrokenFailing.controls(),
            BrokenLiving.controls(),
            BrokenLinking.controls(),
            BrokenKeeping.controls(),
            BrokenRetaining.controls())
        .flatMap(List::stream)
        .toList();
  }

  private static Set<String> failingCases(Control control) {
    Set<String> failing = new TreeSet<>();
    CONTROL.set(control);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(areas(control))
            .configurationParameter("contract.report", "off")
            .configurationParameter(
                "junit.jupiter.execution.timeout.testable.method.default", "30s")
            .build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                  failing.add(id(test, result) + (isInconclusive(result) ? "?" : ""));
                }
              }
            });
    return failing;
  }

  /** A case that found out nothing but that nothing can be found out has killed nobody. */
  private static boolean isInconclusive(TestExecutionResult result) {
    return result.getThrowable().filter(InconclusiveError.class::isInstance).isPresent();
  }

  private static List<DiscoverySelector> areas(Control control) {
    return Stream.of(
            OnBrokenStore.class,
            OnBrokenLinks.class,
            OnBrokenBuckets.class,
            OnBrokenRetention.class)
        .flatMap(
            test ->
                Level.of(test).orElseThrow().areas().stream()
                    .filter(area -> control.areas().indexOf(letter(area)) >= 0)
                    .map(area -> (DiscoverySelector) selectNestedClass(List.of(test), area)))
        .toList();
  }

  private static char letter(Class<?> area) {
    return Arrays.stream(area.getSuperclass().getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Case.class))
        .map(method -> method.getAnnotation(Case.class).value().charAt(0))
        .findFirst()
        .orElseThrow();
  }

  private static String id(TestIdentifier test, TestExecutionResult result) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getJavaMethod().getAnnotation(Case.class).value())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This is no case: " + test, result.getThrowable().orElse(null)));
  }

  private static Set<String> survivors() {
    Set<String> survivors = new TreeSet<>();
    Stream.of(Level.values()).map(Level::ids).forEach(survivors::addAll);
    KILLS.values().forEach(survivors::removeAll);
    return survivors;
  }

  private static String matrix() {
    List<String> lines = new ArrayList<>();
    lines.add("Kill matrix: what is wrong with a store, and the cases that find it out");
    lines.add("(a case with ? was inconclusive, and does not count)");
    int width = KILLS.keySet().stream().mapToInt(each -> each.flaw().length()).max().orElse(0);
    KILLS.forEach(
        (control, cases) ->
            lines.add(
                String.format("%-" + width + "s  %s", control.flaw(), String.join(" ", cases))));
    lines.add("");
    lines.add(
        KILLS.size()
            + " broken stores; cases that find out none of them: "
            + (survivors().isEmpty() ? "none" : String.join(" ", survivors())));
    CANNOT_FAIL.forEach((id, reason) -> lines.add(id + ": " + reason));
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }
}
