package io.taforge.testbed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * An object that cannot be deleted through a {@link FaultProxy}, for servers that know no rights.
 *
 * @param client deletes in place of whoever asks for this object's deletion among others
 * @param bucket where it is
 * @param key its key
 */
record StubbornObject(S3Client client, String bucket, String key) {
  void protectedBy(FaultProxy proxy) {
    proxy.injectAlways(
        Fault.refusal(403, "AccessDenied")
            .on(request -> request.method().equals("DELETE") && isIn(request, key)));
    proxy.injectAlways(
        new Fault(
            request ->
                request.method().equals("POST")
                    && isIn(request, "")
                    && request.query().matches("delete=?"),
            exchange -> exchange.answer(deleteOthers(exchange.takeBody()))));
  }

  private boolean isIn(ProxiedRequest request, String wanted) {
    return request.bucket().equals(bucket) && request.key().equals(wanted);
  }

  private Answer deleteOthers(byte[] body) throws IOException {
    Document asked = parse(body);
    List<String> keys = texts(asked, "Key");
    List<ObjectIdentifier> others =
        keys.stream()
            .filter(each -> !each.equals(key))
            .map(each -> ObjectIdentifier.builder().key(each).build())
            .toList();
    if (!others.isEmpty()) {
      client.deleteObjects(request -> request.bucket(bucket).delete(d -> d.objects(others)));
    }
    boolean isQuiet = texts(asked, "Quiet").contains("true");
    String deleted =
        others.stream()
            .filter(each -> !isQuiet)
            .map(each -> "<Deleted><Key>" + escaped(each.key()) + "</Key></Deleted>")
            .collect(Collectors.joining());
    String refused =
        "<Error><Key>%s</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
            .formatted(escaped(key));
    return new Answer(
        200,
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<DeleteResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            + deleted
            + (keys.contains(key) ? refused : "")
            + "</DeleteResult>");
  }

  private static Document parse(byte[] xml) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }

  private static List<String> texts(Document document, String element) {
    NodeList found = document.getElementsByTagName(element);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
