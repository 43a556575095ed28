package io.taforge.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.taforge.artifact.Sha256;
import io.taforge.storage.audit.AuditEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the audit trail; the one place that knows how it is written and how it is chained.
 *
 * @param body the JSON object without its end: everything that the hash is about
 * @param previous the hash of the line before it
 * @param hash SHA-256 of the body in UTF-8, which holds the hash before it
 */
record AuditLine(String body, String previous, String hash) {
  /** What the first line of all is chained to. */
  static final String BEGINNING = "0".repeat(64);

  /** What JSON lets stand, and readers of lines or terminals take for more than a character. */
  private static final Pattern CONTROL = Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029]");

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern FORM =
      Pattern.compile(
          "(\\{.*,\"previous\":\"([0-9a-f]{64})\"),\"hash\":\"([0-9a-f]{64})\"}", Pattern.DOTALL);

  /** The line of an event, after one with this hash. */
  static AuditLine of(AuditEvent event, String previous) {
    String body = body(event, previous);
    return new AuditLine(body, previous, hash(body));
  }

  /** The line in a text; empty if it is none, or its hash is not that of what it says. */
  static Optional<AuditLine> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() && form.group(3).equals(hash(form.group(1)))
        ? Optional.of(new AuditLine(form.group(1), form.group(2), form.group(3)))
        : Optional.empty();
  }

  /** As it is in the file, without its end. */
  String text() {
    return body + ",\"hash\":\"" + hash + "\"}";
  }

  private static String hash(String body) {
    return Sha256.of(body.getBytes(UTF_8)).hex();
  }

  private static String body(AuditEvent event, String previous) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("event", event.event());
      json.writeStringField("timestamp", event.timestamp().toString());
      json.writeStringField("user_id", event.caller().userId());
      json.writeStringField("correlation_id", event.caller().correlationId());
      write(json, "request_id", event.requestId());
      write(json, "storage_key", event.storageKey());
      json.writeStringField("outcome", event.failure().isPresent() ? "failed" : "succeeded");
      write(json, "failure", event.failure());
      if (event.size().isPresent()) {
        json.writeNumberField("size", event.size().getAsLong());
      }
      write(json, "sha256", event.sha256().map(Sha256::hex));
      json.writeNumberField("duration_ms", event.duration().toMillis());
      json.writeBooleanField("dry_run", event.isDryRun());
      json.writeStringField("previous", previous);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory takes all that is written", e);
    }
    String whole =
        CONTROL
            .matcher(text.toString())
            .replaceAll(each -> String.format("\\\\u%04x", (int) each.group().charAt(0)));
    return whole.substring(0, whole.length() - 1);
  }

  private static void write(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }
}
