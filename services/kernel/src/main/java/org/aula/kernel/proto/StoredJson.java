package org.aula.kernel.proto;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;

/// Messages of the contract as JSON in a column, so that the contract says what the column holds. What a
/// newer version of the service wrote can be read by the one before it, which runs beside it during a
/// deployment and again after a rollback: fields and enum values that it does not know are passed over.
public final class StoredJson {

    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private StoredJson() {}

    /// The JSON of a message, in one line.
    ///
    /// @throws IllegalArgumentException when it holds an `Any`, whose type the JSON of another message
    /// cannot tell
    public static String write(MessageOrBuilder message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException unknownType) {
            throw new IllegalArgumentException(unknownType);
        }
    }

    /// Reads what [#write] wrote.
    ///
    /// @param into an empty builder of the message
    /// @return the same builder
    /// @throws IllegalStateException when it is no JSON of this message
    public static <B extends Message.Builder> B read(String json, B into) {
        try {
            PARSER.merge(json, into);
            return into;
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(
                    "stored " + into.getDescriptorForType().getFullName() + " does not parse", broken);
        }
    }
}
