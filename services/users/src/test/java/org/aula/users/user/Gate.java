package org.aula.users.user;

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

/// A port of this machine that leads to a server while it is open, and drops everybody while it is
/// shut: an engine that is away for one test and nobody else.
final class Gate implements AutoCloseable {

    private final ServerSocket entrance;
    private final InetSocketAddress server;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean open;

    Gate(InetSocketAddress server) {
        this.server = server;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /// How many were sent away.
    long refused() {
        return refused.get();
    }

    void open() {
        open = true;
    }

    void shut() throws IOException {
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

    private static void pump(InputStream from, OutputStream to, Socket receiver) {
        Thread.ofPlatform().daemon().start(() -> {
            try (receiver) {
                from.transferTo(to);
            } catch (IOException closed) {
                // Either side went; the other follows.
            }
        });
    }
}
