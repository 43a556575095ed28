package io.taforge.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.taforge.storage.NativeRule;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleRulesTest {
  private static final NativeRule RULE = new NativeRule(NativeRule.OURS, "samples/", 30, 1);
  private static final String OURS =
      "<Rule><ID>taforge-log-samples</ID><Filter><Prefix>samples/</Prefix></Filter>"
          + "<Status>Enabled</Status><Expiration><Days>30</Days></Expiration>"
          + "<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>"
          + "</AbortIncompleteMultipartUpload></Rule>";
  private static final String UNKNOWN =
      "<Rule><ID>new</ID><Filter><Prefix>a&amp;b/</Prefix></Filter><Status>Enabled</Status>"
          + "<Something><That>2040</That><Brings>x</Brings></Something></Rule>";

  @Test
  void ourRuleIsWrittenAndReadBack() {
    LifecycleRules rules = LifecycleRules.none().with(Optional.of(RULE));

    assertThat(rules.xml()).isEqualTo(configuration(OURS));
    assertThat(LifecycleRules.parse(rules.xml()).ours()).contains(RULE);
    assertThat(rules.with(Optional.empty()).isEmpty()).isTrue();
  }

  @Test
  void whatNobodyKnowsYetStaysAsItIs() {
    LifecycleRules rules = LifecycleRules.parse(configuration(UNKNOWN + OURS));

    assertThat(rules.foreign()).containsExactly("new");
    assertThat(rules.with(Optional.of(RULE)).xml()).isEqualTo(configuration(UNKNOWN + OURS));
    assertThat(rules.with(Optional.empty()).xml()).isEqualTo(configuration(UNKNOWN));
    assertThat(rules.hasSameForeign(rules.with(Optional.empty()))).isTrue();
    assertThat(rules.hasSameForeign(LifecycleRules.parse(configuration(OURS)))).isFalse();
  }

  @Test
  void conditionsThatHoldTogetherAreSentTogether() {
    String apart =
        "<Rule><ID>x</ID><Filter><Prefix>x/</Prefix><And><Tag><Key>a</Key></Tag></And></Filter></Rule>";
    String together =
        "<Rule><ID>x</ID><Filter><And><Prefix>x/</Prefix><Tag><Key>a</Key></Tag></And></Filter></Rule>";

    assertThat(LifecycleRules.parse(configuration(apart)).with(Optional.empty()).xml())
        .isEqualTo(configuration(together));
    assertThat(LifecycleRules.parse(configuration(together)).with(Optional.empty()).xml())
        .isEqualTo(configuration(together));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Status>Disabled</Status>",
        "<Status>Enabled</Status><Transition><Days>3</Days></Transition>",
        "<Status>Enabled</Status><Status>Enabled</Status>"
      })
  void aRuleWithOurIdThatSaysOtherThingsIsThereAndNotRead(String other) {
    String changed = OURS.replace("<Status>Enabled</Status>", other);
    LifecycleRules rules = LifecycleRules.parse(configuration(changed));

    assertThat(rules.hasOurs()).isTrue();
    assertThat(rules.ours()).isEmpty();
    assertThat(rules.with(Optional.of(RULE)).xml()).isEqualTo(configuration(OURS));
  }

  @Test
  void aServerNeedNotSayWhoseNamesItUses() {
    String plain = "<LifecycleConfiguration>" + OURS + "</LifecycleConfiguration>";

    assertThat(LifecycleRules.parse(plain).ours()).contains(RULE);
    assertThat(LifecycleRules.parse(plain).with(Optional.of(RULE)).xml()).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "<ListBucketResult/>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
            + "<LifecycleConfiguration>&e;</LifecycleConfiguration>"
      })
  void whatHasNoRulesIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> LifecycleRules.parse(text));
  }

  private static String configuration(String rules) {
    return "<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + rules
        + "</LifecycleConfiguration>";
  }
}
