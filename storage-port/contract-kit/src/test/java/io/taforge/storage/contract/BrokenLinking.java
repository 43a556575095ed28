package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.LogSample;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkRequest.Download;
import io.taforge.storage.LinkRequest.Upload;
import io.taforge.storage.LinkSigner;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.link.LinkAuthority;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores whose links allow too much, or too little, or tell what they should not. */
final class BrokenLinking {
  private BrokenLinking() {}

  static List<Control> controls() {
    return List.of(
        of("takes any signature", BrokenLinking::takingAnySignature),
        of("does not sign when a link expires", () -> forgetting("&expires=[^&]*")),
        of("does not sign the name to save under", () -> forgetting("&save-as=[^&]*")),
        of("does not sign the artifact", () -> forgetting("/[^/?]*(?=\\?)")),
        of("does not sign whose artifact it is", () -> forgetting("/[^/?]*/[^/?]*(?=\\?)")),
        of("never looks at the time", () -> forgetting("never")),
        server("takes a link for any method", TakesAnyMethod::new),
        server("lets in whoever has no link", LetsInWithoutLink::new),
        server("deletes with a link to upload", DeletesToo::new),
        binding("forgets the type of an upload", BrokenLinking::withoutType),
        binding("forgets the length of an upload", BrokenLinking::withoutLength),
        binding("forgets the checksum of an upload", BrokenLinking::withoutChecksum),
        server("looks at uploads when it has stored them", ChecksAfterwards::new),
        server("makes room before an upload has come", MakesRoom::new),
        server("keeps what has come of an upload that breaks off", KeepsHalves::new),
        server("says yes and stores nothing", StoresNothing::new),
        server("forgets the type when it stores an upload", StoresUntyped::new),
        server("keeps the metadata of the content before", KeepsMetadata::new),
        server("serves a link once", ServesOnce::new),
        server("serves nothing for what is not there", ServesNothing::new),
        server("cuts uploads at a mebibyte", CutsUploads::new),
        server("decodes names twice", DecodesTwice::new),
        of("tells the signature that it expected", TellsExpected::new),
        saying("forgets the disposition", "Content-Disposition", (is, file) -> ""),
        saying("shows instead of saving", "Content-Disposition", (is, file) -> "inline" + is),
        saying("saves under the plain name only", "Content-Disposition", BrokenLinking::plain),
        saying("encodes names as in a form", "Content-Disposition", BrokenLinking::form),
        saying("lets caches keep it", "Cache-Control", (is, file) -> "public"),
        server("serves the stored type", ServesStoredType::new),
        server("saves under its own name always", SavesUnderOwnName::new),
        signer("signs for an hour at most", BrokenLinking::cutsValidity),
        signer("rounds the validity up", BrokenLinking::roundsUp),
        signer("signs only what is there", BrokenLinking::refusesAbsent),
        signer("forgets to tell a header", BrokenLinking::tellsNoHeaders),
        signer("tells a header that clients send themselves", BrokenLinking::tellsLength),
        signer("signs the type of a download", BrokenLinking::tellsTypeOfDownload),
        signer("has the signature in the address, too", BrokenLinking::tellsUser),
        of("tells the last link when something fails", TellsLastLink::new),
        of("has no public endpoint", IgnoresPublicEndpoint::new),
        of("says that it has links, and has none", () -> withoutLinks(false)),
        of("has links, and says that it has none", HidesLinks::new));
  }

  private static Control of(String flaw, Supplier<InMemoryHarness> harness) {
    return new Control(flaw, "I", harness);
  }

  private static Control server(
      String flaw, BiFunction<ArtifactStore, LinkAuthority, TinyLinkServer> broken) {
    return of(flaw, () -> serving(broken));
  }

  private static ServedHarness serving(
      BiFunction<ArtifactStore, LinkAuthority, TinyLinkServer> broken) {
    return new ServedHarness() {
      @Override
      TinyLinkServer server(ArtifactStore served, LinkAuthority authority) {
        return broken.apply(served, authority);
      }
    };
  }

  private static Control binding(String flaw, UnaryOperator<Upload> less) {
    return server(
        flaw,
        (store, authority) ->
            new TinyLinkServer(store, authority) {
              @Override
              Upload binding(Upload upload) {
                return less.apply(upload);
              }
            });
  }

  private static Control saying(String flaw, String header, BinaryOperator<String> change) {
    return server(
        flaw,
        (store, authority) ->
            new TinyLinkServer(store, authority) {
              @Override
              Map<String, String> headers(Download download, StoredArtifact stored) {
                Map<String, String> headers = new HashMap<>(download.responseHeaders());
                headers.compute(
                    header, (same, value) -> change.apply(value, download.saveAs().value()));
                return headers;
              }
            });
  }

  private static Control signer(
      String flaw, BiFunction<LinkSigner, ArtifactStore, LinkSigner> broken) {
    return of(
        flaw,
        () ->
            new ServedHarness() {
              @Override
              LinkSigner signer(LinkSigner inner) {
                return broken.apply(inner, flawless());
              }
            });
  }

  static InMemoryHarness takingAnySignature() {
    return serving(
        (store, authority) ->
            new TinyLinkServer(store, authority) {
              @Override
              Optional<LinkRequest> allowed(String method, String host, String target) {
                return Optional.of(asked(method, target));
              }
            });
  }

  /** What a request is for, whoever makes it. */
  private static LinkRequest asked(String method, String target) {
    String key = target.replaceFirst("^/[^/]*/", "").replaceFirst("\\?.*", "");
    Artifact artifact = Artifact.at(URLDecoder.decode(key, StandardCharsets.UTF_8));
    return method.equals("PUT") ? LinkRequest.upload(artifact) : LinkRequest.download(artifact);
  }

  /**
   * Takes what differs from a link that was signed only in this part, and does what it says. It
   * knows all links by heart, so it does not find out that one has expired.
   */
  private static InMemoryHarness forgetting(String part) {
    Map<String, LinkRequest> signed = new ConcurrentHashMap<>();
    return new ServedHarness() {
      @Override
      LinkSigner signer(LinkSigner inner) {
        return request -> {
          SignedLink link = inner.sign(request);
          signed.put(rest(link.uri().getRawPath() + "?" + link.uri().getRawQuery()), request);
          return link;
        };
      }

      @Override
      TinyLinkServer server(ArtifactStore served, LinkAuthority authority) {
        return new TinyLinkServer(served, authority) {
          @Override
          Optional<LinkRequest> allowed(String method, String host, String target) {
            LinkRequest known = signed.get(rest(target));
            return known == null || !known.method().name().equals(method)
                ? super.allowed(method, host, target)
                : Optional.of(like(known, target));
          }
        };
      }

      private String rest(String target) {
        return target.replaceFirst(part, "");
      }
    };
  }

  private static LinkRequest like(LinkRequest known, String target) {
    Artifact artifact = asked("GET", target).artifact();
    return known instanceof Upload upload
        ? new Upload(
            artifact, upload.validity(), upload.contentType(), upload.length(), upload.sha256())
        : new Download(artifact, known.validity(), ((Download) known).saveAs());
  }

  /** Has none, and says so or not. */
  static InMemoryHarness withoutLinks(boolean isHonest) {
    return new InMemoryHarness() {
      @Override
      public Set<Capability> capabilities() {
        return isHonest ? withoutLinks(super.capabilities()) : super.capabilities();
      }

      @Override
      ArtifactStore handle(ArtifactStore store) {
        return new DelegatingStore(store) {
          @Override
          public Set<Capability> capabilities() {
            return isHonest ? withoutLinks(super.capabilities()) : super.capabilities();
          }

          @Override
          public Optional<LinkSigner> linkSigner() {
            return Optional.empty();
          }
        };
      }
    };
  }

  private static Set<Capability> withoutLinks(Set<Capability> all) {
    Set<Capability> others = EnumSet.copyOf(all);
    others.remove(Capability.SIGNED_LINKS);
    return others;
  }

  private static final class HidesLinks extends ServedHarness {
    @Override
    public Set<Capability> capabilities() {
      return withoutLinks(super.capabilities());
    }

    @Override
    ArtifactStore handle(ArtifactStore store) {
      return new DelegatingStore(store) {
        @Override
        public Set<Capability> capabilities() {
          return withoutLinks(super.capabilities());
        }
      };
    }
  }

  private static final class TakesAnyMethod extends TinyLinkServer {
    TakesAnyMethod(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    Optional<LinkRequest> allowed(String method, String host, String target) {
      return Stream.of("GET", "PUT")
          .flatMap(each -> super.allowed(each, host, target).stream())
          .map(right -> right.method().name().equals(method) ? right : asked(method, target))
          .findFirst();
    }
  }

  private static final class LetsInWithoutLink extends TinyLinkServer {
    LetsInWithoutLink(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    Optional<LinkRequest> allowed(String method, String host, String target) {
      return target.contains("?")
          ? super.allowed(method, host, target)
          : Optional.of(asked(method, target));
    }
  }

  private static final class DeletesToo extends TinyLinkServer {
    DeletesToo(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    Optional<LinkRequest> allowed(String method, String host, String target) {
      if (method.equals("DELETE")) {
        super.allowed("PUT", host, target).ifPresent(right -> store.delete(right.artifact()));
      }
      return super.allowed(method, host, target);
    }
  }

  private static Upload withoutType(Upload upload) {
    return new Upload(
        upload.artifact(), upload.validity(), Optional.empty(), upload.length(), upload.sha256());
  }

  private static Upload withoutLength(Upload upload) {
    return upload.sha256().isPresent()
        ? upload // its checksum tells as well
        : new Upload(
            upload.artifact(),
            upload.validity(),
            upload.contentType(),
            OptionalLong.empty(),
            Optional.empty());
  }

  private static Upload withoutChecksum(Upload upload) {
    return new Upload(
        upload.artifact(),
        upload.validity(),
        upload.contentType(),
        upload.length(),
        Optional.empty());
  }

  private static final class ChecksAfterwards extends TinyLinkServer {
    ChecksAfterwards(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    void receive(Upload upload, InputStream body, OptionalLong length) throws IOException {
      byte[] content = body.readAllBytes();
      store.put(upload.artifact(), ContentSource.of(content), PutOptions.defaults());
      super.receive(upload, new ByteArrayInputStream(content), length);
    }
  }

  private static final class MakesRoom extends TinyLinkServer {
    MakesRoom(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    void receive(Upload upload, InputStream body, OptionalLong length) throws IOException {
      store.delete(upload.artifact());
      super.receive(upload, body, length);
    }
  }

  private static final class KeepsHalves extends TinyLinkServer {
    KeepsHalves(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    void receive(Upload upload, InputStream body, OptionalLong length) throws IOException {
      ByteArrayOutputStream come = new ByteArrayOutputStream();
      try {
        body.transferTo(come);
      } catch (IOException e) {
        // as if it were the end
      }
      super.receive(upload, new ByteArrayInputStream(come.toByteArray()), OptionalLong.empty());
    }
  }

  private static final class StoresNothing extends TinyLinkServer {
    StoresNothing(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    void receive(Upload upload, InputStream body, OptionalLong length) throws IOException {
      body.readAllBytes();
    }
  }

  private static final class StoresUntyped extends TinyLinkServer {
    StoresUntyped(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    void receive(Upload upload, InputStream body, OptionalLong length) throws IOException {
      super.receive(withoutType(upload), body, length);
    }
  }

  private static final class KeepsMetadata extends TinyLinkServer {
    KeepsMetadata(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    void receive(Upload upload, InputStream body, OptionalLong length) throws IOException {
      Optional<StoredArtifact> old = store.find(upload.artifact());
      super.receive(upload, body, length);
      old.ifPresent(
          was ->
              store.replaceMetadata(
                  was.artifact(),
                  was.metadata(),
                  store.find(was.artifact()).orElseThrow().version()));
    }
  }

  private static final class ServesOnce extends TinyLinkServer {
    private final Set<String> served = ConcurrentHashMap.newKeySet();

    ServesOnce(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    Optional<LinkRequest> allowed(String method, String host, String target) {
      return super.allowed(method, host, target).filter(right -> served.add(target));
    }
  }

  private static final class ServesNothing extends TinyLinkServer {
    ServesNothing(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    Optional<LinkRequest> allowed(String method, String host, String target) {
      Optional<LinkRequest> right = super.allowed(method, host, target);
      right
          .filter(each -> each instanceof Download && store.find(each.artifact()).isEmpty())
          .ifPresent(
              each ->
                  store.put(each.artifact(), ContentSource.of(new byte[0]), PutOptions.defaults()));
      return right;
    }
  }

  private static final class CutsUploads extends TinyLinkServer {
    CutsUploads(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    void receive(Upload upload, InputStream body, OptionalLong length) throws IOException {
      byte[] content = body.readAllBytes();
      int most = Math.min(content.length, 1 << 20);
      super.receive(upload, new ByteArrayInputStream(content, 0, most), OptionalLong.of(most));
    }
  }

  private static final class DecodesTwice extends TinyLinkServer {
    DecodesTwice(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    Upload binding(Upload upload) {
      return (Upload) like(upload, "/bucket/" + encodedLess(upload.artifact()));
    }

    private static String encodedLess(Artifact artifact) {
      String name = artifact.fileName().value();
      return artifact instanceof LogSample && name.matches(".*%[0-9A-F]{2}.*")
          ? artifact.key().value()
          : artifact.key().value().replace("%", "%25").replace("+", "%2B");
    }
  }

  private static final class TellsExpected extends ServedHarness {
    private final Map<String, String> expected = new ConcurrentHashMap<>();

    @Override
    LinkSigner signer(LinkSigner inner) {
      return request -> {
        SignedLink link = inner.sign(request);
        expected.put(
            unsigned(link.uri().getRawPath() + "?" + link.uri().getRawQuery()),
            Forgery.signature(link.uri()));
        return link;
      };
    }

    @Override
    TinyLinkServer server(ArtifactStore served, LinkAuthority authority) {
      return new TinyLinkServer(served, authority) {
        @Override
        String refusal(String target) {
          return "It should be signed " + expected.getOrDefault(unsigned(target), "otherwise");
        }
      };
    }

    private static String unsigned(String target) {
      return target.replaceFirst("&signature=.*", "");
    }
  }

  private static String plain(String disposition, String file) {
    return disposition.replaceFirst("; filename\\*.*", "");
  }

  private static String form(String disposition, String file) {
    return plain(disposition, file)
        + "; filename*=UTF-8''"
        + URLEncoder.encode(file, StandardCharsets.UTF_8);
  }

  private static final class ServesStoredType extends TinyLinkServer {
    ServesStoredType(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    Map<String, String> headers(Download download, StoredArtifact stored) {
      Map<String, String> headers = new HashMap<>(download.responseHeaders());
      headers.put("Content-Type", stored.contentType().value());
      return headers;
    }
  }

  private static final class SavesUnderOwnName extends TinyLinkServer {
    SavesUnderOwnName(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    Map<String, String> headers(Download download, StoredArtifact stored) {
      return download.savedAs(download.artifact().fileName()).responseHeaders();
    }
  }

  private static LinkSigner cutsValidity(LinkSigner inner, ArtifactStore store) {
    return request -> inner.sign(shorter(request, LinkRequest.DEFAULT_VALIDITY));
  }

  private static LinkRequest shorter(LinkRequest request, Duration most) {
    return request.validity().compareTo(most) <= 0 ? request : validFor(request, most);
  }

  private static LinkSigner roundsUp(LinkSigner inner, ArtifactStore store) {
    return request -> {
      long minutes = (request.validity().toSeconds() + 59) / 60;
      return inner.sign(validFor(request, Duration.ofMinutes(minutes)));
    };
  }

  private static LinkRequest validFor(LinkRequest request, Duration time) {
    return request instanceof Download download
        ? download.validFor(time)
        : ((Upload) request).validFor(time);
  }

  private static LinkSigner refusesAbsent(LinkSigner inner, ArtifactStore store) {
    return request -> {
      if (store.find(request.artifact()).isEmpty()) {
        throw new StorageNotFoundException(
            FailureContext.of(Operation.SIGN_LINK, store.buckets(), request.artifact()),
            "there is none");
      }
      return inner.sign(request);
    };
  }

  private static LinkSigner tellsNoHeaders(LinkSigner inner, ArtifactStore store) {
    return request -> {
      SignedLink link = inner.sign(request);
      return new SignedLink(link.method(), link.uri(), Map.of(), link.expiresAt());
    };
  }

  private static LinkSigner tellsLength(LinkSigner inner, ArtifactStore store) {
    return request -> {
      SignedLink link = inner.sign(request);
      return request instanceof Upload upload && upload.length().isPresent()
          ? telling(link, "Content-Length", String.valueOf(upload.length().getAsLong()))
          : link;
    };
  }

  private static LinkSigner tellsTypeOfDownload(LinkSigner inner, ArtifactStore store) {
    return request -> {
      SignedLink link = inner.sign(request);
      return request instanceof Download ? telling(link, "Content-Type", "text/plain") : link;
    };
  }

  private static SignedLink telling(SignedLink link, String header, String value) {
    Map<String, String> headers = new HashMap<>(link.headers());
    headers.put(header, value);
    return new SignedLink(link.method(), link.uri(), headers, link.expiresAt());
  }

  private static LinkSigner tellsUser(LinkSigner inner, ArtifactStore store) {
    return request -> {
      SignedLink link = inner.sign(request);
      String user = Forgery.signature(link.uri()) + "@";
      URI uri = URI.create(link.uri().toString().replaceFirst("//", "//" + user));
      return new SignedLink(link.method(), uri, link.headers(), link.expiresAt());
    };
  }

  private static final class TellsLastLink extends ServedHarness {
    private volatile String last = "";

    @Override
    LinkSigner signer(LinkSigner inner) {
      return request -> {
        SignedLink link = inner.sign(request);
        last = link.uri().toString();
        return link;
      };
    }

    @Override
    ArtifactStore handle(ArtifactStore store) {
      return new DelegatingStore(super.handle(store)) {
        @Override
        public ArtifactContent get(Artifact artifact) {
          try {
            return super.get(artifact);
          } catch (StorageNotFoundException e) {
            throw new StorageNotFoundException(e.context(), "nothing is at " + last, e);
          }
        }
      };
    }
  }

  private static final class IgnoresPublicEndpoint extends ServedHarness {
    @Override
    LinkSigner publicSigner(LinkSigner inner) {
      return LinkAuthority.of(flawless()).orElseThrow();
    }
  }
}
