package io.leaddispatch.cli.archfixture.json;

class CoreSeesAssertJ {
    org.assertj.core.api.Condition<String> seen;
}
