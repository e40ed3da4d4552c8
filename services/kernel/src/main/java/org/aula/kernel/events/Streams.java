package org.aula.kernel.events;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.aula.api.options.v1.Event;
import org.aula.api.options.v1.Options;

/// Names of event streams, out of the contract.
final class Streams {

    /// The one field of a stream's entries: the envelope's bytes.
    static final String ENVELOPE = "envelope";

    private Streams() {}

    /// The Redis key of a domain's stream.
    static String key(String domain) {
        return "events:{" + domain + "}";
    }

    /// The Redis key that says from which life of the outbox the stream was filled, and is another one each
    /// time it begins anew.
    static String epochKey(String domain) {
        return key(domain) + ":epoch";
    }

    /// The life of the outbox that the value of an [#epochKey] names; behind a blank stands what makes each
    /// beginning another.
    static String epoch(String value) {
        return value.split(" ", 2)[0];
    }

    /// The id under which an event of this position is appended. Redis itself refuses it a second time.
    static String id(long position) {
        return position + "-0";
    }

    /// The position of an entry's id.
    static long position(String id) {
        var end = id.indexOf('-');
        return Long.parseLong(end < 0 ? id : id.substring(0, end));
    }

    /// What the contract says about an event's message.
    ///
    /// @throws IllegalArgumentException for a message that is no event
    static Event event(Descriptor type) {
        if (!type.getOptions().hasExtension(Options.event)) {
            throw new IllegalArgumentException(type.getFullName() + " is no event of the contract");
        }
        return type.getOptions().getExtension(Options.event);
    }

    /// The domains that publish these events; none for those that any domain may publish.
    static Set<String> domains(List<? extends Message> types) {
        return types.stream()
                .map(type -> event(type.getDescriptorForType()).getStream())
                .filter(stream -> !stream.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The id of the resource that an event is about.
    static String resource(Message event) {
        var type = event.getDescriptorForType();
        return (String) event.getField(type.findFieldByName(event(type).getKey()));
    }
}
