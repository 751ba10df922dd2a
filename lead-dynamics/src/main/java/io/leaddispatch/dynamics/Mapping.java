package io.leaddispatch.dynamics;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings that say which columns get what. */
final class Mapping {
    private Mapping() {}

    /** The mapping of these settings, or null if they have a fault. */
    static @Nullable LeadRecord of(Settings settings, List<Fault> faults) {
        Map<String, Object> given = settings.get(FieldMapping.FIELDS);
        Map<String, Integer> lengths = new LinkedHashMap<>(LeadColumns.LENGTHS);
        lengths.putAll(numbers(settings, DynamicsSettings.COLUMN_LENGTHS, faults));
        Map<String, Integer> sourceCodes = lowerCase(numbers(settings, DynamicsSettings.LEAD_SOURCE_CODES, faults));
        Set<String> doNotContact = new LinkedHashSet<>(LeadColumns.DO_NOT_CONTACT);
        doNotContact.addAll(settings.get(DynamicsSettings.MORE_DO_NOT_CONTACT));
        try {
            return new LeadRecord(
                    FieldMapping.of(LeadColumns.STANDARD, given),
                    !given.containsKey(LeadColumns.DESCRIPTION),
                    sourceCodes,
                    doNotContact,
                    lengths,
                    settings.get(DynamicsSettings.ON_TOO_LONG));
        } catch (LeadConfigurationException e) {
            faults.addAll(e.faults());
            return null;
        }
    }

    /** The operator's own bounds, where they are numbers. */
    static Map<String, Integer> columnLengths(Settings settings) {
        return numbers(settings, DynamicsSettings.COLUMN_LENGTHS, new ArrayList<>(0));
    }

    /** Every column that a lead may fill. */
    static Set<String> columns(Settings settings, LeadRecord record) {
        Set<String> columns = new LinkedHashSet<>(record.mapping().names());
        columns.add(LeadColumns.SUBJECT);
        columns.add(LeadColumns.LAST_NAME);
        columns.addAll(record.doNotContact());
        if (!settings.get(DynamicsSettings.LEAD_SOURCE_CODES).isEmpty()) {
            columns.add(LeadColumns.SOURCE_CODE);
        }
        return columns;
    }

    private static Map<String, Integer> numbers(
            Settings settings, Setting<Map<String, Object>> setting, List<Fault> faults) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        settings.get(setting).forEach((name, value) -> {
            if (value instanceof Number number && number.doubleValue() == number.intValue() && number.intValue() >= 0) {
                numbers.put(name, number.intValue());
            } else {
                faults.add(new Fault(setting.key() + "." + name, "is not a whole number from 0"));
            }
        });
        return numbers;
    }

    private static Map<String, Integer> lowerCase(Map<String, Integer> codes) {
        Map<String, Integer> lower = new LinkedHashMap<>();
        codes.forEach((name, code) -> lower.put(name.toLowerCase(Locale.ROOT), code));
        return lower;
    }
}
