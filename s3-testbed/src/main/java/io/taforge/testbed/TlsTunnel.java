package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A way over TLS to a server without, with a certificate that nobody has signed. */
public final class TlsTunnel implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final URI target;
  private final Path certificate;
  private final ServerSocket listener;

  /** To a server, with a certificate of {@code 127.0.0.1}; files are made in the folder. */
  public TlsTunnel(URI target, Path folder) throws Exception {
    this(target, "IP:127.0.0.1", folder);
  }

  /**
   * To a server.
   *
   * @param name whose certificate it is, as {@code keytool} wants it: {@code DNS:example.com}
   * @param folder where files are made
   */
  public TlsTunnel(URI target, String name, Path folder) throws Exception {
    this.target = target;
    this.certificate = folder.resolve("certificate.pem");
    Path keys = folder.resolve("keys.p12");
    keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=x", "-ext", "SAN=" + name);
    keytool(keys, "-exportcert", "-rfc", "-file", certificate.toString());
    this.listener =
        context(keys)
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Where it begins. */
  public URI endpoint() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  /** The file with its certificate. */
  public Path certificate() {
    return certificate;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private static SSLContext context(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(Path keys, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("-alias", "x", "-keystore", keys.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        start(() -> connect(client));
      }
    } catch (IOException e) {
      // closed: that is how it ends
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket server = new Socket(target.getHost(), target.getPort())) {
      Thread back = start(() -> copy(server, client));
      copy(client, server);
      back.join();
    } catch (IOException | InterruptedException e) {
      // whoever is interested sees it at the other end
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // likewise
    }
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "tls-tunnel");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
