package org.aula.notifications.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.UpstreamException;
import org.aula.kernel.settings.Settings;
import org.aula.notifications.email.EmailKind;
import org.aula.notifications.email.EmailRenderer;
import org.aula.notifications.smtp.Mail;
import org.aula.notifications.smtp.MailServer;
import org.aula.notifications.smtp.SmtpResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers the emails of the queue, a few at once. Each worker claims an email, asks for its address and
/// its reader, fills it, renews its lease and hands the mail over. A worker that has found something wakes
/// another, so that as many work as there is to do, up to `parallel`.
@Singleton
final class EmailWorker {

    private static final Logger LOG = LoggerFactory.getLogger(EmailWorker.class);
    private static final Duration SETTLE_AGAIN = Duration.ofMillis(500);
    private static final Duration LAST_EMAILS = Duration.ofSeconds(10);

    private final Settings service;
    private final DeliverySettings settings;
    private final DeliveryStore queue;
    private final DeliveryLogStore logs;
    private final AddressClient addresses;
    private final ReaderClient readers;
    private final EmailRenderer writer;
    private final MailServer mailServer;
    private final CircuitBreaker breaker;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Semaphore places;
    private volatile boolean stopped;

    EmailWorker(
            Settings service,
            DeliverySettings settings,
            DeliveryStore queue,
            DeliveryLogStore logs,
            AddressClient addresses,
            ReaderClient readers,
            EmailRenderer writer,
            MailServer mailServer,
            CircuitBreaker breaker,
            MeterRegistry metrics,
            Clock clock) {
        this.service = service;
        this.settings = settings;
        this.queue = queue;
        this.logs = logs;
        this.addresses = addresses;
        this.readers = readers;
        this.writer = writer;
        this.mailServer = mailServer;
        this.breaker = breaker;
        this.metrics = metrics;
        this.clock = clock;
        this.places = new Semaphore(settings.parallel());
    }

    /// An email whose mail is written, or the end of the try.
    private sealed interface Prepared {
        record Ready(Mail mail) implements Prepared {}

        record Over(Outcome outcome) implements Prepared {}
    }

    /// Has another worker look for emails, unless enough do. Returns at once.
    void wake() {
        if (stopped || breaker.lasts() || !places.tryAcquire()) {
            return;
        }
        Thread.ofVirtual().name("emailWorker").start(this::work);
    }

    /// Takes no more emails and lets those on their way arrive.
    @PreDestroy
    void stop() throws InterruptedException {
        stopped = true;
        if (!places.tryAcquire(settings.parallel(), LAST_EMAILS.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("emails are left on their way; whoever comes next takes them when their lease is over");
        }
    }

    private void work() {
        try {
            CallScope.runAsService(service.service(), "emails", "", () -> {
                while (!stopped && !breaker.lasts() && deliverNext()) {
                    wake();
                }
                return true;
            });
        } catch (Exception failure) {
            // MongoDB most of all; the next wake finds the email again.
            LOG.warn("emails wait: {}", failure.toString());
            breaker.begin();
        } finally {
            places.release();
        }
    }

    private boolean deliverNext() throws InterruptedException {
        var now = clock.instant();
        var claimed = queue.claim(now, now.plus(settings.lease()));
        if (claimed.isEmpty()) {
            return false;
        }
        wake();
        deliver(claimed.get());
        return true;
    }

    private void deliver(Delivery claimed) throws InterruptedException {
        switch (prepare(claimed)) {
            case Prepared.Over over -> settle(claimed, over.outcome());
            case Prepared.Ready ready -> {
                var begun = claimed.begun(clock.instant().plus(settings.lease()));
                if (!queue.replaceLeased(claimed, begun)) {
                    LOG.warn("email {} took longer than its lease; somebody else has it", claimed.id());
                    return;
                }
                settle(begun, outcome(handOver(begun, ready.mail()), ready.mail()));
            }
        }
    }

    /// A server may look at a mail for minutes before it answers; the lease is renewed as long.
    private SmtpResult handOver(Delivery begun, Mail mail) {
        var heartbeat = Thread.ofVirtual().name("lease").start(() -> renew(begun));
        try {
            return mailServer.handOver(mail);
        } finally {
            heartbeat.interrupt();
        }
    }

    private void renew(Delivery begun) {
        while (true) {
            try {
                Thread.sleep(settings.lease().dividedBy(3));
                queue.renew(begun, clock.instant().plus(settings.lease()));
            } catch (InterruptedException over) {
                return;
            } catch (RuntimeException failure) {
                LOG.debug("the lease of email {} is not renewed", begun.id(), failure);
            }
        }
    }

    private Prepared prepare(Delivery delivery) {
        var kind = EmailKind.find(delivery.kind());
        if (kind.isEmpty()) {
            return new Prepared.Over(new Outcome.Deferred("unknown kind"));
        }
        try {
            return switch (addresses.prepare(kind.get(), delivery)) {
                case Address.Gone gone -> new Prepared.Over(new Outcome.Dropped(gone.reason()));
                case Address.Known known -> new Prepared.Ready(write(kind.get(), delivery, known));
            };
        } catch (RuntimeException failure) {
            return new Prepared.Over(failed(delivery, failure));
        }
    }

    private Mail write(EmailKind kind, Delivery delivery, Address.Known address) {
        var reader = readers.find(delivery.userId());
        var email = writer.write(kind, reader, address.facts());
        return new Mail(
                delivery.id(),
                address.email(),
                email.language(),
                email.subject(),
                email.text(),
                email.html(),
                clock.instant());
    }

    private static Outcome failed(Delivery delivery, RuntimeException failure) {
        var who = failure instanceof UpstreamException upstream ? upstream.service() : "notifications";
        if (ErrorMapping.isPassing(failure)) {
            LOG.warn("email {} waits: {}", delivery.id(), failure.toString());
            return new Outcome.Away(who + " away");
        }
        LOG.error("email {} cannot be written", delivery.id(), failure);
        return new Outcome.Deferred(
                failure instanceof UpstreamException upstream
                        ? who + ": " + upstream.code()
                        : failure.getClass().getSimpleName());
    }

    private static Outcome outcome(SmtpResult handOver, Mail mail) {
        return switch (handOver) {
            case SmtpResult.Accepted accepted -> new Outcome.Sent(accepted.messageId(), mail.language());
            case SmtpResult.Refused refused -> new Outcome.Refused(refused.reply());
            case SmtpResult.Deferred deferred -> new Outcome.Deferred(deferred.reply());
            case SmtpResult.Away away -> new Outcome.Away("mail server away: " + away.what());
        };
    }

    private void settle(Delivery before, Outcome outcome) throws InterruptedException {
        switch (outcome) {
            case Outcome.Away away -> breaker.begin();
            case Outcome.Sent sent -> breaker.end();
            case Outcome.Refused refused -> breaker.end();
            case Outcome.Deferred deferred -> {}
            case Outcome.Dropped dropped -> {}
        }
        var now = clock.instant();
        var jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
        var after = before.after(outcome, now, settings, jitter);
        if (replace(before, after)) {
            logs.add(after, outcome, now);
        } else {
            LOG.warn("email {} took longer than its lease; somebody else has had it", before.id());
        }
        metrics.counter("notifications.emails", "kind", after.kind(), "outcome", name(outcome))
                .increment();
    }

    /// Tells the queue, again and again while MongoDB is unavailable: an email that was sent and is not
    /// marked goes out once more when its lease is over.
    private boolean replace(Delivery before, Delivery after) throws InterruptedException {
        var end = System.nanoTime() + settings.lease().toNanos();
        while (true) {
            try {
                return queue.replaceLeased(before, after);
            } catch (RuntimeException failure) {
                if (stopped || !ErrorMapping.isPassing(failure) || System.nanoTime() > end) {
                    throw failure;
                }
                LOG.warn("email {} is {} and cannot be marked yet: {}", after.id(), after.state(), failure.toString());
            }
            Thread.sleep(SETTLE_AGAIN);
        }
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Sent sent -> "sent";
            case Outcome.Dropped dropped -> "dropped";
            case Outcome.Refused refused -> "refused";
            case Outcome.Deferred deferred -> "deferred";
            case Outcome.Away away -> "away";
        };
    }
}
