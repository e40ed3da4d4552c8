package org.aula.kernel.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// A port of this machine that leads to a server while it is open, drops everybody while it is shut, and
/// keeps everybody waiting while it is stuck: an engine that is unavailable or slow for one test and nobody
/// else.
public final class FaultProxy implements AutoCloseable {

    private final ServerSocket entrance;
    private final InetSocketAddress server;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean open;
    private volatile boolean stuck;

    /// A proxy before a server, shut.
    ///
    /// @param address `host:port`
    public static FaultProxy before(String address) {
        var colon = address.lastIndexOf(':');
        return new FaultProxy(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    }

    private FaultProxy(InetSocketAddress server) {
        this.server = server;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /// How many were sent away.
    public long refused() {
        return refused.get();
    }

    public void open() {
        stuck = false;
        open = true;
    }

    /// Lets everybody in and nothing through.
    public void stall() {
        stuck = true;
        open = true;
    }

    public void shut() throws IOException {
        open = false;
        for (var socket = sockets.poll(); socket != null; socket = sockets.poll()) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        shut();
        entrance.close();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                let(entrance.accept());
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private void let(Socket visitor) throws IOException {
        if (!open) {
            refused.incrementAndGet();
            visitor.close();
            return;
        }
        var way = new Socket(server.getAddress(), server.getPort());
        sockets.add(visitor);
        sockets.add(way);
        pump(visitor.getInputStream(), way.getOutputStream(), way);
        pump(way.getInputStream(), visitor.getOutputStream(), visitor);
    }

    private void pump(InputStream from, OutputStream to, Socket receiver) {
        Thread.ofPlatform().daemon().start(() -> {
            try (receiver) {
                pass(from, to);
            } catch (IOException | InterruptedException closed) {
                // Either side went; the other follows.
            }
        });
    }

    private void pass(InputStream from, OutputStream to) throws IOException, InterruptedException {
        var bytes = new byte[8192];
        for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
            while (stuck) {
                Thread.sleep(10);
            }
            to.write(bytes, 0, count);
        }
    }
}
