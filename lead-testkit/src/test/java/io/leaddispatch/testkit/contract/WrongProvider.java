package io.leaddispatch.testkit.contract;

import io.leaddispatch.ProblemType;
import io.leaddispatch.example.zoho.ZohoDestinationProvider;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadDestinationProvider;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.List;

/** The example destination, with a twist. */
public class WrongProvider implements LeadDestinationProvider {
    private final LeadDestinationProvider right = new ZohoDestinationProvider();
    private final Twist twist;

    /** For {@link java.util.ServiceLoader}: without a twist. */
    public WrongProvider() {
        this(new Twist());
    }

    WrongProvider(Twist twist) {
        this.twist = twist;
    }

    @Override
    public String type() {
        return "wrong";
    }

    @Override
    public List<Setting<?>> settings() {
        return twist.settings(right.settings());
    }

    @Override
    public List<ProblemType> problems() {
        return twist.problems(right.problems());
    }

    @Override
    public LeadDestination open(Settings settings, DestinationContext context) {
        return twist.open(right, settings, context);
    }
}
