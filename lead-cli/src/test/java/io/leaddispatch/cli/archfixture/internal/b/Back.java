package io.leaddispatch.cli.archfixture.internal.b;

import io.leaddispatch.cli.archfixture.internal.a.InternalCycle;

public class Back {
    InternalCycle next;
}
