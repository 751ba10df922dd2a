package io.leaddispatch.cli.archfixture.internal.a;

import io.leaddispatch.cli.archfixture.internal.b.Back;

public class InternalCycle {
    Back next;
}
