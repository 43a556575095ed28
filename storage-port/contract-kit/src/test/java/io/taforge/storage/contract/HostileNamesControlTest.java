package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** That a store with a flaw in its names is found out by hostile ones. */
class HostileNamesControlTest {
  private static final List<String> FLAWS =
      List.of(
          "decodes what looks like percent-encoding",
          "takes a plus for a space",
          "takes case for a matter of taste",
          "replaces what is not ASCII",
          "cuts long names",
          "refuses what might be a device",
          "refuses names with a dot in front",
          "refuses names of its own");

  @Test
  void thereAreAsManyAsArePromised() {
    assertThat(HostileTexts.naughty()).hasSizeGreaterThan(500).doesNotHaveDuplicates();
    assertThat(HostileTexts.traversals()).hasSizeGreaterThan(1000);
    assertThat(HostileNamesContract.allowed()).hasSizeGreaterThan(300);
  }

  @TestFactory
  Stream<DynamicTest> eachFlawIsFoundOut() {
    return BrokenNaming.controls().stream()
        .filter(each -> FLAWS.contains(each.flaw()))
        .map(each -> DynamicTest.dynamicTest(each.flaw(), () -> assertFoundOut(each)));
  }

  private static void assertFoundOut(Control control) {
    HostileNameCases cases = new Cases(control);
    cases.openStore();
    Throwable found = null;
    try {
      cases.aNameComesBackAsItIsAndIsNoOther();
    } catch (AssertionError | RuntimeException e) {
      found = e;
    } finally {
      cases.closeStores();
    }
    System.out.printf(
        "Reliability F2 control: a store that %s is %s%n",
        control.flaw(), found == null ? "not found out" : "found out");
    assertThat(found).as(control.flaw()).isNotNull();
  }

  private static final class Cases extends HostileNameCases {
    private final Control control;

    Cases(Control control) {
      this.control = control;
    }

    @Override
    ArtifactStoreHarness newHarness() {
      return control.harness().get();
    }

    @Override
    String adapter() {
      return control.flaw();
    }

    @Override
    List<String> names() {
      return HostileNamesContract.allowed();
    }

    @Override
    void checkSurroundings() {
      // memory has none
    }
  }
}
