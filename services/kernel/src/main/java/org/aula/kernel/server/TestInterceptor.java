package org.aula.kernel.server;

import io.grpc.ServerInterceptor;

/// An interceptor that tests put before all others, to watch what leaves. Services have none.
public interface TestInterceptor extends ServerInterceptor {}
