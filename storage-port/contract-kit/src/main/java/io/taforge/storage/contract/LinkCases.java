package io.taforge.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.DebugBundle;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.TaBundle;
import io.taforge.artifact.ValidationRunId;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkRequest.Upload;
import io.taforge.storage.LinkSigner;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.contract.Stranger.Answer;
import java.net.URLDecoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/**
 * Area I: with a link a stranger can do what it was signed for, and nothing else. What a stranger
 * was refused has changed nothing, so each case looks at the store, too.
 */
abstract class LinkCases extends ContractCases {
  private static final byte[] CONTENT = bytes(1000, 9);
  private static final byte[] OTHER = bytes(1000, 10);
  private static final ContentType CSV = ContentType.of("text/csv");
  private static final Duration MOMENT = Duration.ofSeconds(1);

  /** By how much a server's clock may differ from that of whoever signs. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  /** How long a server may take to notice that nobody is there any more. */
  private static final Duration NOTICE = Duration.ofMillis(300);

  private static final Pattern EXACT_NAME =
      Pattern.compile(
          "(?i)attachment\\s*;(?:.*;)?\\s*filename\\*\\s*=\\s*UTF-8''"
              + "((?:[!#$&+.^_`|~0-9A-Za-z-]|%[0-9A-Fa-f]{2})+)\\s*(?:;.*)?");

  private LinkSigner signer;
  private Stranger stranger;

  /**
   * All that a case finds out rests on the server looking at signatures, so it is tried before each
   * case, with other artifacts.
   */
  @BeforeEach
  void tryToDeceiveTheServer() {
    if (!can(Capability.SIGNED_LINKS)) {
      assertThat(store.linkSigner()).as("signer of a store that says it has no links").isEmpty();
      abort("the store has no signed links");
    }
    signer = signerOf(store);
    stranger = new Stranger(harness()::strangerHttpClient);
    LogSample probe = new LogSample(RequestId.random(), FileName.of("probe.log"));
    put(probe, CONTENT);
    SignedLink download = signer.sign(LinkRequest.download(probe));
    for (Forgery each : Forgery.worthless(download.uri())) {
      assertNotTaken(each, stranger.get(each.uri()));
    }
    SignedLink upload = signer.sign(LinkRequest.upload(probe));
    for (Forgery each : Forgery.worthless(upload.uri())) {
      assertNotTaken(each, stranger.put(each.uri(), upload.headers(), OTHER));
    }
    store.delete(probe);
  }

  private static void assertNotTaken(Forgery forgery, Answer answer) {
    if (answer.isSuccess()) {
      throw new InconclusiveError(
          "The server takes a link with " + forgery.deed() + ", so nothing is known of its links");
    }
  }

  @Case("I00")
  void aLinkThatWasTamperedWithIsRefused() {
    LogSample sample = sample("a.log");
    StoredArtifact old = put(sample, CONTENT);
    SignedLink download = sign(LinkRequest.download(sample).savedAs(FileName.of("b.log")));
    SignedLink upload = sign(bound(LinkRequest.upload(sample), OTHER));

    for (Forgery each : forgeries(download)) {
      assertRefused(each.deed(), stranger.get(each.uri()));
    }
    for (Forgery each : forgeries(upload)) {
      assertRefused(each.deed(), stranger.put(each.uri(), upload.headers(), OTHER));
    }
    assertUntouched(old, CONTENT);
    assertDownloads(download, CONTENT);
    assertThat(stranger.put(upload, OTHER).isSuccess()).as("taken as it was signed").isTrue();
    assertThat(read(sample)).isEqualTo(OTHER);
  }

  private static List<Forgery> forgeries(SignedLink link) {
    return Stream.of(Forgery.worthless(link.uri()), Forgery.anywhere(link.uri()))
        .flatMap(List::stream)
        .toList();
  }

  @Case("I01")
  void aStrangerDownloadsWithALinkAsOftenAsItTakes() {
    for (Artifact artifact : oneOfEachKind()) {
      SignedLink early = sign(LinkRequest.download(artifact));
      assertThat(early.method()).isEqualTo(LinkRequest.Method.GET);
      assertThat(stranger.get(early).status()).as("status of what is not there").isEqualTo(404);

      put(artifact, CONTENT);
      assertDownloads(early, CONTENT);
      assertDownloads(early, CONTENT);
      put(artifact, OTHER);
      assertDownloads(early, OTHER);
      put(artifact, new byte[0]);
      assertDownloads(early, new byte[0]);
      store.delete(artifact);
      assertThat(stranger.get(early).status()).as("status of what is gone").isEqualTo(404);
    }
    LogSample big = sample("big.log");
    byte[] content = bytes(3 << 20, 11);
    put(big, content);
    assertDownloads(signerOf(another()).sign(LinkRequest.download(big)), content);
  }

  @Case("I02")
  void withoutTheQueryOrAPartOfItNothingIsAllowed() {
    LogSample sample = sample("a.log");
    StoredArtifact old = put(sample, CONTENT);
    LinkRequest.Download request = LinkRequest.download(sample).savedAs(FileName.of("b.log"));
    for (Forgery each : Forgery.withoutParameters(sign(request).uri())) {
      assertRefused(each.deed(), stranger.get(each.uri()));
    }
    SignedLink upload = sign(bound(LinkRequest.upload(sample), OTHER));
    for (Forgery each : Forgery.withoutParameters(upload.uri())) {
      assertRefused(each.deed(), stranger.put(each.uri(), upload.headers(), OTHER));
    }
    assertUntouched(old, CONTENT);
    LogSample absent = sample("absent.log");
    Forgery bare = Forgery.withoutParameters(sign(LinkRequest.upload(absent)).uri()).get(0);
    assertRefused(bare.deed(), stranger.put(bare.uri(), Map.of(), OTHER));
    assertThat(store.find(absent)).isEmpty();
  }

  @Case("I03")
  void aLinkIsForItsArtifactAndNoOther() {
    LogSample sample = sample("a.log");
    put(sample, CONTENT);
    LogSample absent = sample("c.log");
    List<Artifact> others = new ArrayList<>(oneOfEachKind());
    others.add(sample("b.log"));
    others.add(new LogSample(RequestId.random(), FileName.of("a.log")));
    for (Artifact other : others) {
      StoredArtifact old = put(other, OTHER);
      SignedLink download = sign(LinkRequest.download(sample));
      SignedLink upload = sign(LinkRequest.upload(sample));
      SignedLink toOther = sign(LinkRequest.download(other));

      assertRefused(
          "a link to another artifact",
          stranger.get(Forgery.withPathOf(toOther.uri(), download.uri())));
      assertRefused(
          "a link to another artifact",
          stranger.put(Forgery.withPathOf(toOther.uri(), upload.uri()), upload.headers(), CONTENT));
      assertUntouched(old, OTHER);
    }
    SignedLink upload = sign(LinkRequest.upload(sample));
    SignedLink toAbsent = sign(LinkRequest.upload(absent));
    assertRefused(
        "a link to another artifact",
        stranger.put(Forgery.withPathOf(toAbsent.uri(), upload.uri()), upload.headers(), OTHER));
    assertThat(store.find(absent)).isEmpty();
    assertThat(read(sample)).isEqualTo(CONTENT);
  }

  @Case("I04")
  void aLinkIsForItsMethodAndNoOther() {
    LogSample sample = sample("a.log");
    StoredArtifact old = put(sample, CONTENT);
    SignedLink download = sign(LinkRequest.download(sample));
    SignedLink upload = sign(LinkRequest.upload(sample));

    for (String method : List.of("PUT", "POST", "DELETE")) {
      assertRefused(
          method + " with a link for GET",
          stranger.ask(
              method, download.uri(), download.headers(), BodyPublishers.ofByteArray(OTHER)));
      assertUntouched(old, CONTENT);
    }
    for (String method : List.of("GET", "POST", "DELETE")) {
      assertRefused(
          method + " with a link for PUT",
          stranger.ask(
              method,
              upload.uri(),
              upload.headers(),
              method.equals("POST") ? BodyPublishers.ofByteArray(OTHER) : BodyPublishers.noBody()));
      assertUntouched(old, CONTENT);
    }
    LogSample absent = sample("absent.log");
    SignedLink toAbsent = sign(LinkRequest.download(absent));
    assertRefused(
        "PUT with a link for GET", stranger.put(toAbsent.uri(), toAbsent.headers(), OTHER));
    assertThat(store.find(absent)).isEmpty();
  }

  @Case("I05")
  void aLinkCeasesToWorkWhenItExpires() {
    LogSample sample = sample("a.log");
    StoredArtifact old = put(sample, CONTENT);
    LogSample absent = sample("absent.log");
    SignedLink download = sign(LinkRequest.download(sample).validFor(MOMENT));
    SignedLink longer = sign(LinkRequest.download(sample));
    SignedLink upload = sign(LinkRequest.upload(sample).validFor(MOMENT));
    SignedLink create = sign(LinkRequest.upload(absent).validFor(MOMENT));

    waitUntil(create.expiresAt().plus(MOMENT));
    assertRefused("an expired link", stranger.get(download));
    assertRefused("an expired link", stranger.put(upload, OTHER));
    assertRefused("an expired link", stranger.put(create, OTHER));
    assertUntouched(old, CONTENT);
    assertThat(store.find(absent)).isEmpty();
    assertDownloads(longer, CONTENT);
  }

  @Case("I06")
  void aLinkIsValidForASecondToSevenDaysAndNotLonger() {
    LogSample sample = sample("a.log");
    put(sample, CONTENT);
    for (Duration wrong :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofNanos(1),
            Duration.ofMillis(999),
            Duration.ofDays(7).plusNanos(1),
            Duration.ofDays(8),
            Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThatThrownBy(() -> signer.sign(LinkRequest.download(sample).validFor(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(wrong.toString(), "1 second", "7 days");
      assertThatThrownBy(() -> signer.sign(LinkRequest.upload(sample).validFor(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(wrong.toString(), "1 second", "7 days");
    }
    for (Duration right :
        List.of(MOMENT, Duration.ofMillis(59_999), Duration.ofHours(1), Duration.ofDays(7))) {
      for (LinkRequest request :
          List.of(
              LinkRequest.download(sample).validFor(right),
              LinkRequest.upload(sample).validFor(right))) {
        Instant now = harness().clock().instant();
        Instant end = now.plusSeconds(right.toSeconds());
        assertThat(signer.sign(request).expiresAt())
            .as("end of a link that is valid for %s", right)
            .isBetween(end.minus(CLOCK_TOLERANCE), end.plus(CLOCK_TOLERANCE));
      }
    }
    assertDownloads(sign(LinkRequest.download(sample).validFor(LinkRequest.MAX_VALIDITY)), CONTENT);
  }

  @Case("I07")
  void whatAStrangerUploadsIsStored() {
    for (Artifact artifact : oneOfEachKind()) {
      SignedLink link = sign(LinkRequest.upload(artifact));
      assertThat(link.method()).isEqualTo(LinkRequest.Method.PUT);
      for (byte[] content : List.of(CONTENT, new byte[0], bytes(3 << 20, 12))) {
        assertUploads(link, artifact, content);
      }
      assertThat(listed(artifact.kind())).contains(artifact);
    }
    LogSample sample = sample("replaced.log");
    Metadata metadata = Metadata.of("colour", "red");
    store.put(sample, ContentSource.of(OTHER), PutOptions.defaults().withMetadata(metadata));
    StoredArtifact stored =
        assertUploads(sign(LinkRequest.upload(sample).ofType(CSV)), sample, CONTENT);
    assertThat(stored.contentType()).isEqualTo(CSV);
    assertThat(stored.metadata()).as("metadata of the content before").isEqualTo(Metadata.none());
    assertNothingLeftBehind();
  }

  @Case("I08")
  void anotherTypeThanTheBoundOneIsRefused() {
    UnaryOperator<Upload> csv = upload -> upload.ofType(CSV);
    for (String type : List.of("text/html", "text/csv; charset=utf-8", "text/cs", "")) {
      assertUploadRefused(
          csv,
          "type '" + type + "'",
          link -> stranger.put(link.uri(), without("content-type", link, type), CONTENT));
    }
    LogSample sample = sample("right.log");
    StoredArtifact stored =
        assertUploads(sign(csv.apply(LinkRequest.upload(sample))), sample, CONTENT);
    assertThat(stored.contentType()).isEqualTo(CSV);
  }

  @Case("I09")
  void anotherLengthThanTheBoundOneIsRefused() {
    UnaryOperator<Upload> bound = upload -> upload.ofLength(CONTENT.length);
    for (int length : new int[] {0, CONTENT.length - 1, CONTENT.length + 1, 100_000}) {
      byte[] content = bytes(length, 13);
      assertUploadRefused(bound, length + " bytes", link -> stranger.put(link, content));
      assertUploadRefused(
          bound, length + " bytes in chunks", link -> stranger.putChunked(link, content));
    }
    assertUploadRefused(bound, "half of it", link -> stranger.putHalf(link, CONTENT));
    assertUploadRefused(
        upload -> upload, "half of it", link -> stranger.putHalf(link, bytes(100_000, 14)));
    assertUploadRefused(
        upload -> upload.ofLength(0), "a byte too much", link -> stranger.put(link, new byte[1]));
    LogSample sample = sample("right.log");
    assertUploads(sign(bound.apply(LinkRequest.upload(sample))), sample, CONTENT);
    assertUploads(sign(LinkRequest.upload(sample).ofLength(0)), sample, new byte[0]);
  }

  @Case("I10")
  void otherContentThanTheBoundOneIsRefused() {
    Sha256 checksum = Sha256.of(CONTENT);
    UnaryOperator<Upload> bound = upload -> upload.ofContent(checksum, CONTENT.length);
    for (byte[] content : List.of(OTHER, new byte[0], bytes(100_000, 15))) {
      assertUploadRefused(bound, "other content", link -> stranger.put(link, content));
      assertUploadRefused(
          bound,
          "other content and no headers",
          link -> stranger.put(link.uri(), Map.of(), content));
      assertUploadRefused(
          bound,
          "other content with its checksum",
          link -> stranger.put(link.uri(), retold(link, checksum, Sha256.of(content)), content));
    }
    LogSample sample = sample("right.log");
    StoredArtifact stored =
        assertUploads(sign(bound.apply(LinkRequest.upload(sample))), sample, CONTENT);
    assertThat(stored.sha256()).contains(checksum);
  }

  @Case("I11")
  void theHeadersOfALinkSuffice() {
    LogSample sample = sample("a.log");
    for (int bits = 0; bits < 8; bits++) {
      Upload upload = LinkRequest.upload(sample);
      upload = (bits & 1) == 0 ? upload : upload.ofType(CSV);
      upload = (bits & 2) == 0 ? upload : upload.ofLength(CONTENT.length);
      upload = (bits & 4) == 0 ? upload : upload.ofContent(Sha256.of(CONTENT), CONTENT.length);
      SignedLink link = sign(upload);

      assertThat(link.headers().keySet())
          .as("headers that every client sends by itself")
          .noneMatch(name -> name.equalsIgnoreCase("Host"))
          .noneMatch(name -> name.equalsIgnoreCase("Content-Length"));
      assertUploads(link, sample, CONTENT);
      store.delete(sample);
    }
    put(sample, CONTENT);
    SignedLink download = sign(LinkRequest.download(sample));
    assertThat(download.headers()).as("headers that a browser would have to send").isEmpty();
    assertDownloads(download, CONTENT);
  }

  @Case("I12")
  void whatIsDownloadedIsSavedUnderItsNameAndNeverShown() {
    LogSample plain = sample("plain.log");
    put(plain, CONTENT);
    for (String name :
        List.of(
            "access.log",
            "a b  c.log",
            "Bob's \u201cbest\u201d \u2018log\u2019.log",
            "100%, 50%25+1.log",
            "a; filename=b.exe",
            "a;b=c&d#e,f.log",
            "Gr\u00f6\u00dfe \u65e5\u672c\u8a9e.log",
            "\ud83d\ude00.log",
            "%F0%9F%98%80.log")) {
      FileName file = FileName.of(name);
      LogSample named = sample(name);
      put(named, CONTENT);
      assertSavedAs(file, stranger.get(sign(LinkRequest.download(plain).savedAs(file))));
      assertSavedAs(file, stranger.get(sign(LinkRequest.download(named))));
    }
    for (String dangerous : List.of("text/html", "image/svg+xml", "text/html; charset=utf-8")) {
      LogSample page = sample("x.html");
      ContentType type = ContentType.of(dangerous);
      store.put(page, ContentSource.of(CONTENT), PutOptions.defaults().withContentType(type));
      assertSavedAs(page.fileName(), stranger.get(sign(LinkRequest.download(page))));
      assertUploads(sign(LinkRequest.upload(page).ofType(type)), page, CONTENT);
      assertSavedAs(page.fileName(), stranger.get(sign(LinkRequest.download(page))));
    }
    for (Artifact artifact : oneOfEachKind()) {
      put(artifact, CONTENT);
      Answer answer = stranger.get(sign(LinkRequest.download(artifact)));
      assertThat(answer.header("content-type"))
          .isEqualTo(LinkRequest.download(artifact).responseHeaders().get("Content-Type"));
    }
  }

  @Case("I13")
  void awkwardNamesStayThemselves() {
    for (String name : KeyCases.MEANT_IN_URLS) {
      LogSample sample = sample(name);
      byte[] content = name.getBytes(StandardCharsets.UTF_8);
      assertUploads(sign(LinkRequest.upload(sample)), sample, content);
    }
    assertThat(listed(ArtifactKind.LOG_SAMPLE))
        .extracting(each -> each.fileName().value())
        .containsExactlyInAnyOrderElementsOf(KeyCases.MEANT_IN_URLS);
    for (String name : KeyCases.MEANT_IN_URLS) {
      Answer answer = stranger.get(sign(LinkRequest.download(sample(name))));
      assertThat(answer.body()).as(name).asString(StandardCharsets.UTF_8).isEqualTo(name);
      assertSavedAs(FileName.of(name), answer);
    }
  }

  @Case("I14")
  void linksLeadToThePublicEndpoint() {
    PublicStore behind = need(harness().openBehindPublicEndpoint(), "public endpoint");
    ArtifactStore inside = closedLater(behind.store());
    LogSample sample = sample("a.log");
    LogSample other = sample("b.log");
    inside.put(sample, ContentSource.of(CONTENT), PutOptions.defaults());
    SignedLink download = signerOf(inside).sign(LinkRequest.download(sample));
    SignedLink upload = signerOf(inside).sign(LinkRequest.upload(other));

    for (SignedLink each : List.of(download, upload)) {
      assertThat(each.uri().toString()).startsWith(behind.endpoint() + "/");
      assertThat(sign(LinkRequest.download(sample)).uri().getRawAuthority())
          .as("where links lead if nothing is said of the public")
          .isNotEqualTo(each.uri().getRawAuthority());
    }
    assertDownloads(download, CONTENT);
    assertThat(stranger.put(upload, OTHER).isSuccess()).isTrue();
    assertThat(read(other)).isEqualTo(OTHER);
    assertThat(read(inside, other)).isEqualTo(OTHER);
  }

  @Case("I15")
  void nothingTellsALinkButTheLink() {
    LogSample sample = sample("a.log");
    LogSample absent = sample("absent.log");
    put(sample, CONTENT);
    SignedLink download = sign(LinkRequest.download(sample));
    SignedLink upload = sign(bound(LinkRequest.upload(sample), CONTENT));
    SignedLink toAbsent = sign(LinkRequest.download(absent));
    List<SignedLink> links = new ArrayList<>(List.of(download, upload, toAbsent));
    List<String> told = new ArrayList<>(toldByFailures(absent, links));
    for (SignedLink each : links) {
      assertThat(each.toString()).doesNotContain(each.uri().getRawQuery());
      told.add(each.toString());
    }
    told.add(signer.toString());
    told.add(store.toString());
    for (Forgery each : withoutSignature(download)) {
      told.add(stranger.get(each.uri()).text());
    }
    for (Forgery each : withoutSignature(upload)) {
      told.add(stranger.put(each.uri(), upload.headers(), CONTENT).text());
    }

    for (SignedLink each : links) {
      String signature = Forgery.signature(each.uri());
      assertThat(told).noneMatch(text -> text.contains(signature));
    }
  }

  /** Those that do not hold the signature, which a server may tell whoever knows it already. */
  private static List<Forgery> withoutSignature(SignedLink link) {
    String signature = Forgery.signature(link.uri());
    return Stream.of(forgeries(link), Forgery.withoutParameters(link.uri()))
        .flatMap(List::stream)
        .filter(each -> !each.uri().toString().contains(signature))
        .toList();
  }

  /** What stores say that have just signed a link and fail then, each in its own way. */
  private List<String> toldByFailures(LogSample absent, List<SignedLink> links) {
    List<ArtifactStore> stores =
        Stream.of(
                Optional.of(another()),
                harness().openMissingBucket(),
                harness().openBadCredentials(),
                harness().openForbidden(),
                harness().openUnreachable())
            .flatMap(Optional::stream)
            .map(this::closedLater)
            .toList();
    List<String> told = new ArrayList<>();
    for (ArtifactStore each : stores) {
      try {
        each.linkSigner().ifPresent(some -> links.add(some.sign(LinkRequest.download(absent))));
        each.get(absent).close();
      } catch (StorageException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
          told.add(cause.toString());
        }
        told.add(e.context().toString());
      }
    }
    assertThat(told).as("what failures say").isNotEmpty();
    return told;
  }

  private static LinkSigner signerOf(ArtifactStore one) {
    return one.linkSigner()
        .orElseThrow(
            () -> new AssertionError("The store says that it has links, and has no signer"));
  }

  private SignedLink sign(LinkRequest request) {
    return signer.sign(request);
  }

  private List<Artifact> oneOfEachKind() {
    return List.of(
        sample("kind.log"),
        new TaBundle(request, BundleVersion.of(1), RevisionId.random()),
        new DebugBundle(ValidationRunId.random(), FileName.of("debug.zip")));
  }

  /** Bound to this content in every respect. */
  private static Upload bound(Upload upload, byte[] content) {
    return upload.ofType(CSV).ofContent(Sha256.of(content), content.length);
  }

  private static void assertRefused(String what, Answer answer) {
    assertThat(answer).as("The answer to %s", what).matches(Answer::isRefusal, "is a refusal");
  }

  private void assertDownloads(SignedLink link, byte[] content) {
    Answer answer = stranger.get(link);
    assertThat(answer.status()).as("status of %s", link).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
  }

  /** Uploads it with the link; what the store then finds. */
  private StoredArtifact assertUploads(SignedLink link, Artifact artifact, byte[] content) {
    Answer answer = stranger.put(link, content);
    assertThat(answer).as("The answer to %s", link).matches(Answer::isSuccess, "is a success");
    assertThat(read(artifact)).isEqualTo(content);
    StoredArtifact found = store.find(artifact).orElseThrow();
    assertThat(found.size()).isEqualTo(content.length);
    return found;
  }

  private void assertUntouched(StoredArtifact old, byte[] content) {
    assertThat(store.find(old.artifact())).contains(old);
    assertThat(read(old.artifact())).isEqualTo(content);
  }

  /** Tries it where nothing is, and where something older is, which must stay as it is. */
  private void assertUploadRefused(
      UnaryOperator<Upload> binding, String what, Function<SignedLink, Answer> attempt) {
    LogSample there = sample("there.log");
    LogSample absent = sample("absent.log");
    StoredArtifact old = put(there, OTHER);
    boolean isCut = false;
    for (LogSample each : List.of(there, absent)) {
      Answer answer = attempt.apply(sign(binding.apply(LinkRequest.upload(each))));
      assertThat(answer)
          .as("The answer to an upload of %s", what)
          .matches(some -> some.isRefusal() || some.isCut(), "is a refusal");
      isCut |= answer.isCut();
    }
    Instant end = Instant.now().plus(isCut ? NOTICE : Duration.ZERO);
    do {
      assertThat(store.find(absent)).as("what was left of %s", what).isEmpty();
      assertUntouched(old, OTHER);
    } while (Instant.now().isBefore(end));
    assertThat(listed(ArtifactKind.LOG_SAMPLE)).contains(there).doesNotContain(absent);
    assertNothingLeftBehind();
  }

  private static void assertSavedAs(FileName name, Answer answer) {
    assertThat(answer.status()).as(name.value()).isEqualTo(200);
    Matcher disposition = EXACT_NAME.matcher(answer.header("content-disposition"));
    assertThat(disposition.matches())
        .as("'%s' is an attachment with a name", answer.header("content-disposition"))
        .isTrue();
    String told = disposition.group(1).replace("+", "%2B"); // it is no form
    assertThat(URLDecoder.decode(told, StandardCharsets.UTF_8)).isEqualTo(name.value());
    assertThat(answer.header("content-type")).isEqualTo(ContentType.BINARY.value());
    assertThat(answer.header("cache-control").toLowerCase(Locale.ROOT))
        .contains("private", "no-store");
  }

  /** The headers of a link without one, or with another value of it. */
  private static Map<String, String> without(String name, SignedLink link, String value) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(link.headers());
    headers.remove(name);
    if (!value.isEmpty()) {
      headers.put(name, value);
    }
    return headers;
  }

  /** The headers of a link with another checksum, however they say it. */
  private static Map<String, String> retold(SignedLink link, Sha256 told, Sha256 other) {
    return link.headers().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each ->
                    each.getValue()
                        .replace(told.hex(), other.hex())
                        .replace(base64(told), base64(other))));
  }

  private static String base64(Sha256 checksum) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(checksum.hex()));
  }

  private void waitUntil(Instant time) {
    long millis = Duration.between(harness().clock().instant(), time).toMillis();
    try {
      Thread.sleep(Math.max(0, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while a link expires", e);
    }
  }
}
