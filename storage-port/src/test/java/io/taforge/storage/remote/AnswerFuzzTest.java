package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.taforge.artifact.InvalidMetadataException;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ByteRange;
import io.taforge.storage.NativeRule;
import io.taforge.storage.remote.DeletionReader.Deletions;
import io.taforge.storage.remote.ObjectServer.Listing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * That nothing which a server says makes its reader fail in another way than it promises. A build
 * tries what the corpus beside the tests holds; with {@code JAZZER_FUZZ=1} in the environment one
 * of them looks for more, guided by coverage.
 */
class AnswerFuzzTest {
  private static final String NAMESPACE = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

  /** Whatever is metadata comes back as it was, and travels as what every server carries. */
  @FuzzTest(maxDuration = "30s")
  void metadataComesBackAsItWasSent(FuzzedDataProvider data) {
    Map<String, String> entries = new TreeMap<>();
    for (int count = data.consumeInt(0, 5); count > 0; count--) {
      entries.put(data.consumeString(20), data.consumeString(60));
    }
    Metadata metadata;
    try {
      metadata = Metadata.of(entries);
    } catch (InvalidMetadataException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    WireMetadata sent = WireMetadata.of(metadata, Sha256.of(new byte[1]), "w");

    sent.entries()
        .forEach(
            (key, value) -> {
              assertThat(key).matches("[a-z0-9%-]+");
              assertThat(value).matches("[ -~]*").doesNotContain("  ").isEqualTo(value.strip());
            });
    int bytes =
        sent.entries().entrySet().stream()
            .mapToInt(each -> each.getKey().length() + each.getValue().length())
            .sum();
    assertThat(bytes).isLessThanOrEqualTo(2048);
    assertThat(WireMetadata.parse(sent.entries())).isEqualTo(sent);
  }

  /** What other programs have stored is metadata or left out. */
  @FuzzTest(maxDuration = "30s")
  void whateverIsStoredAsMetadataIsRead(FuzzedDataProvider data) {
    Map<String, String> entries = new TreeMap<>();
    for (int count = data.consumeInt(0, 6); count > 0; count--) {
      String name =
          data.consumeBoolean()
              ? data.pickValue(
                  new String[] {
                    "taforge-sha256", "Taforge-Write", "taforge-hold", "%74aforge-hold", "a", "A"
                  })
              : data.consumeString(20);
      entries.put(name, data.consumeString(80));
    }

    WireMetadata read = WireMetadata.parse(entries);
    WireMetadata again = WireMetadata.parse(read.entries());
    assertThat(again.metadata()).isEqualTo(read.metadata());
    assertThat(again.sha256()).isEqualTo(read.sha256());
  }

  @FuzzTest(maxDuration = "30s")
  void aContentRangeIsReadOrRefused(FuzzedDataProvider data) {
    long length = data.consumeLong(0, Long.MAX_VALUE);
    String header = (data.consumeBoolean() ? "bytes " : "") + data.consumeRemainingAsString();
    try {
      ContentRange range = ContentRange.of(header, length);
      assertThat(range.slice().offset()).isNotNegative();
      assertThat(range.slice().length()).isEqualTo(length);
      assertThat(range.size()).isNotNegative();
      assertThat(ContentRange.header(new ByteRange.Slice(range.slice().offset(), 1)))
          .matches("bytes=\\d+-\\d*");
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).matches("[^\\p{Cntrl}]{1,1000}");
    }
  }

  /** Neither entities nor depth nor files, and the rules of others stay as they are. */
  @FuzzTest(maxDuration = "30s")
  void lifecycleRulesAreReadOrRefused(FuzzedDataProvider data) {
    boolean isWhole = data.consumeBoolean();
    String text = data.consumeRemainingAsString();
    String xml =
        isWhole
            ? text
            : "<LifecycleConfiguration " + NAMESPACE + ">" + text + "</LifecycleConfiguration>";
    LifecycleRules rules;
    try {
      rules = LifecycleRules.parse(xml);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    if (!xml.contains("<!--") && !xml.contains("<![CDATA[") && !xml.contains("<?")) {
      assertThat(xml).as("what declares entities is refused").doesNotContain("<!DOCTYPE");
    }
    NativeRule ours = new NativeRule(NativeRule.OURS, "samples/", 30, 7);
    LifecycleRules with = rules.with(Optional.of(ours));

    LifecycleRules again = LifecycleRules.parse(with.xml());
    assertThat(again.ours()).contains(ours);
    assertThat(again.foreign()).isEqualTo(rules.foreign());
    assertThat(again.hasSameForeign(with)).isTrue();
    assertThat(again.with(Optional.empty()).hasOurs()).isFalse();
  }

  /** Neither entities nor depth nor files; and what is read fast is what a parser of XML reads. */
  @FuzzTest(maxDuration = "30s")
  void aListingIsReadOrRefused(FuzzedDataProvider data) throws IOException {
    boolean isWhole = data.consumeBoolean();
    String text = data.consumeRemainingAsString();
    byte[] page =
        (isWhole ? text : "<ListBucketResult " + NAMESPACE + ">" + text + "</ListBucketResult>")
            .getBytes(UTF_8);
    Listing listing;
    try {
      listing = ListingReader.read(new ByteArrayInputStream(page));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }

    assertThat(declared(text)).as("what declares entities is refused").doesNotContain("<!DOCTYPE");
    assertThat(XmlAnswer.readAnything(page, page.length, ListingReader::listing))
        .isEqualTo(listing);
    assertThat(listing.entries())
        .allSatisfy(each -> assertThat(each.version().value()).contains("\""));
  }

  @FuzzTest(maxDuration = "30s")
  void deletionsAreReadOrRefused(FuzzedDataProvider data) throws IOException {
    boolean isWhole = data.consumeBoolean();
    String text = data.consumeRemainingAsString();
    byte[] answer =
        (isWhole ? text : "<DeleteResult " + NAMESPACE + ">" + text + "</DeleteResult>")
            .getBytes(UTF_8);
    Deletions deletions;
    try {
      deletions = DeletionReader.read(new ByteArrayInputStream(answer));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }

    assertThat(declared(text)).as("what declares entities is refused").doesNotContain("<!DOCTYPE");
    assertThat(XmlAnswer.readAnything(answer, answer.length, DeletionReader::deletions))
        .isEqualTo(deletions);
  }

  /** Without what declares nothing, whatever it says. */
  private static String declared(String xml) {
    return xml.replaceAll("(?s)<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>", "");
  }
}
