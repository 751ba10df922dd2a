package io.leaddispatch.internal.provider;

import io.leaddispatch.spi.LeadQueueProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The provider of the durable queue, if there is one. Stateless. */
public final class QueueProviders {
    private QueueProviders() {}

    /** The first that the thread's class loader or the one of this library sees, or null. */
    public static @Nullable LeadQueueProvider find() {
        List<LeadQueueProvider> found = new ArrayList<>();
        ClassLoader threads = Thread.currentThread().getContextClassLoader();
        if (threads != null) {
            search(ServiceLoader.load(LeadQueueProvider.class, threads), found);
        }
        search(ServiceLoader.load(LeadQueueProvider.class, QueueProviders.class.getClassLoader()), found);
        return found.isEmpty() ? null : found.get(0);
    }

    private static void search(ServiceLoader<LeadQueueProvider> services, List<LeadQueueProvider> found) {
        try {
            Iterator<LeadQueueProvider> all = services.iterator();
            if (found.isEmpty() && all.hasNext()) {
                found.add(all.next());
            }
        } catch (ServiceConfigurationError | LinkageError e) { // one that is broken is not there
            return;
        }
    }
}
