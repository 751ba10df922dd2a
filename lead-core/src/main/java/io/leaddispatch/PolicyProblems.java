package io.leaddispatch;

import static io.leaddispatch.Category.POLICY;

import java.util.List;

/** Why a lead is kept back on purpose. */
final class PolicyProblems {
    static final ProblemType EDU = new ProblemType(
            "policy.edu",
            POLICY,
            "the e-mail address is in a .edu domain, whose personal data is not passed on",
            "Nothing, if that is as it should be. To deliver such leads all the same set policy.edu to deliver.");
    static final ProblemType DO_NOT_CONTACT = new ProblemType(
            "policy.do-not-contact",
            POLICY,
            "the customer is not to be contacted (action DNC) and the policy suppresses such leads",
            "Nothing, if that is as it should be. To deliver them with do-not-contact flags set policy.dnc to flag.");
    static final List<ProblemType> ALL = List.of(EDU, DO_NOT_CONTACT);

    private PolicyProblems() {}
}
