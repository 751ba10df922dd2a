package io.leaddispatch.testkit.contract;

import io.leaddispatch.Category;
import io.leaddispatch.Confirmation;
import io.leaddispatch.Lead;
import io.leaddispatch.Problem;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DeliveryResult.Delivered;
import io.leaddispatch.spi.DeliveryResult.NotExecuted;
import io.leaddispatch.spi.DeliveryResult.Rejected;
import io.leaddispatch.spi.DeliveryResult.Retry;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.Verification;
import io.leaddispatch.testkit.Leads;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Wrong results, keys and texts. */
final class WrongOutcomes {
    static final Problem STRANGE =
            new Problem("zoho.strange", Category.TRANSIENT, "strange", "Wonder.", null, List.of());

    private WrongOutcomes() {}

    static List<Wrong<WrongProvider>> all() {
        return List.of(
                wrong(
                        "delivers nothing, and says it did",
                        false,
                        new Lying(),
                        "aLeadIsDelivered",
                        "aFullCallHasOneResultPerLead"),
                wrong("gives a result too few", false, new OneShort(), "aFullCallHasOneResultPerLead"),
                wrong(
                        "cannot make up its mind about sparse leads",
                        true,
                        new Picky(),
                        "aLeadWithAnAddressAloneIsDeliveredOrRejected"),
                wrong(
                        "tries again by itself",
                        true,
                        new Stubborn(),
                        "aHugeAnswerIsNotReadWhole",
                        "aPageInsteadOfAnAnswerIsNoDelivery",
                        "noCallExecutesTwoWrites",
                        "anErrorOfTheVendorsOwnRejectsNobody"),
                wrong("has a problem that is in no catalogue", true, new OffTheList(), "everyResultFitsItsProblem"),
                wrong("does not reject a bad lead", true, new Lenient(), "aBadLeadAloneIsRejected"),
                wrong("mixes up the order", true, new Reversed(), "oneBadLeadOfManyIsRejectedAndTheOthersArrive"),
                wrong(
                        "rejects the neighbours of a bad lead",
                        true,
                        new Contagious(),
                        "oneBadLeadOfManyIsRejectedAndTheOthersArrive"),
                wrong("makes a new key for each try", true, new NewKeys(), "aRepeatIsTheSameLeadForTheVendor"),
                wrong("says that a known lead is new", true, new Forgetful(), "aRepeatedLeadIsDeliveredAgain"),
                wrong("has a serial key that changes", true, new Restless(), "keysOfALeadStayTheSame"),
                wrong(
                        "has a check that writes a lead of its own",
                        true,
                        new Intruding(),
                        "aCheckWritesOnlyItsTestLead"),
                wrong("sends question marks", true, new Ascii(), "textsOfAllScriptsArrive"),
                wrong("says nothing of what it cut", true, new Silent(), "tooLongATextIsCutWithANoteOrRefused"),
                wrong("cuts characters in half", true, new Halves(), "tooLongATextIsCutWithANoteOrRefused"),
                wrong("logs an address", true, new Logging(), "nothingSecretOrPersonalIsPrinted"),
                wrong("shows a secret in a preview", true, new Showing(), "nothingSecretOrPersonalIsPrinted"),
                wrong("quotes a lead in a problem", true, new Gossiping(), "nothingSecretOrPersonalIsPrinted"));
    }

    private static Wrong<WrongProvider> wrong(String what, boolean only, Twist twist, String... failing) {
        return only
                ? Wrong.only(what, new WrongProvider(twist), failing)
                : Wrong.also(what, new WrongProvider(twist), failing);
    }

    private static final class Lying extends Twist {
        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context) {
            return DeliveryResult.all(batch, DeliveryResult.delivered(Confirmation.CREATED));
        }
    }

    private static final class OneShort extends Twist {
        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context)
                throws Exception {
            List<DeliveryResult> results = right.deliver(batch);
            return results.size() < 2 ? results : results.subList(1, results.size());
        }
    }

    private static final class Picky extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            boolean sparse = batch.leads().get(0).contact().lastName() == null;
            return sparse ? new Retry(STRANGE, null) : right;
        }
    }

    private static final class Stubborn extends Twist {
        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context)
                throws Exception {
            List<DeliveryResult> first = right.deliver(batch);
            return WrongTimes.is(first.get(0), "no complete answer came")
                            && !WrongTimes.isBroken(first.get(0))
                            && batch.size() > 1
                            && !batch.deadline()
                                    .isBefore(context.clock().instant().plusSeconds(10))
                    ? right.deliver(batch)
                    : first;
        }
    }

    private static final class OffTheList extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return right instanceof Retry && batch.size() == 1 ? new Retry(STRANGE, null) : right;
        }
    }

    private static final class Lenient extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return right instanceof Rejected rejected && batch.size() == 1
                    ? new NotExecuted(rejected.problem())
                    : right;
        }
    }

    private static final class Reversed extends Twist {
        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context)
                throws Exception {
            List<DeliveryResult> results = new ArrayList<>(right.deliver(batch));
            Collections.reverse(results);
            return results;
        }
    }

    private static final class Contagious extends Twist {
        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context)
                throws Exception {
            List<DeliveryResult> results = right.deliver(batch);
            return results.stream()
                    .filter(Rejected.class::isInstance)
                    .findAny()
                    .map(bad -> DeliveryResult.all(batch, bad))
                    .orElse(results);
        }
    }

    private static final class NewKeys extends Twist {
        @Override
        DestinationContext context(DestinationContext right) {
            Clock clock = right.clock();
            return WrongTimes.with(right, client -> new TwistedClient(client) {
                @Override
                HttpRequest request(HttpRequest request) {
                    return HttpRequest.newBuilder(request, (name, value) -> true)
                            .header("X-Key", clock.instant().toString())
                            .build();
                }
            });
        }
    }

    private static final class Forgetful extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return right instanceof Delivered done
                    ? new Delivered(Confirmation.CREATED, done.recordId(), done.notes())
                    : right;
        }
    }

    private static final class Restless extends Twist {
        @Override
        String serialKey(String right, DestinationContext context) {
            return right + context.clock().instant();
        }
    }

    private static final class Intruding extends Twist {
        @Override
        Verification verify(LeadDestination right, Verification.Probe probe) throws Exception {
            right.deliver(new LeadBatch(List.of(Leads.ada()), Instant.MAX, false));
            return right.verify(probe);
        }
    }

    private static final class Ascii extends Twist {
        @Override
        Lead lead(Lead right) {
            String name = String.valueOf(right.contact().firstName()).replaceAll("[^ -~]", "?");
            return right.toBuilder().firstName(name).build();
        }
    }

    private static final class Silent extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            return right instanceof Delivered done
                    ? new Delivered(done.confirmation(), done.recordId(), List.of())
                    : right;
        }
    }

    private static final class Halves extends Twist {
        @Override
        Lead lead(Lead right) {
            String text = right.description();
            return text == null || text.length() < 1_000
                    ? right
                    : right.toBuilder()
                            .description(text.substring(0, 1_000) + "?")
                            .build();
        }
    }

    private static final class Logging extends Twist {
        @Override
        List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context)
                throws Exception {
            Logger.getLogger("io.leaddispatch.example")
                    .log(
                            Level.FINE,
                            "sending {0}",
                            batch.leads().get(0).contact().email());
            return right.deliver(batch);
        }
    }

    private static final class Showing extends Twist {
        @Override
        String preview(String right) {
            return right + "\nAuthorization: 1000.CANARY-refresh";
        }
    }

    private static final class Gossiping extends Twist {
        @Override
        DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
            Problem problem = Rule.problem(right);
            return right instanceof Rejected && problem != null
                    ? new Rejected(problem.withVendorCode(
                            batch.leads().get(0).contact().email()))
                    : right;
        }
    }
}
