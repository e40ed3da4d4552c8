import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";

/** A server that is not there is UNAVAILABLE, as one that is there says of what stands behind it. */
export const unreachable: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (thrown) {
    const error = ConnectError.from(thrown);
    // What `fetch` throws when it reaches nobody, in every browser and in Node.
    if (error.cause instanceof TypeError && error.code !== Code.Canceled && error.code !== Code.DeadlineExceeded) {
      throw new ConnectError("The server cannot be reached.", Code.Unavailable, undefined, undefined, error.cause);
    }
    throw error;
  }
};
