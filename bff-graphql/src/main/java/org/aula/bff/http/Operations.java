package org.aula.bff.http;

import jakarta.inject.Singleton;
import org.aula.bff.backend.ClientHeaders;
import org.aula.bff.backend.RequestContext;
import org.aula.bff.documents.PersistedDocuments;
import org.aula.bff.engine.GraphQlEngine;
import org.aula.kernel.client.Channels;

/// Makes operations of connections that stay: WebSockets and server-sent events.
@Singleton
final class Operations {

    private final GraphQlEngine engine;
    private final PersistedDocuments documents;
    private final Channels channels;

    Operations(GraphQlEngine engine, PersistedDocuments documents, Channels channels) {
        this.engine = engine;
        this.documents = documents;
        this.channels = channels;
    }

    /// An operation that has not begun.
    ///
    /// @param requestId the id under which logs and errors name it
    Operation of(ClientHeaders client, String requestId, Operation.Listener listener) {
        return new Operation(engine, documents, new RequestContext(channels, requestId, client), listener);
    }
}
