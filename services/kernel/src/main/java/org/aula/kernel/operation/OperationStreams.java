package org.aula.kernel.operation;

import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.aula.api.common.v1.OperationChanged;
import org.aula.api.operations.v1.Operation;
import org.aula.kernel.stream.LiveSource;
import org.aula.kernel.stream.LiveStreams;
import org.aula.kernel.stream.ServerStream;
import org.aula.kernel.stream.Topic;

/// Streams of how an operation gets on, which end with it.
@Singleton
public final class OperationStreams {

    private final Operations operations;
    private final LiveStreams streams;
    private final Topic changes;

    OperationStreams(Operations operations, LiveStreams streams) {
        this.operations = operations;
        this.streams = streams;
        this.changes = streams.topic().on(OperationChanged.getDefaultInstance(), OperationChanged::getOperationId);
    }

    /// Tells an operation to its owner, or to who may read all.
    ///
    /// @param response what tells it
    public <A extends Message> ServerStream<A> watch(UUID id, Function<Operation, A> response) {
        return streams.watch(changes, id.toString(), new Progress<>(id, response));
    }

    /// The rate of an operation is another one each time it is asked for, so that two states are not compared.
    private final class Progress<A extends Message> implements LiveSource<A> {

        private final UUID id;
        private final Function<Operation, A> response;
        private boolean isOver;

        Progress(UUID id, Function<Operation, A> response) {
            this.id = id;
            this.response = response;
        }

        @Override
        public List<A> next() {
            var operation = operations.get(id);
            isOver = operation.hasEndTime();
            return List.of(response.apply(operation));
        }

        @Override
        public boolean isOver() {
            return isOver;
        }
    }
}
