import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import * as services from "./gen/services.js";

/** An access token, or what gives the present one for each call: none means that the call is made as a visitor. */
export type AccessToken = string | (() => string | undefined | Promise<string | undefined>);

export interface AulaClientOptions {
  /** The platform's address, such as `https://learn.example.org`. */
  readonly baseUrl: string;
  /** Sent as `authorization: Bearer …` with every call. A function can refresh a token that is about to expire. */
  readonly accessToken?: AccessToken;
  /** How long a call may take, unless the call says otherwise. Default 10,000 ms. */
  readonly timeoutMs?: number;
  /** Added after the one that authorises. */
  readonly interceptors?: readonly Interceptor[];
  /** Used instead of the platform's own `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

type Services = typeof services;

/** One typed client for each gRPC service, by the service's name: `course` is that of `CourseService`. */
export type AulaClient = {
  readonly [Name in keyof Services as Name extends `${infer Short}Service` ? Uncapitalize<Short> : never]: Client<Services[Name]>;
};

/** Clients that speak grpc-web, in browsers and in Node 20 or newer. */
export function createAulaClient(options: AulaClientOptions): AulaClient {
  const transport = createGrpcWebTransport({
    baseUrl: options.baseUrl,
    defaultTimeoutMs: options.timeoutMs ?? 10_000,
    interceptors: [authorize(options.accessToken), ...(options.interceptors ?? [])],
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
  const clients = Object.entries(services).map(([name, service]) => [property(name), createClient(service, transport)]);
  return Object.fromEntries(clients) as AulaClient;
}

function property(service: string): string {
  return service.charAt(0).toLowerCase() + service.slice(1).replace(/Service$/, "");
}

function authorize(accessToken: AccessToken | undefined): Interceptor {
  return (next) => async (request) => {
    const token = typeof accessToken === "function" ? await accessToken() : accessToken;
    if (token && !request.header.has("authorization")) request.header.set("authorization", `Bearer ${token}`);
    return next(request);
  };
}
