package io.taforge.storage.remote;

import io.taforge.storage.FailureContext;
import io.taforge.storage.NativeRule;
import io.taforge.storage.StorageUnsupportedException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.DOMException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The rules of a bucket as XML, in which ours is told from all others, replaced or removed; the
 * others stay as the server has written them.
 */
final class LifecycleRules {
  private static final String EMPTY =
      "<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>";

  private static final String RULE = "Rule";
  private static final String ID = "ID";
  private static final String STATUS = "Status";
  private static final String PREFIX = "Filter/Prefix";
  private static final String EXPIRATION = "Expiration/Days";
  private static final String ABORT = "AbortIncompleteMultipartUpload/DaysAfterInitiation";

  /** The deepest rule of S3 has 5 levels; who sends more may want to exhaust the stack. */
  private static final int DEEPEST = 20;

  private static final Set<String> ALL = Set.of(ID, STATUS, PREFIX, EXPIRATION, ABORT);

  private final Document document;

  private LifecycleRules(Document document) {
    this.document = document;
  }

  static LifecycleRules none() {
    return parse(EMPTY);
  }

  /**
   * What a server has said; nothing means no rules.
   *
   * @throws StorageUnsupportedException if it was something else
   */
  static LifecycleRules of(Optional<LifecycleDocument> said, FailureContext context) {
    try {
      return said.map(document -> parse(document.xml())).orElseGet(LifecycleRules::none);
    } catch (IllegalArgumentException e) {
      throw new StorageUnsupportedException(context, "the server answers with something else", e);
    }
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException if it is something else, as of servers that do not know them
   */
  static LifecycleRules parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setNamespaceAware(true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // the usual one prints
      Document document = builder.parse(new InputSource(new StringReader(xml)));
      if (!"LifecycleConfiguration".equals(document.getDocumentElement().getLocalName())) {
        throw new IllegalArgumentException("the answer has no lifecycle rules");
      }
      if (isDeeper(document.getDocumentElement(), DEEPEST)) {
        throw new IllegalArgumentException("the answer is nested too deeply");
      }
      document.cloneNode(true); // some names are read that cannot be written
      return new LifecycleRules(document);
    } catch (SAXException | DOMException | IOException | ParserConfigurationException e) {
      throw new IllegalArgumentException("the answer is no XML: " + e.getMessage(), e);
    }
  }

  private static boolean isDeeper(Element element, int levels) {
    return levels == 0 || children(element).stream().anyMatch(each -> isDeeper(each, levels - 1));
  }

  /** Whether there is a rule with our id. */
  boolean hasOurs() {
    return rules().stream().anyMatch(LifecycleRules::isOurs);
  }

  /** What our rule says, if it says nothing else, and is in force. */
  Optional<NativeRule> ours() {
    return rules().stream().filter(LifecycleRules::isOurs).findFirst().flatMap(this::plain);
  }

  /** The ids of the other rules. */
  List<String> foreign() {
    return others().stream().map(each -> leaves(each).getOrDefault(ID, "")).toList();
  }

  /** Whether the other rules are the same, in whatever order. */
  boolean hasSameForeign(LifecycleRules other) {
    return texts(others()).equals(texts(other.others()));
  }

  /** The same with this rule in place of ours. */
  LifecycleRules with(Optional<NativeRule> rule) {
    Document copy = (Document) document.cloneNode(true);
    LifecycleRules changed = new LifecycleRules(copy);
    changed.rules().stream()
        .filter(LifecycleRules::isOurs)
        .forEach(each -> copy.getDocumentElement().removeChild(each));
    changed.others().forEach(changed::joinFilter);
    rule.ifPresent(changed::append);
    return changed;
  }

  boolean isEmpty() {
    return rules().isEmpty();
  }

  String xml() {
    return text(document);
  }

  private void append(NativeRule rule) {
    Element added = child(document.getDocumentElement(), RULE);
    child(added, ID).setTextContent(rule.id());
    child(child(added, "Filter"), "Prefix").setTextContent(rule.prefix());
    child(added, STATUS).setTextContent("Enabled");
    child(child(added, "Expiration"), "Days")
        .setTextContent(Integer.toString(rule.expireAfterDays()));
    child(child(added, "AbortIncompleteMultipartUpload"), "DaysAfterInitiation")
        .setTextContent(Integer.toString(rule.abortUploadsAfterDays()));
  }

  private Element child(Element parent, String name) {
    Element child = document.createElementNS(parent.getNamespaceURI(), name);
    parent.appendChild(child);
    return child;
  }

  /**
   * Ceph RADOS Gateway 16 writes the prefix beside the tags that it was sent together with, and
   * forgets it if it gets that back. Conditions that hold together belong together.
   */
  private void joinFilter(Element rule) {
    for (Element filter : children(rule, "Filter")) {
      List<Element> conditions = new ArrayList<>();
      for (Element each : children(filter)) {
        conditions.addAll("And".equals(each.getLocalName()) ? children(each) : List.of(each));
      }
      if (children(filter).size() > 1) {
        children(filter).forEach(filter::removeChild);
        Element and = child(filter, "And");
        conditions.forEach(and::appendChild);
      }
    }
  }

  private List<Element> rules() {
    return children(document.getDocumentElement(), RULE);
  }

  private List<Element> others() {
    return rules().stream().filter(each -> !isOurs(each)).toList();
  }

  private static boolean isOurs(Element rule) {
    return NativeRule.OURS.equals(leaves(rule).get(ID));
  }

  private Optional<NativeRule> plain(Element rule) {
    Map<String, String> leaves = leaves(rule);
    leaves.remove("Expiration/ExpiredObjectDeleteMarker", "false");
    if (!leaves.keySet().equals(ALL) || !"Enabled".equals(leaves.get(STATUS))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new NativeRule(
              leaves.getOrDefault(ID, ""),
              leaves.getOrDefault(PREFIX, ""),
              Integer.parseInt(leaves.getOrDefault(EXPIRATION, "")),
              Integer.parseInt(leaves.getOrDefault(ABORT, ""))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** What stands at the end of each path; of several at the same path, none is plain any more. */
  private static Map<String, String> leaves(Element rule) {
    Map<String, String> leaves = new TreeMap<>();
    collect(rule, "", leaves);
    return leaves;
  }

  private static void collect(Element parent, String path, Map<String, String> leaves) {
    for (Element each : children(parent)) {
      String name = path + each.getLocalName();
      if (children(each).isEmpty()) {
        String twice = leaves.containsKey(name) ? name + "*" : name;
        leaves.put(twice, each.getTextContent().strip());
      } else {
        collect(each, name + "/", leaves);
      }
    }
  }

  private static List<Element> children(Element parent, String name) {
    return children(parent).stream().filter(each -> name.equals(each.getLocalName())).toList();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node each = parent.getFirstChild(); each != null; each = each.getNextSibling()) {
      if (each instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  private static Set<String> texts(List<Element> rules) {
    Set<String> texts = new HashSet<>();
    rules.forEach(each -> texts.add(text(each)));
    return texts;
  }

  private static String text(Node node) {
    try {
      TransformerFactory factory = TransformerFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(node), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("What was read can be written", e);
    }
  }
}
