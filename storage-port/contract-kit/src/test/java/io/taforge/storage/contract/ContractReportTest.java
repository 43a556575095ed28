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

  /** Its server takes whatever it is given. */
  static class OpenDoor extends SignedLinksContract {
    @Override
    protected ArtifactStoreHarness harness() {
      return BrokenLinking.takingAnySignature();
    }
  }

  @Test
  void whereSignaturesDoNotCountNothingIsKnownAndNothingIsGreen(@TempDir Path folder)
      throws IOException {
    SummaryGeneratingListener listener = run(selectClass(OpenDoor.class), folder);

    assertThat(listener.getSummary().getTestsFailedCount()).isEqualTo(16);
    assertThat(Files.readString(folder.resolve("OpenDoor.json")))
        .contains(
            "\"contract\": \"Signed\"",
            "\"complete\": true",
            "\"passed\": 0",
            "\"failed\": 0",
            "\"inconclusive\": 16",
            "\"result\": \"INCONCLUSIVE\", \"reason\": \"The server takes a link with");
  }

  /** Has no links, and says so. */
  static class Linkless extends SignedLinksContract {
    @Override
    protected ArtifactStoreHarness harness() {
      return BrokenLinking.withoutLinks(true);
    }
  }

  @Test
  void whereThereAreNoLinksNothingIsRunAndNothingFails(@TempDir Path folder) throws IOException {
    SummaryGeneratingListener listener = run(selectClass(Linkless.class), folder);

    assertThat(listener.getSummary().getTotalFailureCount()).isZero();
    assertThat(Files.readString(folder.resolve("Linkless.json")))
        .contains("\"notRun\": 16", "\"reason\": \"the store has no signed links\"");
  }

  @Test
  void theLevelsHaveTheirCases() {
    assertThat(Level.CORE.ids()).hasSize(100).contains("A01", "A14", "F11", "O09");
    assertThat(Level.SIGNED.ids()).hasSize(16).contains("I00", "I15");
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
