package io.taforge.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ByteSize;
import io.taforge.artifact.UploadLimit;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.Buckets;
import io.taforge.storage.Capability;
import io.taforge.storage.bundle.BundleLimits;
import io.taforge.storage.remote.Credentials;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.PartPlan;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.storage.remote.ServerFeatures;
import io.taforge.storage.remote.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  /** Of an authority that exists nowhere else. */
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBkjCCATmgAwIBAgIUL5HH7BclSvlYHDo83Tc8em689JkwCgYIKoZIzj0EAwIw
      HjEcMBoGA1UEAwwTQXV0aG9yaXR5IG9mIGEgdGVzdDAgFw0yNjExMjQyMTMzNDVa
      GA8yMTI2MTAzMTIxMzM0NVowHjEcMBoGA1UEAwwTQXV0aG9yaXR5IG9mIGEgdGVz
      dDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAHah/NUEMT+Yk/TenBLt962qlGQ
      nlbAjxMvw06Dd4CDdECnTX02Q5HRGkA1idUZkXoEmDNS/fnKGTLK3/jcBaujUzBR
      MB0GA1UdDgQWBBQRfoM7+WQ/8ftbIpfXICkaFU5s6zAfBgNVHSMEGDAWgBQRfoM7
      +WQ/8ftbIpfXICkaFU5s6zAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cA
      MEQCIDa2Jew8McKzdMHC6if2yFLog/obKn7xLQ9UQGX5dGNsAiAlwtkSL/tTlxQ9
      L61hMZ53JEp/XFOMpQAw5Xk3MTc9WQ==
      -----END CERTIFICATE-----
      """;

  @TempDir Path folder;

  private Settings read(Map<String, String> environment) {
    return SettingsReader.read(environment, folder);
  }

  @Test
  void nothingNeedsToBeSet() {
    Settings settings = read(Map.of());

    assertThat(settings.backend()).isEqualTo(Backend.FILESYSTEM);
    assertThat(settings.root()).isEqualTo(folder.resolve("taforge-data").toString());
    assertThat(settings.isDurable()).isTrue();
    assertThat(settings.buckets()).isEqualTo(Buckets.defaults());
    assertThat(settings.uploadLimit()).isEqualTo(UploadLimit.DEFAULT);
    assertThat(settings.retention()).isEqualTo(RetentionPolicy.samplesFor(Duration.ofDays(30)));
    assertThat(settings.server())
        .isEqualTo(
            new ServerSettings(
                ServerConnection.toAmazon(),
                "us-east-1",
                Optional.empty(),
                TransferSettings.defaults(),
                ServerFeatures.amazonS3(),
                true,
                true,
                Duration.ofHours(1)));
    assertThat(settings.audit().retention()).isEqualTo(Duration.ofDays(365));
    assertThat(settings.audit().folder()).isEqualTo(folder.resolve("taforge-audit"));
    assertThat(settings.audit().isStrict()).isTrue();
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void everythingCanBeSet() throws IOException {
    Files.writeString(folder.resolve("ca.pem"), CERTIFICATE);
    Settings settings =
        read(
            Map.ofEntries(
                Map.entry("STORAGE_BACKEND", "S3"),
                Map.entry("STORAGE_ROOT", "/data"),
                Map.entry("STORAGE_DURABILITY", "none"),
                Map.entry("MINIO_ENDPOINT", "localhost:9000"),
                Map.entry("MINIO_ACCESS_KEY", "someone"),
                Map.entry("MINIO_SECRET_KEY", "hush"),
                Map.entry("MINIO_BUCKET_SAMPLES", "one"),
                Map.entry("MINIO_BUCKET_TAS", "two"),
                Map.entry("MINIO_BUCKET_DEBUG", "three"),
                Map.entry("MINIO_USE_SSL", "true"),
                Map.entry("MINIO_REGION", "eu-central-1"),
                Map.entry("SAMPLE_RETENTION_ENABLED", "no"),
                Map.entry("SAMPLE_RETENTION_DAYS", "7"),
                Map.entry("MINIO_MAX_UPLOAD_SIZE_MB", "12"),
                Map.entry("MINIO_PRESIGNED_URL_EXPIRATION", "60"),
                Map.entry("MINIO_MULTIPART_THRESHOLD_MB", "8"),
                Map.entry("MINIO_MULTIPART_CHUNK_SIZE_MB", "16"),
                Map.entry("MINIO_CONNECTION_TIMEOUT", "3"),
                Map.entry("MINIO_READ_TIMEOUT", "4"),
                Map.entry("STORAGE_POOL_SIZE", "7"),
                Map.entry("STORAGE_PARTS_AT_ONCE", "2"),
                Map.entry("STORAGE_ATTEMPTS", "5"),
                Map.entry("STORAGE_TRANSFER_DEADLINE", "90"),
                Map.entry("STORAGE_MIN_THROUGHPUT", "0"),
                Map.entry("STORAGE_SPOOL_DIR", folder.toString()),
                Map.entry("STORAGE_PATH_STYLE", "false"),
                Map.entry("STORAGE_CA_FILE", "ca.pem"),
                Map.entry("STORAGE_LINK_ENDPOINT", "s3.example.com"),
                Map.entry("STORAGE_INTEGRITY", "full"),
                Map.entry("STORAGE_TRANSPORT", "apache"),
                Map.entry("STORAGE_CAPABILITIES", "tags, conditional-delete"),
                Map.entry("STORAGE_ALLOW_PLAIN_HTTP", "false"),
                Map.entry("STORAGE_ALLOW_DEFAULT_CREDENTIALS", "false"),
                Map.entry("STORAGE_ADMISSION_ENTRIES", "7"),
                Map.entry("STORAGE_ADMISSION_ENTRY_MB", "8"),
                Map.entry("STORAGE_ADMISSION_TOTAL_MB", "9"),
                Map.entry("STORAGE_ADMISSION_RATIO", "10"),
                Map.entry("ENABLE_AUDIT_LOGGING", "off"),
                Map.entry("AUDIT_LOG_DIR", "./trail"),
                Map.entry("AUDIT_LOG_STRICT", "no"),
                Map.entry("AUDIT_LOG_RETENTION_DAYS", "5")));

    assertThat(settings)
        .isEqualTo(
            new Settings(
                Backend.S3,
                "/data",
                false,
                new Buckets("one", "two", "three"),
                UploadLimit.ofMegabytes(12),
                Optional.of(
                    new BundleLimits(7, ByteSize.ofMegabytes(8), ByteSize.ofMegabytes(9), 10)),
                RetentionPolicy.keepEverything(),
                new ServerSettings(
                    new ServerConnection(
                        Optional.of(Endpoint.parse("https://localhost:9000", false)),
                        false,
                        Duration.ofSeconds(3),
                        7,
                        Optional.of(folder.resolve("ca.pem")),
                        Optional.of(Endpoint.parse("https://s3.example.com", false))),
                    "eu-central-1",
                    Optional.of(new Credentials("someone", "hush")),
                    new TransferSettings(
                        new PartPlan(ByteSize.ofMegabytes(8), ByteSize.ofMegabytes(16)),
                        2,
                        folder,
                        5,
                        Duration.ofSeconds(4),
                        ByteSize.of(0),
                        Duration.ofSeconds(90)),
                    new ServerFeatures(
                        Optional.of(Set.of(Capability.TAGS, Capability.CONDITIONAL_DELETE)), false),
                    true,
                    false,
                    Duration.ofMinutes(1)),
                new AuditSettings(false, folder.resolve("trail"), Duration.ofDays(5), false),
                settings.warnings()));
    assertThat(settings.warnings()).isEmpty();
    assertThat(settings.toString()).doesNotContain("hush");
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Files.writeString(
        folder.resolve(".env"),
        "# of the project\nSTORAGE_ROOT=\"of file\"\nMAX_SAMPLE_SIZE_MB=7\nMINIO_REGION=x\n");

    Settings settings = read(Map.of("MINIO_REGION", "y", "STORAGE_BACKEND", ""));
    assertThat(settings.root()).isEqualTo(folder.resolve("of file").toString());
    assertThat(settings.uploadLimit()).isEqualTo(UploadLimit.ofMegabytes(7));
    assertThat(settings.server().region()).isEqualTo("y");
    assertThat(settings.backend()).isEqualTo(Backend.FILESYSTEM);
  }

  @Test
  void aRootMayBeAUriOfVfs() {
    assertThat(read(Map.of("STORAGE_ROOT", "ram:///x")).root()).isEqualTo("ram:///x");
  }

  @Test
  void aFileThatCannotBeReadIsRefusedWithoutItsSecrets() throws IOException {
    Files.writeString(folder.resolve(".env"), "MINIO_SECRET_KEY hush\n");

    assertThatThrownBy(() -> read(Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(".env")
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STORAGE_BACKEND | floppy | filesystem, minio, s3",
        "STORAGE_DURABILITY | some | full, none",
        "MINIO_USE_SSL | maybe | true or false",
        "MINIO_MAX_UPLOAD_SIZE_MB | many | a whole number from 1",
        "MINIO_MAX_UPLOAD_SIZE_MB | 0 | a whole number from 1",
        "MINIO_MAX_UPLOAD_SIZE_MB | -5 | a whole number from 1",
        "MAX_SAMPLE_SIZE_MB | 1.5 | a whole number from 1",
        "SAMPLE_RETENTION_DAYS | 0 | a whole number from 1",
        "MINIO_PRESIGNED_URL_EXPIRATION | 604801 | a whole number from 1 to 604800",
        "MINIO_MULTIPART_CHUNK_SIZE_MB | 4 | a whole number from 5 to 5120",
        "MINIO_READ_TIMEOUT | 99999999999999999999 | a whole number from 1",
        "MINIO_BUCKET_TAS | No_Bucket | 3 to 63 lower-case letters",
        "MINIO_ENDPOINT | https://host/path | host:port or a URL",
        "MINIO_REGION | eu central | letters, digits and hyphens",
        "STORAGE_POOL_SIZE | 0 | a whole number from 1 to 1000",
        "STORAGE_PARTS_AT_ONCE | 65 | a whole number from 1 to 64",
        "STORAGE_ATTEMPTS | 11 | a whole number from 1 to 10",
        "STORAGE_TRANSFER_DEADLINE | 0 | a whole number from 1",
        "STORAGE_MIN_THROUGHPUT | -1 | a whole number from 0",
        "STORAGE_SPOOL_DIR | missing | a folder that may be written to",
        "STORAGE_PATH_STYLE | host | true or false",
        "STORAGE_INTEGRITY | some | full, compatible",
        "STORAGE_TRANSPORT | some | sockets, apache",
        "STORAGE_CAPABILITIES | tags,wings | probe, none, or some of conditional-delete",
        "STORAGE_ALLOW_PLAIN_HTTP | perhaps | true or false",
        "STORAGE_ALLOW_DEFAULT_CREDENTIALS | perhaps | true or false",
        "STORAGE_LINK_ENDPOINT | ftp://host | host:port or a URL",
        "MINIO_BUCKET_SAMPLES | x | 3 to 63 lower-case letters",
        "MINIO_MULTIPART_THRESHOLD_MB | 0 | a whole number from 5 to 5120",
        "MINIO_CONNECTION_TIMEOUT | 1s | a whole number from 1",
        "SAMPLE_RETENTION_ENABLED | never | true or false",
        "ENABLE_AUDIT_LOGGING | 2 | true or false",
        "AUDIT_LOG_STRICT | - | true or false",
        "AUDIT_LOG_RETENTION_DAYS | 0 | a whole number from 1"
      })
  void aBadValueIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STORAGE_ROOT", "AUDIT_LOG_DIR", "STORAGE_CA_FILE", "STORAGE_SPOOL_DIR"})
  void whatIsNoPathIsRefused(String name) {
    assertRefused(name + " cannot be used: it is not a path", Map.of(name, "a\0b"));
  }

  @Test
  void aBucketHoldsOneKind() {
    assertRefused(
        "Each kind needs a bucket of its own", Map.of("MINIO_BUCKET_DEBUG", "log-samples"));
  }

  /** The names and defaults that are fixed by the people who use the system. */
  @ParameterizedTest
  @CsvSource({
    "STORAGE_BACKEND, filesystem, s3",
    "STORAGE_ROOT, ./taforge-data, elsewhere",
    "MINIO_ENDPOINT, , localhost:9000",
    "MINIO_BUCKET_SAMPLES, log-samples, other-samples",
    "MINIO_BUCKET_TAS, ta-artifacts, other-artifacts",
    "MINIO_BUCKET_DEBUG, debug-bundles, other-bundles",
    "MINIO_USE_SSL, false, true",
    "MINIO_REGION, us-east-1, eu-central-1",
    "SAMPLE_RETENTION_ENABLED, true, false",
    "SAMPLE_RETENTION_DAYS, 30, 31",
    "MINIO_MAX_UPLOAD_SIZE_MB, 500, 501",
    "MAX_SAMPLE_SIZE_MB, 500, 501",
    "MINIO_PRESIGNED_URL_EXPIRATION, 3600, 3601",
    "MINIO_MULTIPART_THRESHOLD_MB, 5, 6",
    "MINIO_MULTIPART_CHUNK_SIZE_MB, 5, 6",
    "MINIO_CONNECTION_TIMEOUT, 30, 31",
    "MINIO_READ_TIMEOUT, 60, 61",
    "ENABLE_AUDIT_LOGGING, true, false",
    "AUDIT_LOG_RETENTION_DAYS, 365, 366"
  })
  void eachNameHasItsDefaultAndIsReadFromEnvironmentAndFile(
      String name, @Nullable String usual, String other) throws IOException {
    Map<String, String> set = new HashMap<>(Map.of("MINIO_ENDPOINT", "127.0.0.1:1"));
    if (usual == null) {
      set.clear();
    }
    Settings defaults = read(set);
    if (usual != null) {
      set.put(name, usual);
      assertThat(read(set)).isEqualTo(defaults);
    }

    set.put(name, other);
    Settings changed = read(set);
    set.remove(name);
    Files.writeString(folder.resolve(".env"), name + "=" + other + "\n");

    assertThat(changed).isNotEqualTo(defaults);
    assertThat(changed.warnings()).isEmpty();
    assertThat(read(set)).isEqualTo(changed);
  }

  @Test
  void theKeysAreReadFromEnvironmentAndFile() throws IOException {
    Files.writeString(folder.resolve(".env"), "MINIO_ACCESS_KEY=a\nMINIO_SECRET_KEY=hush\n");

    assertThat(read(Map.of()).server().credentials()).contains(new Credentials("a", "hush"));
    assertThat(read(Map.of("MINIO_SECRET_KEY", "b")).server().credentials())
        .contains(new Credentials("a", "b"));
  }

  @Test
  void ofTwoNamesForTheLimitTheOtherOneIsAWarningUnlessItSaysTheSame() {
    Map<String, String> both =
        new HashMap<>(Map.of("MAX_SAMPLE_SIZE_MB", "7", "MINIO_MAX_UPLOAD_SIZE_MB", "8"));
    assertThat(read(both).uploadLimit()).isEqualTo(UploadLimit.ofMegabytes(8));
    assertThat(read(both).warnings())
        .containsExactly(
            "MAX_SAMPLE_SIZE_MB does not count, because MINIO_MAX_UPLOAD_SIZE_MB, which means the"
                + " same, is set as well");

    both.put("MAX_SAMPLE_SIZE_MB", "8");
    assertThat(read(both).warnings()).isEmpty();
  }

  @Test
  void allProblemsAreToldAtOnceAndNoneThatFollowsFromAnother() {
    Map<String, String> environment = server("minio", "https://host/path", "minioadmin", "hush");
    environment.put("MINIO_READ_TIMEOUT", "soon");
    environment.put("MINIO_ACCESS_KEY_FILE", "missing");

    assertThat(SettingsReader.report(environment, folder).problems())
        .satisfiesExactly(
            one -> assertThat(one).startsWith("MINIO_ENDPOINT cannot be used: "),
            one -> assertThat(one).contains("MINIO_ACCESS_KEY_FILE are both set"),
            one -> assertThat(one).startsWith("MINIO_READ_TIMEOUT is 'soon'"));
    assertRefused("MINIO_READ_TIMEOUT is 'soon'", environment);
    assertRefused("MINIO_ENDPOINT cannot be used", environment);
  }

  @ParameterizedTest
  @CsvSource({
    "SAMPLE_RETENTION_PERIOD, SAMPLE_RETENTION_DAYS",
    "SAMPLE_RETENTON_DAYS, SAMPLE_RETENTION_DAYS",
    "AUDIT_LOG_FOLDER, AUDIT_LOG_DIR",
    "ENABLE_AUDIT_LOGING, ENABLE_AUDIT_LOGGING",
    "MAX_SAMPLES_SIZE_MB, MAX_SAMPLE_SIZE_MB",
    "STORGE_BACKEND, STORAGE_BACKEND"
  })
  void aMistypedNameIsAWarningWhateverItBeginsWith(String name, String meant) throws IOException {
    String sentence = name + " is not a setting of taforge; did you mean " + meant + "?";
    assertThat(read(Map.of(name, "x", "SAMPLE_RATE", "1", "MAX_SIZE", "1")).warnings())
        .containsExactly(sentence);

    Files.writeString(folder.resolve(".env"), name + "=x\n");
    assertThat(read(Map.of()).warnings()).containsExactly(sentence);
  }

  @Test
  void anUnknownNameIsAWarningWithTheNearestOne() {
    Settings settings =
        read(Map.of("STORAGE_ROTT", "x", "MINIO_SECRETKEY", "hush", "MINIOS", "x", "PATH", "y"));

    assertThat(settings.warnings())
        .containsExactly(
            "MINIO_SECRETKEY is not a setting of taforge; did you mean MINIO_SECRET_KEY?",
            "STORAGE_ROTT is not a setting of taforge; did you mean STORAGE_ROOT?");
  }

  @Test
  void aFileWithoutCertificatesIsRefused() throws IOException {
    assertRefused("STORAGE_CA_FILE cannot be used", Map.of("STORAGE_CA_FILE", "missing.pem"));
    Files.writeString(folder.resolve("ca.pem"), "no certificate");
    assertRefused("no certificates in PEM form", Map.of("STORAGE_CA_FILE", "ca.pem"));
  }

  @Test
  void amazonNeedsNoEndpointAndNoKeys() {
    ServerSettings amazon = read(Map.of("STORAGE_BACKEND", "s3")).server();

    assertThat(amazon.connection().endpoint()).isEmpty();
    assertThat(amazon.connection().isPathStyle()).isFalse();
    assertThat(amazon.credentials()).isEmpty();
    assertThat(amazon.features()).isEqualTo(ServerFeatures.amazonS3());
    assertThat(amazon.isFullIntegrity()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "minio"})
  void otherServersAreAskedWhatTheyCanDo(String backend) {
    Settings settings = read(server(backend, "https://s3.example.com:9000", "someone", "hush"));

    assertThat(settings.server().connection())
        .isEqualTo(ServerConnection.to(Endpoint.parse("s3.example.com:9000", true)));
    assertThat(settings.server().features()).isEqualTo(ServerFeatures.unknown());
    assertThat(settings.server().isFullIntegrity()).isFalse();
    assertThat(settings.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:9000, false, http://localhost:9000",
    "localhost:9000, true, https://localhost:9000",
    "http://127.0.0.1:9000/, false, http://127.0.0.1:9000",
    "https://s3.example.com, false, https://s3.example.com",
    "[::1]:9000, false, http://[::1]:9000"
  })
  void anEndpointIsHostAndPortOrAUrl(String text, String isTls, String uri) {
    Settings settings = read(Map.of("MINIO_ENDPOINT", text, "MINIO_USE_SSL", isTls));

    assertThat(settings.server().connection().endpoint()).hasToString("Optional[" + uri + "]");
  }

  @ParameterizedTest
  @CsvSource({"probe, ''", "none, []", "TAGS, [TAGS]", "'durable,tags', '[DURABLE, TAGS]'"})
  void whatAServerCanDoCanBeSaid(String text, String expected) {
    ServerFeatures features = read(Map.of("STORAGE_CAPABILITIES", text)).server().features();

    assertThat(features.capabilities().map(each -> new TreeSet<>(each).toString()).orElse(""))
        .isEqualTo(expected);
    assertThat(features.isMultipartComplete()).isTrue();
  }

  @Test
  void minioNeedsAnEndpointAndKeys() {
    assertRefused("needs MINIO_ENDPOINT", Map.of("STORAGE_BACKEND", "minio"));
    assertRefused(
        "needs MINIO_ACCESS_KEY and MINIO_SECRET_KEY",
        Map.of("STORAGE_BACKEND", "minio", "MINIO_ENDPOINT", "localhost:9000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "minio"})
  void oneKeyNeedsTheOther(String backend) {
    assertRefused("MINIO_SECRET_KEY is not", server(backend, "localhost:9000", "someone", ""));
    assertRefused("MINIO_ACCESS_KEY is not", server(backend, "localhost:9000", "", "hush"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3.example.com:9000", "http://127.0.0.1.example.com", "http://10.0.0.1"})
  void plainHttpStaysOnThisMachineUnlessItIsAllowed(String endpoint) {
    Map<String, String> environment = server("s3", endpoint, "someone", "hush");
    assertRefused("STORAGE_ALLOW_PLAIN_HTTP=true", environment);

    environment.put("STORAGE_ALLOW_PLAIN_HTTP", "true");
    assertThat(read(environment).server().connection().endpoint()).isPresent();
  }

  @Test
  void linksMayLeadElsewhereThanRequestsGo() {
    Map<String, String> environment = server("minio", "localhost:9000", "someone", "hush");
    environment.put("STORAGE_LINK_ENDPOINT", "127.0.0.1:9443");
    ServerConnection connection = read(environment).server().connection();
    assertThat(connection.endpoint()).hasToString("Optional[http://localhost:9000]");
    assertThat(connection.linkEndpoint()).hasToString("Optional[http://127.0.0.1:9443]");

    environment.put("STORAGE_LINK_ENDPOINT", "http://s3.example.com");
    assertRefused("STORAGE_LINK_ENDPOINT is 'http://s3.example.com', where everybody", environment);
    environment.put("STORAGE_LINK_ENDPOINT", "https://s3.example.com/path");
    assertRefused("STORAGE_LINK_ENDPOINT cannot be used", environment);
  }

  @ParameterizedTest
  @CsvSource({"minioadmin, minioadmin", "minioadmin, hush", "someone, minioadmin"})
  void credentialsThatEverybodyKnowsStayOnThisMachineUnlessTheyAreAllowed(
      String accessKey, String secretKey) {
    read(server("minio", "LOCALHOST:9000", accessKey, secretKey));
    read(server("s3", "127.0.0.1:9000", accessKey, secretKey));
    Map<String, String> environment =
        server("minio", "https://s3.example.com", accessKey, secretKey);
    assertRefused("STORAGE_ALLOW_DEFAULT_CREDENTIALS=true", environment);
    assertRefused("STORAGE_ALLOW_DEFAULT_CREDENTIALS=true", server("s3", "", accessKey, secretKey));

    environment.put("STORAGE_ALLOW_DEFAULT_CREDENTIALS", "true");
    assertThat(read(environment).server().credentials())
        .contains(new Credentials(accessKey, secretKey));
  }

  @Test
  void theFolderMindsNoServer() {
    read(server("filesystem", "s3.example.com:9000", "minioadmin", ""));
  }

  @Test
  void tlsThatTheEndpointContradictsIsRefused() {
    assertRefused(
        "MINIO_USE_SSL is 'true', and MINIO_ENDPOINT says http",
        Map.of("MINIO_ENDPOINT", "http://localhost:9000", "MINIO_USE_SSL", "true"));
  }

  @ParameterizedTest
  @CsvSource({"STORAGE_INTEGRITY, full", "STORAGE_TRANSPORT, apache"})
  void whatIsOfTheAwsSdkMeansNothingToMinio(String name, String value) {
    Map<String, String> environment = server("minio", "localhost:9000", "someone", "hush");
    environment.put(name, value);

    assertThat(read(environment).warnings())
        .containsExactly(name + " means nothing to the backend 'minio'");
  }

  @ParameterizedTest
  @CsvSource({
    "rw-r--r--, MINIO_SECRET_KEY=hush, true",
    "rw-r-----, MINIO_SECRET_KEY=hush, false",
    "rw-r--r--, MINIO_SECRET_KEY=, false",
    "rw-r--r--, MINIO_REGION=x, false"
  })
  void aFileWithASecretThatEverybodyMayReadIsAWarning(
      String permissions, String line, boolean isWarning) throws IOException {
    Path file = Files.writeString(folder.resolve(".env"), line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    assertThat(read(Map.of()).warnings())
        .isEqualTo(
            isWarning
                ? List.of(
                    file + " holds MINIO_SECRET_KEY and everybody may read it; chmod 600 helps")
                : List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hush", "hush\n", "hush\r\n", "  hush \n\n"})
  void aValueMayBeInAFile(String content) throws IOException {
    Files.writeString(folder.resolve("secret"), content);
    Map<String, String> environment = server("minio", "localhost:9000", "someone", "");
    environment.put("MINIO_SECRET_KEY", " "); // such as a container passes what is not set
    environment.put("MINIO_SECRET_KEY_FILE", folder.resolve("secret").toString());

    Settings settings = read(environment);
    assertThat(settings.server().credentials()).contains(new Credentials("someone", "hush"));
    assertThat(settings.warnings()).isEmpty();
    environment.put("MINIO_SECRET_KEY_FILE", "secret");
    assertThat(read(environment)).isEqualTo(settings);
    Files.writeString(folder.resolve(".env"), "MINIO_SECRET_KEY_FILE=secret\n");
    environment.remove("MINIO_SECRET_KEY_FILE");
    assertThat(read(environment)).isEqualTo(settings);
  }

  @Test
  void everySettingMayBeInAFile() throws IOException {
    Files.writeString(folder.resolve("ca.pem"), CERTIFICATE);
    Map<String, String> values = new HashMap<>();
    Pattern.compile("(?m)^#?([A-Z_]+)=(.*)$")
        .matcher(Files.readString(Path.of("../.env.example")))
        .results()
        .filter(each -> !each.group(2).isBlank())
        .forEach(each -> values.put(each.group(1), each.group(2)));
    values.put("MAX_SAMPLE_SIZE_MB", "500");
    values.put("MINIO_ACCESS_KEY", "someone");
    values.put("MINIO_SECRET_KEY", "hush");
    values.put("STORAGE_CA_FILE", "ca.pem");
    values.put("STORAGE_LINK_ENDPOINT", "localhost:1");
    values.put("STORAGE_SPOOL_DIR", folder.toString());
    Map<String, String> files = new HashMap<>();
    for (Map.Entry<String, String> each : values.entrySet()) {
      Path file = folder.resolve(each.getKey().toLowerCase(Locale.ROOT));
      files.put(each.getKey() + "_FILE", Files.writeString(file, each.getValue()).toString());
    }

    assertThat(values).hasSizeGreaterThan(30);
    assertThat(read(files)).isEqualTo(read(values));
    assertThat(read(files).warnings()).isEmpty();
  }

  @Test
  void aFileThatIsNoValueIsNamedAndItsContentIsNot() throws IOException {
    Files.write(folder.resolve("large"), "hush".repeat(1 << 14).getBytes(UTF_8));
    Files.write(folder.resolve("larger"), "hush".repeat(1 << 14).concat("!").getBytes(UTF_8));
    Files.write(folder.resolve("binary"), new byte[] {'h', 'u', 's', 'h', (byte) 0xFF});
    Files.writeString(folder.resolve("empty"), " \n");
    assertThat(read(file("STORAGE_ROOT", "large")).root()).endsWith("hushhush");

    assertRefused("there is no such file", file("MINIO_SECRET_KEY", "missing"));
    assertRefused("it is a folder", file("MINIO_SECRET_KEY", "."));
    assertRefused("it has more than 64 KB", file("MINIO_SECRET_KEY", "larger"));
    assertRefused("it is no text in UTF-8", file("MINIO_SECRET_KEY", "binary"));
    assertRefused("it is empty", file("MINIO_SECRET_KEY", "empty"));
    assertRefused("that is not a path", file("MINIO_SECRET_KEY", "\0"));
    for (String each : List.of("missing", "larger", "binary", "empty")) {
      assertRefused(each, file("MINIO_SECRET_KEY", each));
      assertRefused("MINIO_SECRET_KEY_FILE is '", file("MINIO_SECRET_KEY", each));
    }
  }

  @Test
  void aFileThatMayNotBeReadIsNamed() throws IOException {
    Path closed = Files.writeString(folder.resolve("closed"), "hush");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(closed), "somebody who may read everything");

    assertRefused("access is denied", file("MINIO_SECRET_KEY", "closed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STORAGE_BACKEND",
        "STORAGE_CAPABILITIES",
        "STORAGE_CA_FILE",
        "STORAGE_SPOOL_DIR",
        "MINIO_USE_SSL",
        "MINIO_REGION",
        "MINIO_ENDPOINT",
        "MINIO_BUCKET_TAS",
        "MINIO_READ_TIMEOUT"
      })
  void aBadValueInAFileStaysThere(String name) throws IOException {
    Path file = Files.writeString(folder.resolve("value"), "https://Hush hush/");

    assertThatThrownBy(() -> read(Map.of(name + "_FILE", file.toString())))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("what is in " + file)
        .hasNoCause()
        .message()
        .doesNotContainIgnoringCase("hush");
  }

  @Test
  void anEndpointInAFileStaysThere() throws IOException {
    Files.writeString(folder.resolve("value"), "http://hush.example.com");
    Map<String, String> environment = file("MINIO_ENDPOINT", "value");
    environment.put("STORAGE_BACKEND", "s3");

    assertRefused("STORAGE_ALLOW_PLAIN_HTTP=true", environment);
  }

  @Test
  void aValueIsInAFileOrNotInAFile() throws IOException {
    Files.writeString(folder.resolve("secret"), "hush");
    Map<String, String> environment = file("MINIO_SECRET_KEY", "secret");
    environment.put("MINIO_SECRET_KEY", "hush");
    assertRefused("MINIO_SECRET_KEY and MINIO_SECRET_KEY_FILE are both set", environment);

    Files.writeString(folder.resolve(".env"), "STORAGE_CA_FILE=missing.pem\n");
    assertRefused("are both set", file("STORAGE_CA_FILE", "secret"));
  }

  @Test
  void theNameOfAFileIsKnownAndItsNeighbourIsNot() throws IOException {
    Files.writeString(folder.resolve("secret"), "hush");
    Map<String, String> environment = file("MINIO_SECRET_KEY", "secret");
    environment.put("MINIO_ACESS_KEY_FILE", "secret");
    Path dotenv = Files.writeString(folder.resolve(".env"), "MINIO_SECRET_KEY_FILE=secret\n");
    Files.setPosixFilePermissions(dotenv, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(read(environment).warnings())
        .containsExactly(
            "MINIO_ACESS_KEY_FILE is not a setting of taforge; did you mean"
                + " MINIO_ACCESS_KEY_FILE?");
  }

  /** The variable with its value in a file of the folder. */
  private static Map<String, String> file(String name, String file) {
    return new HashMap<>(Map.of(name + "_FILE", file));
  }

  @Test
  void theExampleShowsTheDefaults() throws IOException {
    String example = Files.readString(Path.of("../.env.example"));
    Path file =
        Files.writeString(folder.resolve(".env"), example.replaceAll("(?m)^#(?=[A-Z_]+=)", ""));
    Settings shown = read(Map.of());
    Files.delete(file);

    assertThat(shown).isEqualTo(read(Map.of("MINIO_ENDPOINT", "localhost:9000")));
  }

  @Test
  void theExampleAndTheReadmeNameTheSameSettings() throws IOException {
    String example = Files.readString(Path.of("../.env.example"));
    String readme = Files.readString(Path.of("../README.md"));

    Set<String> named = names("(?m)^#?([A-Z_]+)=", example);
    named.add("MAX_SAMPLE_SIZE_MB"); // an alias
    assertThat(named)
        .isEqualTo(names("`((?:MINIO|STORAGE|SAMPLE|AUDIT|MAX|ENABLE)_[A-Z_]+)`", readme));
  }

  private static Set<String> names(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** No variable is empty; those that shall not be set are missing. */
  private static Map<String, String> server(
      String backend, String endpoint, String accessKey, String secretKey) {
    Map<String, String> environment = new HashMap<>();
    environment.put("STORAGE_BACKEND", backend);
    environment.put("MINIO_ENDPOINT", endpoint);
    environment.put("MINIO_ACCESS_KEY", accessKey);
    environment.put("MINIO_SECRET_KEY", secretKey);
    environment.values().removeIf(String::isEmpty);
    return environment;
  }

  private void assertRefused(String words, Map<String, String> environment) {
    assertThatThrownBy(() -> read(environment))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("hush");
  }
}
