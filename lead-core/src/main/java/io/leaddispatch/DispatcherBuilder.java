package io.leaddispatch;

import io.leaddispatch.config.ConfigSection;
import io.leaddispatch.config.DestinationConfig;
import io.leaddispatch.config.LeadConfig;
import io.leaddispatch.config.LeadConfigReader;
import io.leaddispatch.internal.engine.Engine;
import io.leaddispatch.internal.engine.EngineTime;
import io.leaddispatch.internal.engine.Events;
import io.leaddispatch.internal.engine.Intake;
import io.leaddispatch.internal.engine.Lanes;
import io.leaddispatch.internal.engine.MemoryQueue;
import io.leaddispatch.internal.engine.Planner;
import io.leaddispatch.internal.engine.SystemTime;
import io.leaddispatch.internal.provider.QueueProviders;
import io.leaddispatch.spi.DestinationContext;
import io.leaddispatch.spi.LeadDestination;
import io.leaddispatch.spi.LeadQueue;
import io.leaddispatch.spi.LeadQueueProvider;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link LeadDispatcher} is made of. By default leads wait in memory, at most 1,000 per destination;
 * callers wait 30 s; closing takes at most 30 s; leads from {@code .edu} addresses are suppressed.
 *
 * <p>Not safe for use by many threads.
 */
public final class DispatcherBuilder {
    private final Map<String, DestinationConfig> configured = new LinkedHashMap<>();
    private final Map<String, LeadDestination> given = new LinkedHashMap<>();
    private final Map<String, LaneOptions> options = new LinkedHashMap<>();
    private final List<String> order = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<LeadPolicy> policies = new ArrayList<>(List.of(LeadPolicy.suppressEdu()));
    private final List<DeliveryListener> listeners = new ArrayList<>();
    private final List<LeadConfigurationException.Fault> faults = new ArrayList<>();
    private Duration patience = Duration.ofSeconds(30);
    private Duration closeWithin = Duration.ofSeconds(30);
    private int queueCapacity = 1_000;
    private boolean waitForRoom = true;
    private boolean insecureLoopback;
    private Clock clock = Clock.systemUTC();
    private RandomGenerator random = new java.util.Random();
    private @Nullable EngineTime time;
    private @Nullable LeadQueue queue;
    private @Nullable ConfigSection outbox;
    private @Nullable HttpClient httpClient;

    DispatcherBuilder() {}

    /** A destination of a type that is on the class path, with settings as in a configuration file. */
    public DispatcherBuilder to(String name, String type, Map<String, ?> settings) {
        try {
            configured.put(name, LeadConfigReader.standard().destination(name, type, settings));
            order.add(name);
        } catch (LeadConfigurationException e) {
            faults.addAll(e.faults());
        }
        return this;
    }

    /** A destination of the host's own; closed with the dispatcher. */
    public DispatcherBuilder to(String name, LeadDestination destination) {
        given.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(destination, "destination"));
        order.add(name);
        return this;
    }

    /** How patiently a destination is served. */
    public DispatcherBuilder lane(String destination, LaneOptions how) {
        options.put(Objects.requireNonNull(destination, "destination"), Objects.requireNonNull(how, "how"));
        return this;
    }

    /** Routes in their order; the first that matches decides. Without routes every destination gets every lead. */
    public DispatcherBuilder routes(Route... more) {
        routes.addAll(List.of(more));
        return this;
    }

    /** The rules that keep leads back, in place of the default ({@link LeadPolicy#suppressEdu()}). */
    public DispatcherBuilder policies(LeadPolicy... all) {
        policies.clear();
        policies.addAll(List.of(all));
        return this;
    }

    /** Hears what happens. */
    public DispatcherBuilder listener(DeliveryListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** How long a caller waits at most for a lead that has not started; positive, by default 30 s. */
    public DispatcherBuilder patience(Duration time) {
        patience = positive("patience", time);
        return this;
    }

    /** How long closing takes at most; positive, by default 30 s. */
    public DispatcherBuilder closeWithin(Duration time) {
        closeWithin = positive("closeWithin", time);
        return this;
    }

    /** Most leads in memory per destination, in flight included; at least 1, by default 1,000. */
    public DispatcherBuilder queueCapacity(int leads) {
        if (leads < 1) {
            throw new IllegalArgumentException("queueCapacity must be at least 1: " + leads);
        }
        queueCapacity = leads;
        return this;
    }

    /** Whether {@code send} waits for room in a full lane (the default) or answers {@code lane.full} at once. */
    public DispatcherBuilder waitForRoom(boolean wait) {
        waitForRoom = wait;
        return this;
    }

    /** Where deliveries wait, in place of memory; closed with the dispatcher. */
    public DispatcherBuilder queue(LeadQueue other) {
        queue = Objects.requireNonNull(other, "other");
        return this;
    }

    /** The host's HTTP client for all destinations; it must not follow redirects nor carry an Authenticator. */
    public DispatcherBuilder httpClient(HttpClient client) {
        httpClient = Objects.requireNonNull(client, "client");
        return this;
    }

    /** Whether destinations may be reached by plain http on this machine's loopback; by default not. */
    public DispatcherBuilder insecureLoopback(boolean allowed) {
        insecureLoopback = allowed;
        return this;
    }

    /** For every "now"; by default the system's. */
    public DispatcherBuilder clock(Clock other) {
        clock = Objects.requireNonNull(other, "other");
        return this;
    }

    /** For jitter; by default a {@link java.util.Random}. */
    public DispatcherBuilder random(RandomGenerator other) {
        random = Objects.requireNonNull(other, "other");
        return this;
    }

    /** Everything a configuration file says. */
    public DispatcherBuilder config(LeadConfig config) {
        for (DestinationConfig destination : config.destinations()) {
            configured.put(destination.name(), destination);
            order.add(destination.name());
            options.put(destination.name(), destination.lane());
        }
        routes.addAll(config.routes());
        policies.clear();
        policies.addAll(config.policy().rules());
        patience = config.patience();
        queueCapacity = config.queue();
        waitForRoom = config.onFull() == LeadConfig.OnFull.WAIT;
        closeWithin = config.closeWithin();
        insecureLoopback = config.insecureLoopback();
        outbox = config.outbox();
        return this;
    }

    /**
     * The dispatcher. Touches no network.
     *
     * @throws LeadConfigurationException with all that is wrong, by path
     */
    public LeadDispatcher build() {
        checkNames();
        if (!faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
        EngineTime engineTime = time != null ? time : new SystemTime(clock);
        LeadQueue where = where(engineTime);
        SharedHttpClient shared = new SharedHttpClient(httpClient);
        Map<String, LeadDestination> opened = DestinationConfig.openAll(
                configured.values(),
                name -> new DestinationContext(name, clock, shared, UserAgent.VALUE, insecureLoopback));
        Map<String, LeadDestination> destinations = new LinkedHashMap<>();
        for (String name : order) {
            destinations.put(
                    name, given.containsKey(name) ? given.get(name) : Objects.requireNonNull(opened.get(name)));
        }
        Engine engine =
                new Engine(engineTime, random, where, new Events(listeners), Engine.callThreads(), queueCapacity);
        Lanes lanes = new Lanes(engine, destinations, options);
        Intake intake = new Intake(engine, new Planner(lanes.byName(), routes, policies), patience);
        lanes.start();
        return new LeadDispatcher(engine, lanes, intake, waitForRoom, closeWithin, List.copyOf(destinations.values()));
    }

    /** Time for tests. */
    DispatcherBuilder time(EngineTime other) {
        time = other;
        return this;
    }

    private LeadQueue where(EngineTime engineTime) {
        if (queue != null) {
            return queue;
        }
        LeadQueueProvider provider = outbox == null ? null : QueueProviders.find();
        if (outbox == null || provider == null) {
            return new MemoryQueue(engineTime, queueCapacity);
        }
        try {
            return provider.open(outbox.check(provider.settings()), clock);
        } catch (LeadConfigurationException e) {
            String path = outbox.path();
            throw new LeadConfigurationException(e.faults().stream()
                    .map(fault -> fault.path().startsWith(path) ? fault : fault.under(path))
                    .toList());
        }
    }

    private void checkNames() {
        if (outbox != null && queue == null && QueueProviders.find() == null) { // memory would lose what is to be kept
            fault(
                    outbox.path(),
                    "needs a module that is not there: add the dependency io.leaddispatch:lead-outbox, in the"
                            + " version of lead-core");
        }
        for (String name : order) {
            if (order.indexOf(name) != order.lastIndexOf(name)) {
                fault("destinations." + name, "two destinations have this name");
            }
        }
        for (String name : options.keySet()) {
            if (!order.contains(name)) {
                fault("destinations." + name + ".lane", "there is no such destination, only " + order);
            }
        }
        for (int i = 0; i < routes.size(); i++) {
            for (String name : routes.get(i).to()) {
                if (!order.contains(name)) {
                    fault("routes[" + i + "].to", "there is no destination " + name + ", only " + order);
                }
            }
        }
    }

    private void fault(String path, String what) {
        faults.add(new LeadConfigurationException.Fault(path, what));
    }

    private static Duration positive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " must be positive: " + time);
        }
        return time;
    }
}
