package org.aula.courses.olx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A parsed piece of XML; names keep their prefix, namespaces mean nothing in OLX.
sealed interface XmlNode {
    /// Character data, with references already resolved.
    record Text(String value) implements XmlNode {}

    /// An element with its attributes and children in the order of the file.
    record Element(String name, Map<String, String> attributes, List<XmlNode> children) implements XmlNode {
        /// The attribute's value, trimmed; empty also when it is blank.
        Optional<String> attribute(String attribute) {
            return Optional.ofNullable(attributes.get(attribute))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty());
        }

        Stream<Element> elements() {
            return children.stream().filter(Element.class::isInstance).map(Element.class::cast);
        }

        /// No child element and no text but white space.
        boolean isEmpty() {
            return children.stream().allMatch(child -> child instanceof Text(String value) && value.isBlank());
        }

        /// The same element with the attributes of its reference added where it has none itself.
        Element withDefaults(Map<String, String> defaults) {
            var merged = new LinkedHashMap<>(defaults);
            merged.putAll(attributes);
            return new Element(name, merged, children);
        }
    }
}
