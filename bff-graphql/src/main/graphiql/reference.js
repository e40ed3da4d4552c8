// The try-it of the contract's reference: JSON becomes a message by the descriptors that the edge serves, and goes by
// grpc-web, as every browser's call does.
import { createFileRegistry, fromBinary, fromJsonString, toBinary, toJsonString } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

const TRAILERS = 0x80;

/** The contract's descriptors, from an edge. */
export async function registryOf(base = '') {
  const answer = await fetch(`${base}/contract/aula.binpb`);
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, new Uint8Array(await answer.arrayBuffer())));
}

/** Calls a unary method, such as `aula.courses.v1.CourseService/GetCourse`; gives what it answers, or why it refuses. */
export async function call(registry, path, json, token = '', base = '') {
  const [service, name] = path.split('/');
  const method = registry.getService(service)?.methods.find((one) => one.name === name);
  if (!method) throw new Error(`The contract has no ${path}.`);
  const message = toBinary(method.input, fromJsonString(method.input, json || '{}', { registry }));
  const frame = new Uint8Array(5 + message.length);
  new DataView(frame.buffer).setUint32(1, message.length);
  frame.set(message, 5);
  const answer = await fetch(`${base}/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/grpc-web+proto',
      'x-grpc-web': '1',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: frame,
  });
  const { body, trailers } = read(new Uint8Array(await answer.arrayBuffer()), answer.headers);
  const requestId = answer.headers.get('x-request-id');
  if (trailers.get('grpc-status') === '0') {
    return { requestId, answer: JSON.parse(toJsonString(method.output, fromBinary(method.output, body), { registry })) };
  }
  return { requestId, error: refusal(registry, trailers) };
}

function read(bytes, headers) {
  const trailers = new Headers(headers);
  let body = new Uint8Array();
  for (let at = 0; at + 5 <= bytes.length; ) {
    const length = new DataView(bytes.buffer, at + 1).getUint32(0);
    const part = bytes.subarray(at + 5, at + 5 + length);
    if (bytes[at] & TRAILERS) {
      for (const line of new TextDecoder().decode(part).split('\r\n').filter(Boolean)) {
        const colon = line.indexOf(':');
        trailers.set(line.slice(0, colon), line.slice(colon + 1).trim());
      }
    } else {
      body = part;
    }
    at += 5 + length;
  }
  return { body, trailers };
}

/** `google.rpc.Status` as JSON: code, message, details. */
function refusal(registry, trailers) {
  const details = trailers.get('grpc-status-details-bin');
  const status = registry.getMessage('google.rpc.Status');
  if (details && status) {
    const bytes = Uint8Array.from(atob(details), (letter) => letter.charCodeAt(0));
    return JSON.parse(toJsonString(status, fromBinary(status, bytes), { registry }));
  }
  const code = Number(trailers.get('grpc-status') ?? 2);
  return { code, message: decodeURIComponent(trailers.get('grpc-message') ?? 'no answer of gRPC') };
}

if (typeof document !== 'undefined') {
  let registry;
  document.addEventListener('submit', async (event) => {
    const form = event.target.closest('form[data-method]');
    if (!form) return;
    event.preventDefault();
    const output = form.querySelector('output');
    const token = document.querySelector('#token').value.trim();
    output.textContent = '…';
    try {
      registry ??= registryOf();
      const told = await call(await registry, form.dataset.method, form.elements.request.value, token);
      output.textContent = JSON.stringify(told, null, 2);
    } catch (failure) {
      registry = undefined;
      output.textContent = failure.message;
    }
  });
}
