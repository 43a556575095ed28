package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.storage.remote.DeletionReader.Deletions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionReaderTest {
  @Test
  void whatIsGoneAndWhatIsNotIsTold() throws Exception {
    assertThat(
            read(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DeleteResult>"
                    + "<Deleted><Key>samples/a&amp;b</Key></Deleted>"
                    + "<Error><Key>samples/c</Key><Code>AccessDenied</Code>"
                    + "<Message>No</Message></Error><Deleted><Key>samples/\u00e4</Key></Deleted>"
                    + "</DeleteResult>"))
        .isEqualTo(
            new Deletions(
                Set.of("samples/a&b", "samples/\u00e4"),
                List.of(new DeletionReader.Kept("samples/c", "AccessDenied"))));
  }

  @Test
  void whatIsNotToldIsEmpty() throws Exception {
    assertThat(read("<DeleteResult><Error/></DeleteResult>"))
        .isEqualTo(new Deletions(Set.of(), List.of(new DeletionReader.Kept("", ""))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html/>",
        "<Error><Code>InternalError</Code></Error>",
        "<DeleteResult><Deleted><Key>a",
        "<!DOCTYPE a><DeleteResult/>"
      })
  void whatIsAboutSomethingElseIsRefused(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Deletions read(String answer) throws IOException {
    return DeletionReader.read(new ByteArrayInputStream(answer.getBytes(UTF_8)));
  }
}
