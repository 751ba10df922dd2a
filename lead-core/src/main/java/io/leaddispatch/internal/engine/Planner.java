package io.leaddispatch.internal.engine;

import io.leaddispatch.Lead;
import io.leaddispatch.LeadPolicy;
import io.leaddispatch.Problem;
import io.leaddispatch.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Routing and policy: the first route that matches decides where, then each destination's rules are asked. Stateless. */
public final class Planner {
    private final Map<String, Lane> lanes;
    private final List<Lane> everywhere;
    private final List<Route> routes;
    private final List<LeadPolicy> policies;

    /** Without routes every destination gets every lead. */
    public Planner(Map<String, Lane> lanes, List<Route> routes, List<LeadPolicy> policies) {
        this.lanes = new LinkedHashMap<>(lanes);
        this.everywhere = List.copyOf(lanes.values());
        this.routes = List.copyOf(routes);
        this.policies = List.copyOf(policies);
    }

    /** Where this lead goes. */
    public Plan plan(Lead lead) {
        List<Lane> to = route(lead);
        Map<String, Problem> suppressed = Map.of();
        for (Lane lane : to) {
            Problem reason = reason(lead, lane.name());
            if (reason != null) {
                suppressed = suppressed.isEmpty() ? new HashMap<>() : suppressed;
                suppressed.put(lane.name(), reason);
            }
        }
        return new Plan(to, suppressed);
    }

    private List<Lane> route(Lead lead) {
        if (routes.isEmpty()) {
            return everywhere;
        }
        for (Route route : routes) {
            if (route.matches(lead)) {
                List<Lane> to = new ArrayList<>();
                route.to().forEach(name -> to.add(Objects.requireNonNull(lanes.get(name), name)));
                return to;
            }
        }
        return List.of();
    }

    private @Nullable Problem reason(Lead lead, String destination) {
        for (LeadPolicy policy : policies) {
            try {
                Problem reason = policy.reasonToSuppress(lead, destination);
                if (reason != null) {
                    return reason;
                }
            } catch (RuntimeException e) { // the host's code; not to send is the side to err on
                return EngineProblems.RULE_FAILED.problem(e.getClass().getName());
            }
        }
        return null;
    }
}
