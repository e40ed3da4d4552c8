package org.aula.kernel.server;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Map;
import java.util.stream.Collectors;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.contract.Names;
import org.aula.kernel.error.Errors;

/// Fifth: the bounds of the contract. Every field that breaks one is named, all at once. Before that, the space
/// around names is taken away, so that a name of blanks is none.
final class ValidationInterceptor implements ServerInterceptor {

    private final Validator validator;

    ValidationInterceptor(Validator validator) {
        this.validator = validator;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            @SuppressWarnings("unchecked") // stripped of spaces it is a message of the same type
            public void onMessage(Q message) {
                if (message instanceof Message received) {
                    var request = Names.strip(received);
                    requireValid(request);
                    super.onMessage((Q) request);
                } else {
                    super.onMessage(message);
                }
            }
        };
    }

    /// Compiles the rules of a message before the first call needs them.
    void warm(Message message) {
        try {
            validator.validate(message);
        } catch (ValidationException broken) {
            throw new IllegalStateException(
                    "the rules of " + message.getDescriptorForType().getFullName() + " do not compile", broken);
        }
    }

    private void requireValid(Message request) {
        try {
            var result = validator.validate(request);
            if (!result.isSuccess()) {
                throw Errors.invalid(
                        ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                        "the request is invalid",
                        result.getViolations().stream()
                                .map(ValidationInterceptor::violation)
                                .toList(),
                        Map.of());
            }
        } catch (ValidationException broken) {
            throw new IllegalStateException("a rule of the contract does not run", broken);
        }
    }

    private static BadRequest.FieldViolation violation(Violation violation) {
        var details = violation.toProto();
        return Errors.violation(
                details.getField().getElementsList().stream()
                        .map(ValidationInterceptor::element)
                        .collect(Collectors.joining(".")),
                details.getMessage());
    }

    private static String element(FieldPathElement element) {
        return switch (element.getSubscriptCase()) {
            case INDEX -> element.getFieldName() + "[" + element.getIndex() + "]";
            case STRING_KEY -> element.getFieldName() + "[" + element.getStringKey() + "]";
            case INT_KEY -> element.getFieldName() + "[" + element.getIntKey() + "]";
            case UINT_KEY -> element.getFieldName() + "[" + element.getUintKey() + "]";
            case BOOL_KEY -> element.getFieldName() + "[" + element.getBoolKey() + "]";
            case SUBSCRIPT_NOT_SET -> element.getFieldName();
        };
    }
}
