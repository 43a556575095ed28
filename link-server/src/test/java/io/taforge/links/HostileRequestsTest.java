package io.taforge.links;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.UploadLimit;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.ListQuery;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.contract.HostileTexts;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That whatever is sent to the server, as bytes on a socket, is a link or gets the one refusal. */
class HostileRequestsTest {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final byte[] CONTENT = "0123456789".getBytes(UTF_8);
  private static final LogSample SAMPLE = new LogSample(RequestId.random(), FileName.of("a.log"));

  private ArtifactStore store;
  private LinkServer server;
  private SignedLink link;
  private String target;

  @BeforeEach
  void start() {
    store = new InMemoryArtifactStore(new InMemorySpace(Clock.systemUTC()));
    store.createBuckets();
    store.put(SAMPLE, ContentSource.of(CONTENT), PutOptions.defaults());
    ObjectStorageClient client = new ObjectStorageClient(store, UploadLimit.ofMegabytes(1));
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = LinkServer.start(client, anywhere);
    link = client.link(LinkRequest.download(SAMPLE));
    target = link.uri().getRawPath() + "?" + link.uri().getRawQuery();
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  @Test
  void whatIsNoLinkIsRefusedWhereverItStands() throws IOException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    System.setErr(new PrintStream(printed, true, UTF_8));
    int refused = 0;
    int ignored = 0;
    try {
      List<String> texts = HostileTexts.all();
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        String host = link.uri().getRawAuthority();
        String path = link.uri().getRawPath();
        // each text in one of these places and the next one in another, and in all of them by turns
        switch (i % 6) {
          case 0 -> refused += refused("GET", "/" + text, host, "");
          case 1 -> refused += refused("GET", path + text + "?" + query(), host, "");
          case 2 -> refused += refused("PUT", target + "&" + text, host, "Content-Length: 0\r\n");
          case 3 -> refused += refused("GET", target, text, "");
          case 4 -> refused += refused(text, target, host, "");
          default -> ignored += ignored(host, "Range: " + text + "\r\n");
        }
      }
      for (String text : texts) {
        String inHeader = text.replaceAll("[\r\n\u0000]", "");
        if (text.equals(inHeader)) {
          ignored += ignored(link.uri().getRawAuthority(), "If-Range: " + text + "\r\n");
        }
      }
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(answer("GET", target, link.uri().getRawAuthority(), ""))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("0123456789");
    assertThat(store.list(ListQuery.of(KeyPrefix.all(ArtifactKind.LOG_SAMPLE))).entries())
        .hasSize(1);
    assertThat(printed.toString(UTF_8)).as("what the server has printed").isEmpty();
    System.out.printf(
        "Reliability F2: links server: %d requests with hostile texts refused, %d of which a header"
            + " means nothing answered, 0 taken for a link%n",
        refused, ignored);
  }

  private String query() {
    return link.uri().getRawQuery();
  }

  private int refused(String method, String where, String host, String header) throws IOException {
    String answer = answer(method, where, host, header);
    if (where.equals(target) && host.equals(link.uri().getRawAuthority())) {
      assertThat(method).as("taken for a method: %s", answer).isNotIn("GET", "HEAD");
    }
    assertThat(answer)
        .as("%s %s at %s", method, where, host)
        .doesNotStartWith("HTTP/1.1 2")
        .doesNotStartWith("HTTP/1.1 5")
        .doesNotContain("0123456789")
        .doesNotContain("Exception")
        .doesNotContain("Set-Cookie");
    return 1;
  }

  /** A header with this text: refused, or served as without it; never something else. */
  private int ignored(String host, String header) throws IOException {
    String answer = answer("GET", target, host, header);
    assertThat(answer)
        .as(header)
        .matches("(?s)(HTTP/1.1 (200|206|400|403|416|431|505) .*)?")
        .doesNotContain("Exception")
        .doesNotContain("Set-Cookie");
    return 1;
  }

  /** Whatever comes back, if anything does. */
  private String answer(String method, String where, String host, String header)
      throws IOException {
    String head =
        method
            + " "
            + where
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + header
            + "Connection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException e) {
      return ""; // it has refused to read on
    }
  }
}
