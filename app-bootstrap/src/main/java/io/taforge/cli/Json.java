package io.taforge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;

/** Writes documents; its own class, so that Jackson is loaded only when it is needed. */
final class Json {
  private Json() {}

  static String text(Map<String, ?> document) {
    try {
      return new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(document)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts, numbers, lists and maps can be written", e);
    }
  }
}
