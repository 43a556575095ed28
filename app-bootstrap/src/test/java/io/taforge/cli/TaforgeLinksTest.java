package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taforge.config.Backend;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Links from the command line, which work for whoever gets them. */
class TaforgeLinksTest extends CommandTest {
  private static final String KEY = "samples/123e4567-e89b-12d3-a456-426614174000/a b.log";
  private static final String HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @EnumSource(Backend.class)
  void whatOneCommandPrintsAnotherOpens(Backend backend) throws Exception {
    environment.putAll(settings(backend));
    assertThat(taforge("init").code()).isZero();
    if (backend != Backend.FILESYSTEM) {
      uploadAndDownload();
      return;
    }
    try (Serving serving = new Serving("serve", "--port", "0")) {
      assertThat(serving.out()).contains(folder.toString(), "http://127.0.0.1:");
      uploadAndDownload();
    }
  }

  private void uploadAndDownload() throws Exception {
    JsonNode upload =
        taforge(
                "samples",
                "url",
                KEY,
                "--put",
                "--content-type",
                "text/html",
                "--length",
                "5",
                "--sha256",
                HELLO,
                "--expires",
                "15m",
                "--json")
            .json();
    assertThat(upload.get("method").asText()).isEqualTo("PUT");
    assertThat(Instant.parse(upload.get("expires_at").asText()))
        .isBetween(Instant.now().plusSeconds(800), Instant.now().plusSeconds(901));
    assertThat(put(upload, "HELLO").statusCode()).isBetween(400, 499);
    assertThat(put(upload, "hello").statusCode()).isEqualTo(200);

    Ended link = taforge("samples", "url", KEY, "--save-as", "new name.txt");
    assertThat(link.out()).hasLineCount(1).startsWith("http://").endsWith("\n");
    assertThat(link.err()).isEmpty();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(link.out().strip())).build(),
            BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("hello");
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("attachment", "filename*=UTF-8''new%20name.txt");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
  }

  private HttpResponse<String> put(JsonNode link, String content) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(link.get("url").asText()))
            .PUT(BodyPublishers.ofString(content));
    link.get("headers")
        .properties()
        .forEach(each -> request.header(each.getKey(), each.getValue().asText()));
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void headersThatMustBeSentAreSaidBesideTheLink() {
    taforge("init");

    Ended ended = taforge("samples", "url", KEY, "--put", "--content-type", "text/plain");

    assertThat(ended.out()).hasLineCount(1).startsWith("http://127.0.0.1:8474/");
    assertThat(ended.err()).contains("Content-Type: text/plain");
  }

  @Test
  void anotherKeySpoilsLinksAfterTheGrace() throws Exception {
    taforge("init");
    try (Serving serving = new Serving("serve", "--port", "0")) {
      JsonNode link = taforge("samples", "url", KEY, "--put", "--json").json();
      assertThat(put(link, "1").statusCode()).isEqualTo(200);

      assertThat(taforge("links", "rotate").out()).contains("604800 s");
      Thread.sleep(1100);
      assertThat(put(link, "2").statusCode()).isEqualTo(200);

      assertThat(taforge("links", "rotate", "--grace", "0s").code()).isZero();
      Thread.sleep(1100);
      assertThat(put(link, "3").statusCode()).isEqualTo(403);
      assertThat(serving.err()).isEmpty();
    }
    assertRefused(2, "'soon' is not a time", "links", "rotate", "--grace", "soon");
    assertRefused(2, "it is negative", "links", "rotate", "--grace", "PT-1S");
  }

  @Test
  void linksOfAServerAreNotServedHere() {
    environment.putAll(settings(Backend.S3));

    assertRefused(2, "served by the server itself", "serve");
    assertRefused(2, "signed with its credentials", "links", "rotate");
  }

  @Test
  void aPortThatIsTakenAndOneThatIsNone() throws Exception {
    try (Serving serving = new Serving("serve", "--port", "0", "--json")) {
      String port = serving.out().replaceAll("(?s).*\"port\" : (\\d+).*", "$1");

      assertRefused(1, port + " cannot be listened on", "serve", "--port", port);
    }
    assertRefused(2, "'70000' is not a port", "serve", "--port", "70000");
    assertRefused(2, "other machines", "serve", "--address", "0.0.0.0");
  }

  @Test
  void wrongArgumentsAreWrongUsage() {
    taforge("init");
    assertRefused(2, "1 second to 7 days", "samples", "url", KEY, "--expires", "8d");
    assertRefused(2, "1 second to 7 days", "samples", "url", KEY, "--expires", "0s");
    assertRefused(2, "'soon' is not a time", "samples", "url", KEY, "--expires", "soon");
    assertRefused(2, "'-1' is not a whole number", "samples", "url", KEY, "--put", "--length=-1");
    assertRefused(2, "is not a SHA-256", "samples", "url", KEY, "--put", "--sha256", "abc");
    assertRefused(2, "must be bound, too", "samples", "url", KEY, "--put", "--sha256", HELLO);
    assertRefused(2, "they need --put", "samples", "url", KEY, "--length", "1");
    assertRefused(2, "--save-as is for", "samples", "url", KEY, "--put", "--save-as", "x");
    assertRefused(2, "of a log sample and not of a debug bundle", "debug", "url", KEY);
    environment.put("MINIO_MAX_UPLOAD_SIZE_MB", "1");
    assertRefused(1, "at most 1", "samples", "url", KEY, "--put", "--length", "1048577");
  }
}
