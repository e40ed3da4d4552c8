package org.aula.kernel.server;

import io.grpc.BindableService;

/// A service of Envoy's own protocols, which the contract does not have and the edge offers to nobody. The
/// edge is known by the secret `edge.key` in the header `x-aula-edge`; everybody else is refused. Calls are not
/// logged, since there is one or more for each request, and the service makes its own statuses.
public interface EdgeService extends BindableService {}
