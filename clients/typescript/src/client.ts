import type { DescMethodServerStreaming, DescMethodUnary, DescService } from "@bufbuild/protobuf";
import { type Client, createClient, type Interceptor, type Transport } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import * as services from "./gen/services.js";
import { authorize, type AccessToken } from "./authorize.js";
import { unreachable } from "./unreachable.js";

export interface AulaClientOptions {
  /** The platform's address, such as `https://learn.example.org`. */
  readonly baseUrl: string;
  /**
   * Whose calls they are: a session, which refreshes by itself; a token; or a function that gives the present one. Calls
   * that begin, renew or end a session, or need none (`login`, `refreshTokens`, `register` …), are made without: a
   * function may make them.
   */
  readonly accessToken?: AccessToken;
  /** How long a call may take, unless the call says otherwise. Default 10,000 ms. */
  readonly timeoutMs?: number;
  /** Added before the one that authorises. */
  readonly interceptors?: readonly Interceptor[];
  /** Used instead of the platform's own `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/** The methods of a service that browsers can call: they cannot send streams. */
export type ServiceClient<Service extends DescService> = Pick<
  Client<Service>,
  {
    [Method in keyof Service["method"]]: Service["method"][Method] extends DescMethodUnary | DescMethodServerStreaming
      ? Method
      : never;
  }[keyof Service["method"]]
>;

type Services = typeof services;

/** One typed client for each gRPC service, by the service's name: `course` is that of `CourseService`. */
export type AulaClient = {
  readonly [Name in keyof Services as Name extends `${infer Short}Service` ? Uncapitalize<Short> : never]: ServiceClient<
    Services[Name]
  >;
};

/** Clients of all services. Those of a few make a smaller bundle: {@link createServiceClient}. */
export function createAulaClient(options: AulaClientOptions): AulaClient {
  const transport = createAulaTransport(options);
  const clients = Object.entries(services).map(([name, service]) => [property(name), restricted(service, transport)]);
  return Object.fromEntries(clients) as AulaClient;
}

/** A client of one service, such as `CourseService` of `@aula/client/aula/courses/v1/course_service`. */
export function createServiceClient<Service extends DescService>(
  service: Service,
  options: AulaClientOptions | Transport,
): ServiceClient<Service> {
  return restricted(service, "baseUrl" in options ? createAulaTransport(options) : options);
}

/** What the clients of several services may share: grpc-web, in browsers and in Node 20 or newer. */
export function createAulaTransport(options: AulaClientOptions): Transport {
  return createGrpcWebTransport({
    baseUrl: options.baseUrl,
    defaultTimeoutMs: options.timeoutMs ?? 10_000,
    // The first is the outermost.
    interceptors: [...(options.interceptors ?? []), authorize(options.accessToken), unreachable],
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
}

function restricted<Service extends DescService>(service: Service, transport: Transport): ServiceClient<Service> {
  const client = createClient(service, transport) as Record<string, unknown>;
  for (const method of service.methods) {
    if (method.methodKind === "client_streaming" || method.methodKind === "bidi_streaming") delete client[method.localName];
  }
  return client as ServiceClient<Service>;
}

function property(service: string): string {
  return service.charAt(0).toLowerCase() + service.slice(1).replace(/Service$/, "");
}
