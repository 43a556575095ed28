package io.taforge.storage.remote;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads any XML that declares nothing, with the platform's parser. */
final class StaxCursor implements PageCursor {
  private final XMLStreamReader xml;

  StaxCursor(InputStream page) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory(); // whatever the class path holds
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      this.xml = factory.createXMLStreamReader(page);
    } catch (XMLStreamException | RuntimeException e) {
      throw refusal(e);
    }
  }

  @Override
  public void begin() {
    isAtChild(); // XML without an element is none
  }

  @Override
  public boolean isAtChild() {
    int event = next();
    while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
      event = next();
    }
    return event == XMLStreamConstants.START_ELEMENT;
  }

  @Override
  public boolean isAt(String name) {
    return name.equals(xml.getLocalName());
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        throw new IllegalArgumentException("there is an element where a text is expected");
      }
      if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
      }
    }
    return text.toString();
  }

  @Override
  public void skip() {
    for (int depth = 1; depth > 0; ) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  @Override
  public void end() {
    int event = next();
    while (event != XMLStreamConstants.END_DOCUMENT) {
      event = next();
    }
  }

  private int next() {
    int event;
    try {
      event = xml.next();
    } catch (XMLStreamException | RuntimeException e) { // some of its own failures escape it
      throw refusal(e);
    }
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new IllegalArgumentException("the answer declares something");
    }
    return event;
  }

  private static IllegalArgumentException refusal(Exception failure) {
    return new IllegalArgumentException("the answer is no XML: " + failure.getMessage(), failure);
  }
}
