package io.leaddispatch.cli.archfixture.http;

class SeesMsal {
    com.microsoft.aad.msal4j.archfixture.TokenClient seen;
}
