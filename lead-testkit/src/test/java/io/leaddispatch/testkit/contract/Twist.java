package io.leaddispatch.testkit.contract;

import io.leaddispatch.Lead;
import io.leaddispatch.ProblemType;
import io.leaddispatch.spi.DeliveryResult;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadBatch;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Limits;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import io.leaddispatch.spi.Verification;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with an otherwise right destination: everything passes, unless a method is overridden. */
class Twist {
    List<Setting<?>> settings(List<Setting<?>> right) {
        return right;
    }

    List<ProblemType> problems(List<ProblemType> right) {
        return right;
    }

    LeadDestination open(LeadDestinationProvider right, Settings settings, DestinationContext context) {
        LeadDestination destination = right.open(settings, context(context));
        return new Twisted(this, destination, context);
    }

    DestinationContext context(DestinationContext right) {
        return right;
    }

    Limits limits(Limits right) {
        return right;
    }

    String serialKey(String right, DestinationContext context) {
        return right;
    }

    Lead lead(Lead right) {
        return right;
    }

    List<DeliveryResult> deliver(LeadDestination right, LeadBatch batch, DestinationContext context) throws Exception {
        List<DeliveryResult> results = new ArrayList<>();
        for (DeliveryResult result : right.deliver(batch)) {
            results.add(result(result, batch, context));
        }
        return results;
    }

    DeliveryResult result(DeliveryResult right, LeadBatch batch, DestinationContext context) {
        return right;
    }

    Verification verify(LeadDestination right, Verification.Probe probe) throws Exception {
        return right.verify(probe);
    }

    String preview(String right) {
        return right;
    }

    void close(LeadDestination right) {
        right.close();
    }

    /** The right destination, seen through the twist. */
    record Twisted(Twist twist, LeadDestination right, DestinationContext context) implements LeadDestination {
        @Override
        public List<DeliveryResult> deliver(LeadBatch batch) throws Exception {
            List<Lead> leads = batch.leads().stream().map(twist::lead).toList();
            return twist.deliver(right, new LeadBatch(leads, batch.deadline(), batch.suspect()), context);
        }

        @Override
        public Limits limits() {
            return twist.limits(right.limits());
        }

        @Override
        public String serialKey(Lead lead) {
            return twist.serialKey(right.serialKey(lead), context);
        }

        @Override
        public Verification verify(Verification.Probe probe) throws Exception {
            return twist.verify(right, probe);
        }

        @Override
        public String preview(Lead lead) {
            return twist.preview(right.preview(lead));
        }

        @Override
        public void close() {
            twist.close(right);
        }

        @Override
        public String toString() {
            return right.toString();
        }
    }
}
