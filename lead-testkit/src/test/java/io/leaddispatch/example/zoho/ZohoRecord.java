package io.leaddispatch.example.zoho;

import io.leaddispatch.Lead;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Lead to fields of Zoho's module Leads. Pure. */
record ZohoRecord(FieldMapping mapping, FieldLengths lengths) {
    private static final Map<String, Integer> LONGEST = Map.of(
            "First_Name", 40,
            "Last_Name", 80,
            "Email", 100,
            "Phone", 30,
            "Company", 200,
            "Designation", 100,
            "Lead_Source", 120,
            "Description", 32_000);

    static ZohoRecord of(Map<String, Object> changes, OnTooLong rule) {
        Map<String, String> standard = new LinkedHashMap<>();
        standard.put("Last_Name", "{lastName}");
        standard.put("First_Name", "{firstName}");
        standard.put("Email", "{email}");
        standard.put("Phone", "{phone}");
        standard.put("Company", "{company}");
        standard.put("Designation", "{title}");
        standard.put("Country", "{country}");
        standard.put("Lead_Source", "{leadSource}");
        standard.put("Description", "{description}");
        return new ZohoRecord(FieldMapping.of(standard, changes), FieldLengths.of(LONGEST, Set.of("Email"), rule));
    }

    FieldLengths.Fitted of(Lead lead) {
        Map<String, Object> fields = mapping.of(lead);
        fields.putIfAbsent("Last_Name", "-"); // Zoho refuses a lead without one
        return lengths.fit(fields);
    }
}
