package com.azure.archfixture;

/** Stands for anything of the Azure SDK. */
public class AzureClient {}
