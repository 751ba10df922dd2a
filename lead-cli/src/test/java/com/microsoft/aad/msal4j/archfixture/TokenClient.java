package com.microsoft.aad.msal4j.archfixture;

/** Stands for anything of msal4j. */
public class TokenClient {}
