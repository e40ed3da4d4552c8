package org.aula.content.file;

import java.io.InputStream;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// XML of strangers: no document types, no entities, bounded in bytes, depth and time.
final class BoundedXml {

    private static final long MAX_BYTES = 32L << 20;
    private static final int MAX_DEPTH = 80;
    private static final XMLInputFactory FACTORY = factory();

    private BoundedXml() {}

    /// Shows each event to a reader.
    ///
    /// @throws UnworkableFileException when it is broken or too large
    static void read(InputStream source, WorkBudget budget, Consumer<XMLStreamReader> reader) {
        var bounded = new BoundedStream(source, MAX_BYTES, "a part of it is too large", budget);
        try {
            var xml = FACTORY.createXMLStreamReader(bounded);
            var depth = 0;
            while (xml.hasNext()) {
                var event = xml.next();
                depth += event == XMLStreamReader.START_ELEMENT ? 1 : event == XMLStreamReader.END_ELEMENT ? -1 : 0;
                if (depth > MAX_DEPTH) {
                    throw new UnprocessableFileException("its parts are nested too deeply");
                }
                reader.accept(xml);
            }
        } catch (XMLStreamException broken) {
            throw new UnprocessableFileException("a part of it is broken", broken);
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }
}
