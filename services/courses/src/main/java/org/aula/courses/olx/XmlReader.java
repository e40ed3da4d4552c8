package org.aula.courses.olx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Parses untrusted XML: no DOCTYPE, no entity but the predefined ones, bounded in depth and number of
/// elements.
final class XmlReader {
    private final XMLInputFactory factory;
    private final Limits limits;

    XmlReader(Limits limits) {
        this.limits = limits;
        // The JDK's parser, whatever other parser the class path holds: the bounds below were tried with this one.
        factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        // Our own bound is the stricter one and can be told apart from a syntax error.
        factory.setProperty("jdk.xml.maxElementDepth", "0");
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("external entity");
        });
    }

    /// @throws MalformedXmlException when the file is not well-formed
    /// @throws UnsafeArchiveException with XML_DOCTYPE or XML_TOO_COMPLEX
    XmlNode.Element read(ArchiveFile file) throws MalformedXmlException {
        try (InputStream content = Files.newInputStream(file.location())) {
            XMLStreamReader reader = factory.createXMLStreamReader(content);
            try {
                return new Building(reader, file.name()).build();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new MalformedXmlException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Not well-formed.
    static final class MalformedXmlException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String position;

        MalformedXmlException(XMLStreamException cause) {
            super(cause);
            Location location = cause.getLocation();
            position = location == null
                    ? "end of file"
                    : "line " + location.getLineNumber() + ", column " + location.getColumnNumber();
        }

        /// Where the parser stumbled, for people.
        String position() {
            return position;
        }
    }

    private record Open(String name, Map<String, String> attributes, List<XmlNode> children) {
        XmlNode.Element close() {
            return new XmlNode.Element(name, attributes, Collections.unmodifiableList(children));
        }
    }

    private final class Building {
        private final XMLStreamReader reader;
        private final String file;
        private final Deque<Open> open = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        private int elements;

        Building(XMLStreamReader reader, String file) {
            this.reader = reader;
            this.file = file;
        }

        XmlNode.Element build() throws XMLStreamException {
            XmlNode.Element root = null;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD -> throw new UnsafeArchiveException(RefusalReason.XML_DOCTYPE, file);
                    case XMLStreamConstants.START_ELEMENT -> begin();
                    case XMLStreamConstants.END_ELEMENT -> root = end();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                        text.append(reader.getText());
                    default -> {
                        // Comments and processing instructions are not content.
                    }
                }
            }
            if (root == null) {
                throw new XMLStreamException("no root element");
            }
            return root;
        }

        private void begin() {
            flushText();
            if (++elements > limits.maxXmlElements() || open.size() >= limits.maxXmlDepth()) {
                throw new UnsafeArchiveException(RefusalReason.XML_TOO_COMPLEX, file);
            }
            var attributes = new LinkedHashMap<String, String>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            open.push(new Open(reader.getLocalName(), Collections.unmodifiableMap(attributes), new ArrayList<>()));
        }

        private XmlNode.Element end() {
            flushText();
            XmlNode.Element element = open.pop().close();
            if (!open.isEmpty()) {
                open.element().children().add(element);
            }
            return element;
        }

        private void flushText() {
            if (!text.isEmpty() && !open.isEmpty()) {
                open.element().children().add(new XmlNode.Text(text.toString()));
            }
            text.setLength(0);
        }
    }
}
