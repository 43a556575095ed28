package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class ContractReportTest {
  @Test
  void aSingleCaseIsReportedAndIsNotTheWholeContract(@TempDir Path folder) throws IOException {
    SummaryGeneratingListener listener =
        run(
            selectNestedMethod(
                List.of(InMemoryStoreContractTest.class),
                ArtifactStoreContract.Living.class,
                "closingTwiceIsClosingOnce"),
            folder);

    assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(1);
    assertThat(listener.getSummary().getTotalFailureCount()).isZero();
    assertThat(Files.readString(folder.resolve("InMemoryStoreContractTest.json")))
        .contains(
            "\"complete\": false",
            "\"passed\": 1",
            "{\"id\": \"O03\", \"name\": \"closingTwiceIsClosingOnce\", \"result\": \"PASSED\"");
  }

  /** Has no server on this machine. */
  static class NowhereContract extends ArtifactStoreContract {
    @Override
    protected ArtifactStoreHarness harness() {
      return Assumptions.abort("there is no server");
    }
  }

  @Test
  void whereThereIsNoServerNothingIsRunAndNothingFails(@TempDir Path folder) throws IOException {
    SummaryGeneratingListener listener = run(selectClass(NowhereContract.class), folder);

    assertThat(listener.getSummary().getTestsAbortedCount()).isEqualTo(100);
    assertThat(listener.getSummary().getTotalFailureCount()).isZero();
    assertThat(Files.readString(folder.resolve("NowhereContract.json")))
        .contains("\"notRun\": 100", "\"reason\": \"there is no server\"");
  }

  @Test
  void levelCoreHasAHundredCases() {
    assertThat(ContractReport.core()).hasSize(100).contains("A01", "A14", "F11", "O09");
  }

  @Test
  void aTextIsQuotedAsJsonWantsIt() {
    assertThat(CaseOutcome.quoted("a \"b\"\\\n\té\u0000"))
        .isEqualTo("\"a \\\"b\\\"\\\\\\u000a\\u0009\\u00e9\\u0000\"");
  }

  private static SummaryGeneratingListener run(DiscoverySelector what, Path folder) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(what)
                .configurationParameter("contract.report", folder.toString())
                .build(),
            listener);
    return listener;
  }
}
