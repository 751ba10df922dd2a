package io.leaddispatch.docs;

import io.leaddispatch.LeadDispatcher;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A dispatcher as a bean; shown in docs/embedding.md. */
@Configuration
public class LeadDispatchConfiguration {
    @Bean(destroyMethod = "close")
    public LeadDispatcher leadDispatcher(@Value("${lead.config}") Path config) {
        return LeadDispatcher.fromConfig(config);
    }
}
