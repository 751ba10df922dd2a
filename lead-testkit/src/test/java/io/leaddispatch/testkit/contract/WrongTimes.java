package io.leaddispatch.testkit.contract;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Pause;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.DeliveryResult.Unknown;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Wrong answers to throttling, faults, deadlines and interruption; what should not be said. */
final class WrongTimes {
    private static final DeliveryResult FINE = DeliveryResult.delivered(Confirmation.CREATED);

    private WrongTimes() {}

    static List<Wrong<WrongProvider>> all() {
        return List.of(
                wrong(
                        "takes throttling for a fault of the lead's",
                        new NoPause(),
                        "aThrottledCallPausesEverybodyAndCostsNothing"),
                wrong("pauses as long as it likes", new OwnPause(), "thePauseLastsAsLongAsTheVendorSays"),
                wrong(
                        "comes back soon with credentials that were refused",
                        new Hopeful(),
                        "refusedCredentialsHoldTheDestination"),
                wrong(
                        "fetches a token for each call",
                        new TokenPerCall(),
                        "tokensAreFetchedOneAtATime",
                        "anExpiredTokenIsReplacedAndTheWriteRepeatedOnce"),
                wrong(
                        "gives up when a token has expired",
                        new GivesUp(),
                        "refusedCredentialsHoldTheDestination",
                        "anExpiredTokenIsReplacedAndTheWriteRepeatedOnce"),
                wrong(
                        "does not know whether it sent what it could not send",
                        new Unsure(),
                        "aVendorThatIsAwayRejectsNobody"),
                wrong(
                        "rejects leads when the vendor has an error",
                        new Blaming(),
                        "aHugeAnswerIsNotReadWhole",
                        "aPageInsteadOfAnAnswerIsNoDelivery",
                        "anErrorOfTheVendorsOwnRejectsNobody"),
                Wrong.also("waits for nobody", new WrongProvider(new Hasty()), "aSlowAnswerIsWaitedFor"),
                wrong(
                        "takes any time-out for an answer",
                        new Impatient(),
                        "noAnswerIsNoDelivery",
                        "aStalledAnswerIsNoDelivery",
                        "noRequestOutlivesItsDeadline",
                        "aTokenThatDoesNotComeCountsIntoTheDeadline"),
                wrong(
                        "takes a broken connection for an answer",
                        new Careless(),
                        "aTruncatedAnswerIsNoDelivery",
                        "whatIsNotHttpIsNoDelivery",
                        "aConnectionLostBeforeStoringIsNoDelivery",
                        "aConnectionLostAfterStoringIsNoDelivery"),
                wrong("reads whatever comes", new Greedy(), "aHugeAnswerIsNotReadWhole"),
                wrong(
                        "looks at the status alone",
                        new StatusAlone(),
                        "aHugeAnswerIsNotReadWhole",
                        "aPageInsteadOfAnAnswerIsNoDelivery",
                        "anErrorOfTheVendorsOwnRejectsNobody"),
                wrong(
                        "repeats what may be there twice",
                        new Unsafe(),
                        "noAnswerIsNoDelivery",
                        "aStalledAnswerIsNoDelivery",
                        "aTruncatedAnswerIsNoDelivery",
                        "aHugeAnswerIsNotReadWhole",
                        "aPageInsteadOfAnAnswerIsNoDelivery",
                        "whatIsNotHttpIsNoDelivery",
                        "aConnectionLostBeforeStoringIsNoDelivery",
                        "aConnectionLostAfterStoringIsNoDelivery",
                        "noRequestOutlivesItsDeadline",
                        "aRepeatIsTheSameLeadForTheVendor"),
                wrong("is deaf to interruption", new Deaf(), "anInterruptedCallEndsSoon"),
                wrong(
                        "has a deadline of its own",
                        new Late(),
                        "noAnswerIsNoDelivery",
                        "aStalledAnswerIsNoDelivery",
                        "noRequestOutlivesItsDeadline",
                        "afterTheDeadlineNothingIsSent",
                        "aTokenThatDoesNotComeCountsIntoTheDeadline"),
                wrong(
                        "takes one call at a time",
                        new Crowded(),
                        "callsAtOnceDoNotMixTheirLeads",
                        "tokensAreFetchedOneAtATime"),
                wrong(
                        "closes once only",
                        new Once(),
                        "closingTwiceIsClosingOnce",
                        "closingDoesNotWaitForACallThatHangs"),
                wrong("waits for its calls when it is closed", new Waiting(), "closingDoesNotWaitForACallThatHangs"));
    }

    private static Wrong<WrongProvider> wrong(String what, Twist twist, String... failing) {
        return Wrong.only(what, new WrongProvider(twist), failing);
    }

    static boolean is(DeliveryResult result, String cause) {
        Problem problem = Rule.problem(result);
        return problem != null && problem.cause().contains(cause);
    }

    static boolean isBroken(DeliveryResult result) {
        return is(result, "the connection broke") || is(result, "in time");
    }

    static DestinationContext with(DestinationContext right, UnaryOperator<HttpClient> twist) {
        return new DestinationContext(
                right.name(),
                right.clock(),
                () -> twist.apply(right.http().get()),
                right.userAgent(),
                right.insecureLoopback());
    }

    private static final class NoPause extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return right instanceof Pause pause && pause.until() != null && batch.size() > 1
                    ? new Retry(pause.problem(), pause.until())
                    : right;
        }
    }

    private static final class OwnPause extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return right instanceof Pause pause && pause.until() != null
                    ? new Pause(pause.problem(), context.clock().instant().plusSeconds(60))
                    : right;
        }
    }

    private static final class Hopeful extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return right instanceof Pause pause && pause.until() == null
                    ? new Pause(pause.problem(), context.clock().instant().plusSeconds(60))
                    : right;
        }
    }

    private static final class TokenPerCall extends Twist {
        @Override
        LeadDestination open(LeadDestinationProvider right, Settings settings, DestinationContext context) {
            LeadDestination checked = right.open(settings, context);
            LeadDestination each = new LeadDestination() {
                @Override
                public List<DeliveryResult> deliver(LeadBatch batch) throws Exception {
                    return right.open(settings, context).deliver(batch);
                }

                @Override
                public Limits limits() {
                    return checked.limits();
                }
            };
            return new Twisted(this, each, context);
        }
    }

    private static final class GivesUp extends Twist {
        @Override
        DestinationContext context(DestinationContext right) {
            AtomicBoolean refused = new AtomicBoolean();
            return with(right, client -> new TwistedClient(client) {
                @Override
                public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
                        throws IOException, InterruptedException {
                    if (refused.getAndSet(false)) {
                        throw new IOException("no second token");
                    }
                    HttpResponse<T> response = right.send(request, handler);
                    refused.set(response.statusCode() == 401);
                    return response;
                }
            });
        }
    }

    private static final class Unsure extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return right instanceof Retry retry && is(right, "refused") ? new Unknown(retry.problem()) : right;
        }
    }

    private static final class Blaming extends Twist {
        private static final Problem BAD =
                new Problem("zoho.refused-lead", Category.INVALID_LEAD, "bad", "Mend it.", null, List.of());

        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            boolean ample = batch.deadline().isAfter(context.clock().instant().plusSeconds(10));
            return is(right, "no complete answer came") && !isBroken(right) && ample ? new Rejected(BAD) : right;
        }
    }

    private static final class Hasty extends Twist {
        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context)
                throws Exception {
            Instant soon = context.clock().instant().plusMillis(100);
            return right.deliver(new LeadBatch(batch.leads(), soon, batch.suspect()));
        }
    }

    private static final class Impatient extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return is(right, "no complete answer in time") ? FINE : right;
        }
    }

    private static final class Careless extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return is(right, "the connection broke") && batch.size() > 1 ? FINE : right;
        }
    }

    private static final class Greedy extends Twist {
        @Override
        DestinationContext context(DestinationContext right) {
            return with(right, GreedyClient::new);
        }
    }

    private static final class StatusAlone extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return is(right, "no complete answer came") && !isBroken(right) && batch.size() > 1 ? FINE : right;
        }
    }

    private static final class Unsafe extends Twist {
        @Override
        Limits limits(Limits right) {
            return new Limits(right.batch(), right.concurrency(), null, right.callTimeout(), false, null);
        }
    }

    private static final class Deaf extends Twist {
        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context)
                throws Exception {
            try {
                return right.deliver(batch);
            } catch (InterruptedException e) {
                return DeliveryResult.all(batch, FINE);
            }
        }
    }

    private static final class Late extends Twist {
        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context)
                throws Exception {
            Instant later = batch.deadline().plus(Duration.ofHours(1));
            return right.deliver(new LeadBatch(batch.leads(), later, batch.suspect()));
        }
    }

    private static final class Crowded extends Twist {
        private final Map<LeadDestination, AtomicInteger> calls = new ConcurrentHashMap<>();

        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context)
                throws Exception {
            AtomicInteger running = calls.computeIfAbsent(right, destination -> new AtomicInteger());
            try {
                return running.incrementAndGet() > 1
                        ? DeliveryResult.all(batch, new Retry(WrongOutcomes.STRANGE, null))
                        : right.deliver(batch);
            } finally {
                running.decrementAndGet();
            }
        }
    }

    private static final class Once extends Twist {
        private final Set<LeadDestination> closed = ConcurrentHashMap.newKeySet();

        @Override
        void close(LeadDestination right) {
            if (!closed.add(right)) {
                throw new IllegalStateException("closed already");
            }
        }
    }

    private static final class Waiting extends Twist {
        private final Object lock = new Object();

        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context)
                throws Exception {
            if (batch.size() > 1
                    || batch.deadline().isBefore(context.clock().instant().plusSeconds(60))) {
                return right.deliver(batch);
            }
            synchronized (lock) {
                return right.deliver(batch);
            }
        }

        @Override
        void close(LeadDestination right) {
            synchronized (lock) {
                right.close();
            }
        }
    }
}
