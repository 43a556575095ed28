package io.taforge.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;

/** A certificate as a JVM wants it, for clients that have no other way to be told of it. */
final class TrustStore {
  private static final String PASSWORD = "changeit";

  private TrustStore() {}

  /** Options of a JVM that trusts this certificate and no other. */
  static List<String> options(Path certificate, Path folder) throws IOException {
    Path file = folder.resolve("trust.p12");
    if (!Files.exists(file)) {
      write(certificate, file);
    }
    return List.of(
        "-Djavax.net.ssl.trustStore=" + file,
        "-Djavax.net.ssl.trustStoreType=PKCS12",
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  private static void write(Path certificate, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(certificate);
        OutputStream out = Files.newOutputStream(file)) {
      Certificate trusted = CertificateFactory.getInstance("X.509").generateCertificate(in);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("server", trusted);
      store.store(out, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(certificate + " is no certificate", e);
    }
  }
}
