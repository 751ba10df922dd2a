package io.leaddispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadPolicyTest {
    private static final LeadPolicy EDU = LeadPolicy.suppressEdu();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x@mit.edu",
                "x@cs.mit.edu",
                "X@MIT.EDU",
                "x@mit.Edu",
                "x@mit.edu.",
                " x@mit.edu ",
                "x@edu",
                "x@y@mit.edu"
            })
    void theDomainEduIsSuppressed(String email) {
        Problem reason = EDU.reasonToSuppress(Lead.builder().email(email).build(), "crm");

        assertThat(reason).isNotNull();
        assertThat(reason.code()).isEqualTo("policy.edu");
        assertThat(reason.toString()).doesNotContainIgnoringCase("mit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x@foreduq.com",
                "x@edu.example",
                "x@uni.edu.au",
                "x@mit-edu",
                "edu@example.com",
                "x.edu@example.com",
                "x@mit.edu.example",
                "x@mit.edux",
                "x@mitedu",
                "x@mit.\u00e9du",
                "x@mit.edu@example.com"
            })
    void nothingElseIs(String email) {
        assertThat(EDU.reasonToSuppress(Lead.builder().email(email).build(), "crm"))
                .isNull();
    }

    @Test
    void aLeadWithoutAnAddressPasses() {
        assertThat(EDU.reasonToSuppress(
                        Lead.builder().phone("1").company("mit.edu").build(), "crm"))
                .isNull();
    }

    @Test
    void doNotContactCanBeSuppressed() {
        LeadPolicy policy = LeadPolicy.suppressDoNotContact();

        assertThat(policy.reasonToSuppress(
                        Lead.builder().phone("1").source("SPZA-DNC").build(), "crm"))
                .extracting("code")
                .isEqualTo("policy.do-not-contact");
        assertThat(policy.reasonToSuppress(
                        Lead.builder().phone("1").source("SPZA-PLT").build(), "crm"))
                .isNull();
    }

    @Test
    void aHostMayHaveItsOwnRule() {
        ProblemType own = new ProblemType("host.rule", Category.POLICY, "no", "Nothing.");
        LeadPolicy policy = LeadPolicy.suppress(own, Lead::isTest);

        assertThat(policy.reasonToSuppress(TestLead.at(java.time.Instant.EPOCH), "crm"))
                .isEqualTo(own.problem());
        assertThat(policy.reasonToSuppress(Lead.builder().phone("1").build(), "crm"))
                .isNull();
    }
}
