package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.taforge.artifact.Sha256;
import io.taforge.storage.LinkRequest.Method;
import io.taforge.storage.SignedLink;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Tries what somebody can do who has no credentials, with a link to upload and without one. */
final class StrangerInspection {
  private static final Duration MOST_SKEW = Duration.ofMinutes(5);
  private static final Duration LINK_VALIDITY = Duration.ofMinutes(10);

  private final ObjectServer server;
  private final Canary canary;
  private final Anybody anybody;
  private final Clock clock;
  private final Call call;

  StrangerInspection(ObjectServer server, Canary canary, Anybody anybody, Clock clock, Call call) {
    this.server = server;
    this.canary = canary;
    this.anybody = anybody;
    this.clock = clock;
    this.call = call;
  }

  /** The same answer tells the time, whoever is asked for his name. */
  void listing(Findings findings, ObjectName any) {
    Outcome<Anybody.Answer> answer =
        Outcome.of(() -> anybody.get(URI.create(folder(any) + "?list-type=2&max-keys=1")));
    findings.told("clock", answer, said -> clock(said.at(), clock.instant()));
    findings.told(
        "anonymous-list",
        answer,
        said ->
            said.isSuccess() ? Verdict.failed("Anybody can list it") : denied(said, "a listing"));
  }

  /** How far the two are apart. */
  static Verdict clock(Optional<Instant> server, Instant here) {
    if (server.isEmpty()) {
      return Verdict.unknown("The server does not tell the time");
    }
    Duration skew = Duration.between(server.get(), here);
    if (skew.abs().compareTo(MOST_SKEW) <= 0) {
      return Verdict.ok();
    }
    return Verdict.failed(
        "This machine's clock is "
            + skew.abs().toSeconds()
            + " seconds "
            + (skew.isNegative() ? "behind" : "ahead of")
            + " the server's");
  }

  void reading(Findings findings, ObjectName kept) {
    findings.told(
        "anonymous-read",
        Outcome.of(() -> anybody.get(address(kept))),
        said ->
            said.isSuccess() && said.text().equals(new String(Canary.CONTENT, ISO_8859_1))
                ? Verdict.failed("Anybody can read what is stored")
                : denied(said, "an object"));
  }

  private static Verdict denied(Anybody.Answer said, String what) {
    return said.isDenial()
        ? Verdict.ok()
        : Verdict.unknown(
            "Status " + said.status() + " is no answer to a stranger who asks for " + what);
  }

  void checksums(Findings findings) {
    Map<String, String> announced =
        Map.of(
            "Content-Length",
            String.valueOf(Canary.CONTENT.length),
            LinkTerms.CONTENT_SHA256,
            Sha256.of(Canary.CONTENT).hex());
    findings.told(
        "checksums",
        Outcome.of(() -> anybody.put(link(canary.name(), announced), Map.of(), Canary.OTHER)),
        said -> {
          if (said.isSuccess()) {
            return Verdict.failed("The server has taken other content than was announced to it");
          }
          return said.isRefusal()
              ? Verdict.ok()
              : Verdict.unknown("The server answers with status " + said.status());
        });
  }

  void unsignedHeaders(Findings findings, ObjectName kept) {
    findings.told(
        "unsigned-headers",
        Outcome.of(() -> copiesUnsigned(kept) || opensUnsigned()),
        isObeyed ->
            isObeyed
                ? Verdict.unknown(
                    "upload links: the server obeys headers that nobody signed; sign them as a user"
                        + " who may only put")
                : Verdict.ok());
  }

  private boolean copiesUnsigned(ObjectName kept) {
    ObjectName copied = canary.name();
    Map<String, String> source =
        Map.of("x-amz-copy-source", "/" + kept.bucket() + "/" + kept.key());
    return anybody.put(link(copied, Map.of()), source, new byte[0]).isSuccess()
        && canary.holds(copied);
  }

  private boolean opensUnsigned() {
    ObjectName opened = canary.name();
    Map<String, String> list = Map.of("x-amz-acl", "public-read");
    return anybody.put(link(opened, Map.of()), list, Canary.OTHER).isSuccess()
        && anybody.get(address(opened)).isSuccess();
  }

  private SignedLink link(ObjectName name, Map<String, String> headers) {
    return server.sign(name, new LinkTerms(Method.PUT, LINK_VALIDITY, Map.of(), headers), call);
  }

  /** Where anybody would look for an object: where links lead, and without their signature. */
  private URI address(ObjectName name) {
    LinkTerms terms = new LinkTerms(Method.GET, LINK_VALIDITY, Map.of(), Map.of());
    String link = server.sign(name, terms, call).uri().toString();
    return URI.create(link.substring(0, link.indexOf('?')));
  }

  private String folder(ObjectName name) {
    String address = address(name).toString();
    return address.substring(0, address.length() - name.key().length());
  }
}
