package io.taforge.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @Test
  void idsAreReadInAnyCaseAndWrittenInLowerCase() {
    UUID id = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

    assertThat(RequestId.parse("123E4567-E89B-12D3-A456-426614174000")).isEqualTo(RequestId.of(id));
    assertThat(ValidationRunId.of(id)).hasToString("123e4567-e89b-12d3-a456-426614174000");
    assertThat(RevisionId.random()).isNotEqualTo(RevisionId.random());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1-1-1-1-1", "123e4567e89b12d3a456426614174000", "../x", "x"})
  void otherTextsAreNoIds(String text) {
    assertThatThrownBy(() -> RequestId.parse(text))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("'" + text + "' is not a request id")
        .hasMessageContaining("must be a UUID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "+1", "01", "1.0", "x", "", "2147483648", "99999999999"})
  void otherTextsAreNoVersions(String text) {
    assertThatThrownBy(() -> BundleVersion.parse(text))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("1 to 2147483647");
  }

  @Test
  void versionsAreInNumericalOrder() {
    assertThat(BundleVersion.of(10)).isGreaterThan(BundleVersion.parse("9"));
    assertThatThrownBy(() -> BundleVersion.of(0)).isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void hostileTextsAreQuotedOnOneShortLine() {
    String hostile = "a\n\u0000\u202e" + "x".repeat(5_000);

    assertThatThrownBy(() -> FileName.of(hostile))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400))
        .hasMessageContaining("\\u000A\\u0000\\u202E");
    assertThat(new InvalidKeyException("x").httpStatus()).isEqualTo(400);
  }

  @Test
  void attachmentIsSafeForOldAndNewClients() {
    assertThat(FileName.of("a b;c'ü.log").attachment())
        .isEqualTo("attachment; filename=\"a b;c'_.log\"; filename*=UTF-8''a%20b%3Bc%27%C3%BC.log");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "999,999 B",
    "1023,1023 B",
    "1024,1 KB",
    "2370789,2.3 MB",
    "524288000,500 MB",
    "10485760,10 MB",
    "1073741824,1 GB",
    "9223372036854775807,8 EB"
  })
  void sizesAreForPeople(long bytes, String text) {
    assertThat(ByteSize.of(bytes)).hasToString(text);
  }

  @Test
  void uploadLimitIsInclusive() {
    UploadLimit limit = UploadLimit.ofMegabytes(500);

    assertThat(limit).isEqualTo(UploadLimit.DEFAULT);
    assertThat(limit.accepts(500L << 20)).isTrue();
    assertThat(limit.accepts((500L << 20) + 1)).isFalse();
    assertThatThrownBy(() -> UploadLimit.ofMegabytes(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ByteSize.of(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void checksumsAreSixtyFourDigits() {
    Sha256 empty = Sha256.of(new byte[0]);

    assertThat(empty)
        .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Sha256.ofHex(empty.hex())).isEqualTo(empty);
    assertThat(Sha256.of("x".getBytes(StandardCharsets.UTF_8))).isNotEqualTo(empty);
    assertThatThrownBy(() -> Sha256.ofHex(empty.hex().toUpperCase(Locale.ROOT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void megabytesAreCountedAsFarAsALongGoes() {
    assertThat(ByteSize.ofMegabytes(0)).isEqualTo(ByteSize.of(0));
    assertThat(ByteSize.ofMegabytes(3)).isEqualTo(ByteSize.of(3 << 20));
    assertThat(ByteSize.ofMegabytes(Long.MAX_VALUE >> 20).bytes())
        .isEqualTo(0x7fff_ffff_fff0_0000L);
    assertThatThrownBy(() -> ByteSize.ofMegabytes((Long.MAX_VALUE >> 20) + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("8796093022208 MB is not a size that can be counted");
    assertThat(ByteSize.of(1)).isLessThan(ByteSize.of(2)).isEqualByComparingTo(ByteSize.of(1));
  }

  @Test
  void whatOldClientsCannotReadIsReplacedForThemAlone() {
    assertThat(FileName.of(" ~ü\ud83d\ude80.log").attachment())
        .startsWith("attachment; filename=\" ~__.log\"; filename*=");
  }

  @Test
  void theFirstAndTheLastVersionAreVersions() {
    assertThat(BundleVersion.parse("1")).isEqualTo(BundleVersion.of(1));
    assertThat(BundleVersion.parse("2147483647").number()).isEqualTo(Integer.MAX_VALUE);
    assertThat(BundleVersion.of(3)).isEqualByComparingTo(BundleVersion.of(3));
  }

  @Test
  void lettersAndDigitsOfAnAttachmentAreLeftAsTheyAre() {
    assertThat(FileName.of("azAZ09!#$&+-.^_`~@[").attachment())
        .endsWith("filename*=UTF-8''azAZ09!#$&+-.^_`~%40%5B");
  }

  @ParameterizedTest
  @CsvSource({
    "1023487,999 KB",
    "1023488,1 MB",
    "10188,9.9 KB",
    "10189,10 KB",
    "1152921504606846976,1 EB"
  })
  void sizesAreRoundedToWhatIsNearest(long bytes, String text) {
    assertThat(ByteSize.of(bytes)).hasToString(text);
  }

  @Test
  void kindsHaveNames() {
    assertThat(ArtifactKind.LOG_SAMPLE).hasToString("log sample");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFDD0, 0xFDEF, 0xFFFE, 0x1FFFF, 0x10FFFE})
  void whatIsNoCharacterIsInNoName(int point) {
    assertThatThrownBy(() -> FileName.of(Character.toString(point)))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("which not every backend can store");
    assertThat(FileName.of(Character.toString(0xFDCF)).value()).hasSize(1);
    assertThat(FileName.of(Character.toString(0xFDF0)).value()).hasSize(1);
  }

  @Test
  void aTextOfJustTheLongestLengthIsQuotedInFull() {
    assertThat(Quoted.quoted("x".repeat(120))).isEqualTo("'" + "x".repeat(120) + "'");
    assertThat(Quoted.quoted("x".repeat(121))).endsWith("x…' (121 characters)");
  }
}
