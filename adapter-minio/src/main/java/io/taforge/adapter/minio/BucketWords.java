package io.taforge.adapter.minio;

import io.minio.messages.ListAllMyBucketsResult;
import io.minio.messages.Owner;
import io.taforge.storage.remote.ObjectServer.AccessList;
import io.taforge.storage.remote.ObjectServer.Account;
import io.taforge.storage.remote.ObjectServer.PublicAccessBlock;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Response;

/** What servers say of a bucket and are told of it, in XML for which the SDK has no words. */
final class BucketWords {
  /** What is said to harden a bucket, by what it is about. */
  static final Map<String, String> HARDENING = hardening();

  private static final Pattern NAME = Pattern.compile("<(?:ID|URI)>\\s*([^<]+?)\\s*</");

  private BucketWords() {}

  private static Map<String, String> hardening() {
    Map<String, String> hardening = new LinkedHashMap<>();
    hardening.put(
        "publicAccessBlock",
        document(
            "PublicAccessBlockConfiguration",
            "<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>"
                + "<BlockPublicPolicy>true</BlockPublicPolicy>"
                + "<RestrictPublicBuckets>true</RestrictPublicBuckets>"));
    hardening.put(
        "ownershipControls",
        document(
            "OwnershipControls",
            "<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"));
    hardening.put(
        "encryption",
        document(
            "ServerSideEncryptionConfiguration",
            "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
                + "</ApplyServerSideEncryptionByDefault></Rule>"));
    return hardening;
  }

  private static String document(String name, String content) {
    return "<%s xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">%s</%s>"
        .formatted(name, content, name);
  }

  /** The whole answer. */
  static String text(Response answer) throws IOException {
    try (answer) {
      new AnswerHeaders(answer.headers()).requireNoPage();
      return answer.body().string();
    }
  }

  static Account account(ListAllMyBucketsResult result) {
    return new Account(
        Optional.ofNullable(result.owner()).map(Owner::id),
        result.buckets().stream()
            .map(ListAllMyBucketsResult.Bucket::name)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()));
  }

  /** A list of access; empty if it is none. The SDK's own class does not read Ceph's. */
  static Optional<AccessList> accessList(String xml) {
    int list = xml.indexOf("<AccessControlList");
    if (list < 0) {
      return Optional.empty();
    }
    String owner = names(xml.substring(0, list)).findFirst().orElse("");
    return Optional.of(new AccessList(owner, names(xml.substring(list)).toList()));
  }

  private static Stream<String> names(String xml) {
    return NAME.matcher(xml).results().map(each -> each.group(1));
  }

  /** Whether a policy status says so; empty if it is none. */
  static Optional<Boolean> isPublic(String xml) {
    return value("IsPublic", xml);
  }

  /** A public-access block; empty if it is none. */
  static Optional<PublicAccessBlock> block(String xml) {
    return xml.contains("PublicAccessBlockConfiguration")
        ? Optional.of(
            new PublicAccessBlock(
                value("BlockPublicAcls", xml).orElse(false),
                value("IgnorePublicAcls", xml).orElse(false),
                value("BlockPublicPolicy", xml).orElse(false),
                value("RestrictPublicBuckets", xml).orElse(false)))
        : Optional.empty();
  }

  /** Whether versions are kept, or were once; empty if nothing is said of them. */
  static Optional<Boolean> keepsVersions(String xml) {
    return xml.contains("<VersioningConfiguration")
        ? Optional.of(xml.contains("<Status>"))
        : Optional.empty();
  }

  static boolean locksVersions(String xml) {
    return xml.contains("<ObjectLockConfiguration");
  }

  /** How many rules there are; empty if it is no list of them. */
  static Optional<Integer> corsRules(String xml) {
    return xml.contains("<CORSConfiguration")
        ? Optional.of(xml.split("<CORSRule>", -1).length - 1)
        : Optional.empty();
  }

  private static Optional<Boolean> value(String name, String xml) {
    Matcher value =
        Pattern.compile("<" + name + ">\\s*(true|false)\\s*</", Pattern.CASE_INSENSITIVE)
            .matcher(xml);
    return value.find() ? Optional.of(Boolean.parseBoolean(value.group(1))) : Optional.empty();
  }
}
