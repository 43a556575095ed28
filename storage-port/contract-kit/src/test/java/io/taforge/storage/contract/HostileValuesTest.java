package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.Tags;
import io.taforge.storage.Buckets;
import io.taforge.storage.CorrelationId;
import io.taforge.storage.LeaseTerms;
import io.taforge.storage.ListQuery;
import io.taforge.storage.audit.Caller;
import io.taforge.storage.link.LinkBook;
import io.taforge.storage.policy.PolicyCheck;
import io.taforge.storage.remote.ContentRange;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.WireMetadata;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That a text is a value which says what the text says, or is refused in a message of one line. */
class HostileValuesTest {
  private static final String ID = "123e4567-e89b-12d3-a456-426614174000";
  private static final Pattern ONE_LINE =
      Pattern.compile("[^\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]{1,3000}");

  /** Where texts become values; a value is told as the text it was made of. */
  private static final Map<String, Function<String, String>> VALUES = new LinkedHashMap<>();

  static {
    VALUES.put("key", text -> ArtifactKey.of(text).value());
    VALUES.put("artifact", text -> Artifact.at(text).key().value());
    VALUES.put("sample", text -> below(Artifact.at("samples/" + ID + "/" + text).key().value()));
    VALUES.put("prefix", text -> below(KeyPrefix.of("samples/" + ID + "/" + text).value()));
    VALUES.put("file name", text -> FileName.of(text).value());
    VALUES.put("request id", text -> RequestId.parse(text).toString());
    VALUES.put("version", text -> BundleVersion.parse(text).toString());
    VALUES.put("checksum", text -> Sha256.ofHex(text).hex());
    VALUES.put("content type", text -> ContentType.of(text).value());
    VALUES.put(
        "metadata key", text -> Metadata.of(text, "a").value(text).map(a -> text).orElse(""));
    VALUES.put("metadata", text -> sent(Metadata.of("a", text)).value("a").orElse("none"));
    VALUES.put("tag key", text -> Tags.of(Map.of(text, "a")).entries().firstKey());
    VALUES.put("tag", text -> Tags.of(Map.of("a", text)).entries().get("a"));
    VALUES.put("bucket", text -> new Buckets(text, "two", "three").samples());
    VALUES.put("caller", text -> new Caller(text, "a").userId());
    VALUES.put("holder", text -> new LeaseTerms(text, Duration.ofSeconds(1)).holder());
    VALUES.put("position", text -> new ListQuery(KeyPrefix.of("samples/"), 10, text).after());
    VALUES.put("correlation id", text -> told(text, CorrelationId.of(text)));
    VALUES.put("endpoint", text -> told(text, Endpoint.parse(text, false)));
    VALUES.put("content range", text -> told(text, ContentRange.of(text, 1)));
    VALUES.put("link book", text -> told(text, LinkBook.parse(text)));
    VALUES.put("policy", text -> told(text, PolicyCheck.findings(text)));
  }

  @Test
  void aTextIsAValueThatSaysItOrIsRefusedInALine() {
    int refused = 0;
    int taken = 0;
    for (String text : HostileTexts.all()) {
      for (Map.Entry<String, Function<String, String>> value : VALUES.entrySet()) {
        try {
          assertThat(value.getValue().apply(text)).as(value.getKey()).isEqualTo(text);
          taken++;
        } catch (IllegalArgumentException e) {
          assertThat(ONE_LINE.matcher(e.getMessage()).matches())
              .as("%s: %s", value.getKey(), e.getMessage())
              .isTrue();
          refused++;
        }
      }
    }
    System.out.printf(
        "Reliability F2: values: %d texts as %d kinds of values, %d refused in a line each, %d taken"
            + " as they are%n",
        HostileTexts.all().size(), VALUES.size(), refused, taken);
    assertThat(refused).isPositive();
    assertThat(taken).isPositive();
  }

  private static String below(String key) {
    return key.substring(("samples/" + ID + "/").length());
  }

  private static Metadata sent(Metadata metadata) {
    return WireMetadata.parse(WireMetadata.of(metadata, Sha256.of(new byte[0]), "w").entries())
        .metadata();
  }

  /** A value that has another form than its text, but must be fit for a line. */
  private static String told(String text, Object value) {
    assertThat(value.toString()).matches("[^\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]*");
    return text;
  }
}
