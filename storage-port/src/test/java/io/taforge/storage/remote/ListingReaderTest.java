package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.storage.VersionToken;
import io.taforge.storage.remote.ObjectServer.Entry;
import io.taforge.storage.remote.ObjectServer.Listing;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingReaderTest {
  private static final String ENTRY =
      "<Contents><Key>samples/a</Key><LastModified>2026-11-28T10:11:12.345Z</LastModified>"
          + "<ETag>&quot;0f&quot;</ETag><Size>7</Size><StorageClass>STANDARD</StorageClass>"
          + "</Contents>";
  private static final Listing ONE = new Listing(List.of(entry("samples/a")), List.of(), false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<IsTruncated>false</IsTruncated>" + ENTRY,
        "<Name>b</Name><Prefix/><Marker></Marker>" + ENTRY + "<IsTruncated>false</IsTruncated>",
        "\n  <IsTruncated>false</IsTruncated>\r\n<a><b>c<d/></b></a>" + ENTRY + "\n",
        "<!-- unusual --><IsTruncated>false</IsTruncated>" + ENTRY,
        "<IsTruncated><![CDATA[false]]></IsTruncated>" + ENTRY
      })
  void aPageIsReadHoweverItIsWritten(String content) throws Exception {
    assertThat(read(page(content))).isEqualTo(ONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "7",
        "007",
        "999999999999999999",
        "9223372036854775807",
        "+7",
        "00000000000000000007"
      })
  void sizesAreNumbers(String size) throws Exception {
    String content = ENTRY.replace("<Size>7", "<Size>" + size);

    assertThat(read(page("<IsTruncated>false</IsTruncated>" + content)).entries())
        .extracting(Entry::size)
        .containsExactly(Long.parseLong(size));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "7a", "a", " 7", "9223372036854775808", "7&amp;"})
  void whatIsNoSizeIsNoListing(String size) {
    String content = ENTRY.replace("<Size>7", "<Size>" + size);

    assertThatThrownBy(() -> read(page("<IsTruncated>false</IsTruncated>" + content)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void foldersAreReadToo() throws Exception {
    assertThat(
            read(
                page(
                    "<IsTruncated>true</IsTruncated>"
                        + "<CommonPrefixes><Prefix>samples/1/</Prefix></CommonPrefixes>"
                        + "<CommonPrefixes><Prefix>samples/2/</Prefix></CommonPrefixes>")))
        .isEqualTo(new Listing(List.of(), List.of("samples/1/", "samples/2/"), true));
  }

  @Test
  void encodedKeysAreDecoded() throws Exception {
    String content = ENTRY.replace("samples/a", "samples%2F%C3%A4+b%2B%01");

    assertThat(
            read(
                page(content + "<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>")))
        .isEqualTo(new Listing(List.of(entry("samples/ä b+\u0001")), List.of(), false));
  }

  @Test
  void whatLooksEncodedIsNotDecodedUnlessThePageSaysSo() throws Exception {
    String content = ENTRY.replace("samples/a", "samples/%41+");

    assertThat(read(page("<IsTruncated>false</IsTruncated>" + content)))
        .isEqualTo(new Listing(List.of(entry("samples/%41+")), List.of(), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<Contents/><IsTruncated>false</IsTruncated>",
        "<CommonPrefixes/><IsTruncated>false</IsTruncated>",
        "<IsTruncated>no</IsTruncated>",
        "<IsTruncated>false</IsTruncated><Contents>",
        "<IsTruncated>false</IsTruncated></ListBucketResult><a>"
      })
  void whatNoServerLeavesOutMustBeThere(String content) {
    assertThatThrownBy(() -> read(page(content))).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body>Sign in</body></html>",
        "<Error><Code>InternalError</Code></Error>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><ListBucketResult>"
            + "<IsTruncated>false</IsTruncated><Name>&b;</Name></ListBucketResult>"
      })
  void whatIsNoListingIsRefused(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatBreaksOffIsNoOtherFailure() {
    EOFException failure = new EOFException("broken");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }
        };

    assertThatThrownBy(
            () ->
                ListingReader.read(
                    new SequenceInputStream(
                        new ByteArrayInputStream("<ListBucketResult><Na".getBytes(UTF_8)), broken)))
        .isSameAs(failure);
  }

  @Test
  void whatHasNoEndIsRefused() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            return length;
          }
        };

    assertThatThrownBy(() -> ListingReader.read(endless))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the answer is longer than any that is expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-11-28T10:11:12.345Z", "2026-11-28T10:11:12Z", "2024-02-29T23:59:59.999Z"})
  void timesAreReadAsTheyAre(String time) {
    assertThat(UtcTime.parse(time)).isEqualTo(Instant.parse(time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Thu, 29 Feb 2024 23:59:59 GMT",
        "Sun, 29 Nov 2026 00:00:00 GMT"
      })
  void timesOfHeadersAreReadAsTheyAre(String time) {
    assertThat(UtcTime.ofHttp(time))
        .contains(DateTimeFormatter.RFC_1123_DATE_TIME.parse(time, Instant::from));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
  void otherFormsOfTimesAreLeftToOthers(String time) {
    assertThat(UtcTime.ofHttp(time)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 31 Feb 2026 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT"
      })
  void timesThatThereAreNotAreRefused(String time) {
    assertThatThrownBy(() -> UtcTime.ofHttp(time)).isInstanceOf(DateTimeException.class);
  }

  private static Entry entry(String key) {
    return new Entry(key, 7, Instant.parse("2026-11-28T10:11:12.345Z"), new VersionToken("\"0f\""));
  }

  private static String page(String content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + content
        + "</ListBucketResult>";
  }

  private static Listing read(String page) throws IOException {
    return ListingReader.read(new ByteArrayInputStream(page.getBytes(UTF_8)));
  }
}
