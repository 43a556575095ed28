package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.ListQuery;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * That a server takes no link which is not, bit by bit, the one an adapter has signed; the server
 * is what verifies. In every third character one bit is flipped, chosen by {@code -Dlinks.seed=N};
 * {@code -Dlinks.bits=8} flips all bits of all.
 */
public abstract class ForgedLinkProofs {
  private static final int BITS = Integer.getInteger("links.bits", 1);
  private static final int STRIDE = BITS == 8 ? 1 : 3;
  private static final long SEED = Long.getLong("links.seed", 20261128L);
  private static final byte[] CONTENT = {1, 2, 3};
  private static final int TIMEOUT_MILLIS = 20_000;

  private final S3TestServer server;
  private final String id = UUID.randomUUID().toString();
  private final Buckets buckets = new Buckets("samples-" + id, "bundles-" + id, "debug-" + id);
  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("ä b.log"));
  private ArtifactStore store;

  /** On a server. */
  protected ForgedLinkProofs(S3TestServer server) {
    this.server = server;
  }

  /** Opens a store of the adapter. */
  protected abstract ArtifactStore open(S3Target target);

  @BeforeEach
  final void openStore() {
    store =
        open(
            new S3Target(
                server.endpoint(),
                server.region(),
                server.owner().id(),
                server.owner().secret(),
                buckets));
    store.createBuckets();
    store.put(sample, ContentSource.of(CONTENT), PutOptions.defaults());
  }

  @AfterEach
  final void cleanUp() {
    store.close();
    for (ArtifactKind kind : ArtifactKind.values()) {
      new BucketCleaner(server).remove(buckets.of(kind));
    }
  }

  @Test
  public final void noBitOfALinkCanBeFlipped() throws Exception {
    Random random = new Random(SEED);
    List<String> accepted = new ArrayList<>();
    int tried = 0;
    int same = 0;
    for (LinkRequest request :
        List.of(
            LinkRequest.download(sample),
            LinkRequest.upload(sample).ofContent(Sha256.of(CONTENT), CONTENT.length))) {
      SignedLink link = store.linkSigner().orElseThrow().sign(request);
      String target = link.uri().getRawPath() + "?" + link.uri().getRawQuery();
      Answered right = answer(link, link.method().name(), authority(link), target);
      assertThat(right.status()).as("the link itself").isEqualTo(200);
      for (int i = 0; i < target.length(); i += STRIDE) {
        for (int bit = 0; bit < BITS; bit++) {
          byte[] bytes = target.getBytes(ISO_8859_1);
          bytes[i] ^= (byte) (1 << (BITS == 8 ? bit : random.nextInt(8)));
          String forged = new String(bytes, ISO_8859_1);
          tried++;
          Answered answered = answer(link, link.method().name(), authority(link), forged);
          if (answered.isOk() && answered.essence().equals(right.essence())) {
            same++; // such as %2f for %2F: it says what the link says, in other letters
          } else if (answered.isOk()) {
            accepted.add(forged);
          }
        }
      }
      tried += tryOthers(link, target, accepted);
    }
    System.out.printf(
        "Reliability U1: %s: %d changes of links to %s, %d accepted, %d mean the same and are"
            + " answered the same (seed %d)%n",
        getClass().getSimpleName(), tried, server.name(), accepted.size(), same, SEED);
    assertThat(accepted).isEmpty();
    assertThat(store.find(sample).orElseThrow().size()).isEqualTo(CONTENT.length);
    assertThat(store.list(ListQuery.of(KeyPrefix.all(ArtifactKind.LOG_SAMPLE))).entries())
        .as("nothing was uploaded elsewhere")
        .hasSize(1);
  }

  /** Another method, another host, another second, another key, and one more parameter. */
  private int tryOthers(SignedLink link, String target, List<String> accepted) throws IOException {
    String expires = target.replaceFirst(".*X-Amz-Expires=(\\d+).*", "$1");
    long seconds = Long.parseLong(expires);
    List<String> targets =
        List.of(
            target.replace("X-Amz-Expires=" + expires, "X-Amz-Expires=" + (seconds + 1)),
            target.replace("X-Amz-Expires=" + expires, "X-Amz-Expires=" + (seconds - 1)),
            target.replace(sample.request().toString(), RequestId.random().toString()),
            target.replace(".log", ".log2"),
            target + "&response-content-language=tlh",
            target + "&uploadId=x",
            target.replaceFirst("&X-Amz-Signature=[^&]*", ""),
            target.replaceFirst("(X-Amz-Signature=)[^&]*", "$1" + "0".repeat(64)));
    for (String each : targets) {
      if (answer(link, link.method().name(), authority(link), each).isOk()) {
        accepted.add(each);
      }
    }
    String other = link.method() == LinkRequest.Method.GET ? "PUT" : "GET";
    for (String method : List.of(other, "DELETE", "POST")) {
      if (answer(link, method, authority(link), target).isOk()) {
        accepted.add(method + " " + target);
      }
    }
    for (String host : List.of("localhost:1", "evil.example", "x" + authority(link))) {
      if (answer(link, link.method().name(), host, target).isOk()) {
        accepted.add(host + target);
      }
    }
    return targets.size() + 6;
  }

  private static String authority(SignedLink link) {
    return link.uri().getRawAuthority();
  }

  /**
   * What the server has answered.
   *
   * @param status 0 if it has answered nothing
   * @param essence what a link decides: how the content is to be taken, and the content
   */
  private record Answered(int status, List<String> essence) {
    static final Answered NOTHING = new Answered(0, List.of());

    static Answered of(String text) {
      int end = text.indexOf("\r\n\r\n");
      if (end < 0 || !text.matches("(?s)HTTP/1\\.[01] \\d{3}.*")) {
        return NOTHING;
      }
      List<String> essence = new ArrayList<>();
      for (String line : text.substring(0, end).split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).matches("(content|cache)-.*")) {
          essence.add(line);
        }
      }
      essence.add(text.substring(end));
      return new Answered(Integer.parseInt(text.substring(9, 12)), essence);
    }

    boolean isOk() {
      return status >= 200 && status < 300;
    }
  }

  /** What the server answers to bytes as they are. */
  private static Answered answer(SignedLink link, String method, String host, String target)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\nConnection: close\r\n");
    for (Map.Entry<String, String> header : link.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    boolean hasContent = method.equals("PUT");
    head.append("Content-Length: ").append(hasContent ? CONTENT.length : 0).append("\r\n\r\n");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(link.uri().getHost(), link.uri().getPort()));
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
      if (hasContent) {
        socket.getOutputStream().write(CONTENT);
      }
      return Answered.of(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
    } catch (SocketException e) {
      return Answered.NOTHING; // it has refused to read on
    }
  }
}
